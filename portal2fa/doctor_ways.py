"""The documented ways, to be proposed for paths of a profile that led nowhere."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from portal2fa.profile import Profile
from portal2fa.profile_files import find_root
from portal2fa.profile_locator import Action

Way = Sequence[Any]
"""A path as a profile has it: a word for each control that is pressed, a table for anything else."""


@cache
def documented() -> Mapping[str, Way]:
    """The paths of a portal that is exactly as documented."""
    profile = find_root() / "fixtures" / "profiles" / "documented.toml"
    paths: Mapping[str, Way] = tomllib.loads(profile.read_text("utf-8"))["paths"]
    return paths


def way_instead(profile: Profile, path: str, wrong: Collection[str]) -> Way:
    """The documented way in place of a path; empty where that is what the profile says, or a control is not there.

    `wrong` are entries that are known to be wrong: no way goes by one of them.
    """
    way = documented().get(path, ())
    actions = tuple(Action.model_validate({"press": each} if isinstance(each, str) else each) for each in way)
    controls = {action.control for action in actions if action.control}
    gone = controls - set(profile.controls) or {f"controls.{name}" for name in controls} & set(wrong)
    return () if gone or actions == tuple(profile.paths.get(path, ())) else way
