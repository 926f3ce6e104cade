"""Entries that only such ways need as change what an account signs in with: its password, its address.

A run takes these ways with accounts that nobody uses again, and nobody else does: no account is changed for the
doctor or for a draft.  A way is described as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal2fa.profile import Profile

WAYS: tuple[tuple[str, ...], ...] = (
    (
        "paths.ask_for_new_password",
        "paths.choose_new_password",
        "notices.new_password_mailed",
        "notices.new_password_asked",
        "notices.new_password_chosen",
        "notices.reset_link_refused",
    ),
    (
        "paths.change_address",
        "paths.confirm_address",
        "notices.address_link_mailed",
        "notices.address_refused",
        "notices.address_changed",
    ),
)
"""The paths and notices of each way, as key paths."""


def entries(profile: Profile) -> frozenset[str]:
    """The entries of these ways that a profile has, with the controls that no other path uses."""
    present = frozenset(key for way in WAYS for key in way if _has(profile, key))
    used = {f"paths.{name}": {action.control for action in path} for name, path in profile.paths.items()}
    others = set[str]().union(*(controls for key, controls in used.items() if key not in present))
    own = set[str]().union(*(controls for key, controls in used.items() if key in present)) - others
    return present | {f"controls.{name}" for name in own if name}


def lacking(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each entry that a way lacks of which something is there, with what is there."""
    for way in WAYS:
        there = [key for key in way if _has(profile, key)]
        yield from ((key, there[0]) for key in way if there and key not in there)


def _has(profile: Profile, key: str) -> bool:
    table, _, name = key.partition(".")
    return name in getattr(profile, table)
