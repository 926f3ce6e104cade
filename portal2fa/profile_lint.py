"""Checking a profile at a desk: no network, no browser, no environment; every finding with its file and line."""

from __future__ import annotations

import re
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
        line = re.search(r"line (\d+)", error.cause)
        told = Complaint("file", error.what.removeprefix(f"{path}").strip(" :"), error.hint)
        told = Complaint(told.key, f"{told.what} ({error.cause})", told.remedy) if error.cause else told
        return Checked(path, (Finding(path, int(line[1]) if line else 1, told),))
    table = merged(sources)
    profile, errors = _judged(table, sources[0].table)
    errors += _unreachable(profile) if profile else []
    looks = notes(profile, sources[0].table) if profile else []
    if path.resolve().parent == (root / "fixtures" / "profiles").resolve():
        errors, looks = _as_template(errors, looks)
    return Checked(
        path,
        tuple(_finding(sources, complaint) for complaint in errors),
        tuple(_finding(sources, complaint) for complaint in looks),
        tuple(sorted({name for _, name in wanted(table)})),
    )


def _judged(table: Table, own: Table) -> tuple[Profile | None, list[Complaint]]:
    """The profile without a locale, and what is wrong with it and with each of its locales."""
    profile, errors = judged(in_locale(table, ""), in_locale(own, ""), {})
    locales = table.get("locales", {})
    shape = locale_complaints(locales)
    for name in [] if shape else locales:
        mine = in_locale(own, name if name in own.get("locales", {}) else "")
        _, found = judged(in_locale(table, name), mine, {})
        errors += [_moved(told, name, locales[name]) for told in found if told not in errors]
    return profile, errors + shape


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
    found = list(_leading_nowhere(profile))
    if profile.capabilities.front_page and not profile.paths.get("client_area"):
        remedy = "say what a person presses on the front page, or set capabilities.front_page = false"
        found.append(Complaint("paths.client_area", "is empty: nothing leads from the front page to sign-in", remedy))
    walk = (*profile.paths.get("open_menu", ()), *profile.paths.get("security_settings", ()))
    if not walk and "security_settings" not in profile.places:
        what = "is empty, and so is paths.open_menu: the security settings cannot be reached"
        remedy = "say what a person presses, or give their address in [places]"
        found.append(Complaint("paths.security_settings", what, remedy))
    return found


def _leading_nowhere(profile: Profile) -> Iterator[Complaint]:
    for name in _DOES:
        known = PATHS[name]
        offered = not known.capability or profile.capabilities.offers(known.capability)
        if offered and profile.paths.get(name) == ():
            what = f'is empty, but something has to be done there ("{known.meaning}")'
            instead = f", or set {known.declared} = false" if known.declared else ", or remove it"
            remedy = "say what a person does" + ("" if known.when == ALWAYS else instead)
            yield Complaint(f"paths.{name}", what, remedy)


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
