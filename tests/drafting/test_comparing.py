"""Entries of a draft are judged by what they do: the same elements, codes, places and deeds, however spelled."""

from __future__ import annotations

from typing import Any

import pytest

from portal2fa.profile import Profile
from portal2fa.profile_files import find_root, load_target
from portal2fa.profile_locator import Action, Locator
from tests.drafting.comparing import Comparison, codes_in

WRITTEN = load_target("privacyidea", find_root()).profile
FRONT, ON = "front", "on, time_based"
Sights = dict[tuple[str, str], dict[str, set[str]]]
"""What the controls of either side find: by side and name, at each stage."""


def compared(
    seen: Sights, *, written: dict[str, Any] | None = None, drafted: dict[str, Any] | None = None
) -> Comparison:
    """Two profiles with `written` and `drafted` entries of some tables, and what their controls were seen to find."""
    sights = {
        (side, "controls", name): {stage: frozenset(at.get(stage, ())) for stage in (FRONT, ON, f"{FRONT}, narrow")}
        for (side, name), at in seen.items()
    }
    return Comparison(_with(written or {}), _with(drafted or {}), sights)


def _with(entries: dict[str, Any]) -> Profile:
    changed: Profile = WRITTEN.model_copy(
        update={table: {**getattr(WRITTEN, table), **more} for table, more in entries.items()}
    )
    return changed


def says(text: str) -> tuple[Locator, ...]:
    """A pointer by a text."""
    return (Locator(text=text),)


def two(name: str, ours: dict[str, set[str]], theirs: dict[str, set[str]]) -> Comparison:
    """A control that both sides point at in different ways."""
    entries = {"controls": {name: says("one")}}
    return compared(
        {("written", name): ours, ("drafted", name): theirs},
        written=entries,
        drafted={"controls": {name: says("other")}},
    )


def test_a_control_of_a_way_has_to_be_the_same_where_people_have_it_in_sight() -> None:
    assert two("verify", {ON: {"1"}}, {ON: {"1"}, FRONT: {"2"}}).meets("verify", "verify")
    assert not two("verify", {ON: {"1"}}, {ON: {"1", "2"}}).meets("verify", "verify")
    assert not two("verify", {}, {ON: {"1"}}).meets("verify", "verify")


@pytest.mark.parametrize("name", ["enable", "dismiss"])
def test_a_control_whose_absence_tells_something_has_to_be_the_same_everywhere(name: str) -> None:
    assert not two(name, {ON: {"1"}}, {ON: {"1"}, FRONT: {"2"}}).meets(name, name)


def test_the_heading_of_the_settings_is_looked_for_in_them_alone() -> None:
    assert two("two_factor", {ON: {"1"}, FRONT: {"2"}}, {ON: {"1"}}).meets("two_factor", "two_factor")
    assert not two("two_factor", {ON: {"1"}}, {ON: {"2"}}).meets("two_factor", "two_factor")
    assert not two("two_factor", {FRONT: {"2"}}, {FRONT: {"2"}}).meets("two_factor", "two_factor")


def test_codes_are_what_is_read_by_each_profiles_own_pattern() -> None:
    pattern = {"backup_codes": WRITTEN.backup_codes.model_copy(update={"pattern": r"\d{3} \d{3}"})}
    spaced: Profile = WRITTEN.model_copy(update=pattern)
    assert codes_in(WRITTEN, "backup_code", "#1: 533153") == codes_in(spaced, "backup_code", "533 153") == {"533153"}
    assert codes_in(spaced, "backup_code", "#1: 533153") == set()


def test_two_addresses_are_one_place_where_they_show_the_same() -> None:
    found = compared({}, written={"places": {"front": "/index"}}, drafted={"places": {"front": "/"}})
    assert found.verdicts()["places", "front"] is False
    shown = frozenset({("heading", "Welcome", "Welcome")})
    found._pages |= {"/index": shown, "/": shown}
    assert found.verdicts()["places", "front"] is True
    found._pages["/"] = frozenset({("heading", "Sign in", "Sign in")})
    assert found.verdicts()["places", "front"] is False


def test_what_is_pressed_in_narrow_windows_only_makes_no_other_way() -> None:
    path = {"open_menu": (Action(press="bar", optional=True), Action(press="name"))}
    drafted = {"paths": path, "controls": {"bar": says("Menu")}}
    written = {"paths": {"open_menu": (Action(press="name"),)}}
    narrow = {f"{FRONT}, narrow": {"1"}}
    assert compared({("drafted", "bar"): narrow}, written=written, drafted=drafted).same_way("open_menu", "open_menu")
    wide = {**narrow, FRONT: {"1"}}
    assert not compared({("drafted", "bar"): wide}, written=written, drafted=drafted).same_way("open_menu", "open_menu")
