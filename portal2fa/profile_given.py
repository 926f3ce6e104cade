"""What may be typed on which path: values that are known there, and no password that stands in the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal2fa.origins import authority, is_here
from portal2fa.profile import Path, Profile
from portal2fa.profile_locator import Action
from portal2fa.profile_values import OF_THE_ACCOUNT, VALUES, unknown
from portal2fa.profile_words import Complaint

GIVEN = {
    "sign_in_time_based": "code",
    "sign_in_email": "code",
    "confirm_time_based": "code",
    "confirm_email": "code",
    "sign_in_backup_code": "backup_code",
    "turn_off": "code",
    "turn_off_time_based": "code",
    "turn_off_email": "code",
    "choose_new_password": "new_password",
    "change_address": "new_email",
}
"""Paths on which something is known besides what is the account's, and what that is."""


def typed(profile: Profile) -> Iterator[Complaint]:
    """What is typed on a path of a profile, and cannot be, or should not stand there; screens of other widths too."""
    secret = _password_fields(profile) if _is_elsewhere(profile) else frozenset()
    for prefix, paths in _all_paths(profile):
        for name, actions in paths.items():
            for number, action in enumerate(actions):
                place = f"{prefix}paths.{name}[{number}]"
                yield from _unknown_there(place, name, action)
                if _is_literal_password(action, secret):
                    what = "types a password that stands in a file that others may read"
                    yield Complaint(place, what, 'write "{password}", and the password where accounts are described')


def _all_paths(profile: Profile) -> Iterator[tuple[str, Mapping[str, Path]]]:
    yield "", profile.paths
    for name, screen in profile.screens.items():
        yield f"screens.{name}.", screen.paths


def _unknown_there(place: str, name: str, action: Action) -> Iterator[Complaint]:
    known = (*OF_THE_ACCOUNT, GIVEN.get(name, ""))
    for text in (action.value, action.option, action.open):
        for value in unknown(text, known):
            if value in VALUES:
                where = next(path for path, given in GIVEN.items() if given == value)
                remedy = f"give it where it is asked for, as in paths.{where}, or remove it"
                yield Complaint(place, f"{{{value}}} is not known on this path", remedy)


def _is_elsewhere(profile: Profile) -> bool:
    return profile.start is None and not is_here(authority(profile.url))


def _password_fields(profile: Profile) -> frozenset[str]:
    """The controls into which `{password}` is typed somewhere, and those that are called after a password."""
    filled = [action for _, paths in _all_paths(profile) for path in paths.values() for action in path if action.fill]
    return frozenset(action.fill for action in filled if "{password}" in action.value or "password" in action.fill)


def _is_literal_password(action: Action, secret: frozenset[str]) -> bool:
    return action.fill in secret and "{" not in action.value
