"""Checking a profile at a desk: no network, no browser, no environment; every finding with its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal2fa.errors import ProfileError
from portal2fa.profile import Profile
from portal2fa.profile_files import judged
from portal2fa.profile_names import ALWAYS, PATHS
from portal2fa.profile_notes import notes
from portal2fa.profile_tables import (
    Source,
    Table,
    in_locale,
    locale_complaints,
    merged,
    placed,
    read_all,
    wanted,
)
from portal2fa.profile_words import Complaint, key_in_parts


@dataclass(frozen=True, slots=True)
class Finding:
    """A complaint with the file and the line (from 1) that it is about."""

    file: Path
    line: int
    complaint: Complaint


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one profile: what stops it, what deserves a look, and the variables that a run will need."""

    path: Path
    errors: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    variables: tuple[str, ...] = ()


def check(path: Path, root: Path) -> Checked:
    """Everything that can be said about the profile at `path` without its portal."""
    try:
        sources = read_all(path, root)
    except ProfileError as error:
        return Checked(path, (_unread(error, error.file or path),))
    table = merged(sources)
    profile, errors = _judged(table, sources[0].table)
    looks = notes(profile, sources[0].table) if profile else []
    if path.resolve().parent == (root / "fixtures" / "profiles").resolve():
        errors, looks = _as_template(errors, looks)
    return Checked(
        path,
        tuple(_finding(sources, complaint) for complaint in errors),
        tuple(_finding(sources, complaint) for complaint in looks),
        tuple(sorted({name for _, name in wanted(table)})),
    )


def _unread(error: ProfileError, file: Path) -> Finding:
    """What kept the profile, or one that it stands on, from being read."""
    what = error.what.removeprefix(f"{file}").removeprefix(f": {error.key}").strip(" :.")
    cause = f" ({error.cause})" if error.cause else ""
    return Finding(file, error.line, Complaint(error.key or "file", what + cause, error.hint))


def _judged(table: Table, own: Table) -> tuple[Profile | None, list[Complaint]]:
    """The profile without a locale, and what is wrong with it and with each of its locales."""
    profile, errors = _led(*judged(in_locale(table, ""), in_locale(own, ""), {}))
    locales = table.get("locales", {})
    shape = locale_complaints(locales)
    for name in [] if shape else locales:
        mine = in_locale(own, name if name in own.get("locales", {}) else "")
        _, found = _led(*judged(in_locale(table, name), mine, {}))
        errors += [_moved(told, name, locales[name]) for told in found if told not in errors]
    return profile, errors + shape


def _led(profile: Profile | None, found: list[Complaint]) -> tuple[Profile | None, list[Complaint]]:
    """The profile with what was found, and what nobody gets to besides; of each entry one thing."""
    known = {complaint.key for complaint in found}
    return profile, [*found, *(told for told in _unreachable(profile) if told.key not in known)] if profile else found


def _moved(complaint: Complaint, locale: str, overlay: Mapping[str, Any]) -> Complaint:
    """A complaint about a profile in a locale, at the entry of the locale that brought it."""
    first, *rest = key_in_parts(complaint.key)
    brought = overlay.get(str(first))
    if first in overlay and (not rest or (isinstance(brought, dict) and rest[0] in brought)):
        return Complaint(f"locales.{locale}.{complaint.key}", complaint.what, complaint.remedy)
    return Complaint(complaint.key, f"{complaint.what} (in the locale '{locale}')", complaint.remedy)


_DOES = (
    *("sign_in", "sign_out", "confirm_time_based", "confirm_email", "sign_in_time_based", "sign_in_email"),
    *("sign_in_backup_code", "new_backup_code", "cancel_time_based", "cancel_email", "resend"),
    *("turn_off", "turn_off_time_based", "turn_off_email", "ask_for_new_password", "choose_new_password"),
    *("change_address", "request_email"),
)
"""Paths to what never is there already, so that somebody has to do something for it."""


def _unreachable(profile: Profile) -> list[Complaint]:
    """Places that have no address and to which no path leads, and paths that would have to lead on and do not."""
    found = [*_leading_nowhere(profile, profile.paths), *_unreached(profile, profile.paths)]
    for name, screen in profile.screens.items():
        there = profile.at_width(screen.below - 1)
        found += _leading_nowhere(profile, screen.paths, f"screens.{name}.")
        found += [told for told in _unreached(there, screen.paths, f"screens.{name}.") if told not in found]
    return found


def _unreached(profile: Profile, said: Mapping[str, object], prefix: str = "") -> Iterator[Complaint]:
    """Where nothing leads to the sign-in or the security settings; at one width, by what that says of it."""
    if (
        profile.capabilities.front_page
        and not profile.paths.get("client_area")
        and (not prefix or "client_area" in said)
    ):
        remedy = "say what a person presses on the front page, or set capabilities.front_page = false"
        what = "is empty: nothing leads from the front page to sign-in"
        yield Complaint(f"{prefix}paths.client_area", what, remedy)
    walk = (*profile.paths.get("open_menu", ()), *profile.paths.get("security_settings", ()))
    if (
        not walk
        and "security_settings" not in profile.places
        and (not prefix or {"open_menu", "security_settings"} & {*said})
    ):
        what = "is empty, and so is paths.open_menu: the security settings cannot be reached"
        remedy = "say what a person presses, or give their address in [places]"
        yield Complaint(f"{prefix}paths.security_settings", what, remedy)


def _leading_nowhere(profile: Profile, paths: Mapping[str, object], prefix: str = "") -> Iterator[Complaint]:
    for name in _DOES:
        known = PATHS[name]
        offered = not known.capability or profile.capabilities.offers(known.capability)
        if offered and paths.get(name) == ():
            what = f'is empty, but something has to be done there ("{known.meaning}")'
            instead = f", or set {known.declared} = false" if known.declared else ", or remove it"
            remedy = "say what a person does" + ("" if known.when == ALWAYS else instead)
            yield Complaint(f"{prefix}paths.{name}", what, remedy)


def _as_template(errors: list[Complaint], looks: list[Complaint]) -> tuple[list[Complaint], list[Complaint]]:
    """A shipped profile may have no address: a profile that extends it, or `--target URL`, brings one."""
    missing = [complaint for complaint in errors if complaint.key == "url"]
    remedy = "extend it; `documented` is also used by --target URL"
    return (
        [complaint for complaint in errors if complaint not in missing],
        [*(Complaint("url", "is left to whoever uses this profile", remedy) for _ in missing), *looks],
    )


def _finding(sources: list[Source], complaint: Complaint) -> Finding:
    file, line = placed(sources, key_in_parts(complaint.key))
    return Finding(file, line, complaint)
