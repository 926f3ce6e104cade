"""How much of the profile a run came to: in one line for terminals, and by file for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal2fa.outcomes import ProfileEntry, Result


@dataclass(frozen=True, slots=True)
class FileEntries:
    """Entries that stand in one file, in the order of its lines."""

    file: str
    entries: tuple[ProfileEntry, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The entries of a profile by what the run made of them; `css_only` are found ones as well."""

    exercised: tuple[FileEntries, ...]
    never: tuple[FileEntries, ...]
    css_only: tuple[FileEntries, ...]


def coverage(result: Result) -> Coverage:
    """What the run made of the profile's entries."""
    found = [entry for entry in result.profile_entries if entry.exercised]
    return Coverage(
        exercised=_by_file(found),
        never=_by_file(entry for entry in result.profile_entries if not entry.exercised),
        css_only=_by_file(entry for entry in found if entry.css_only),
    )


def coverage_line(result: Result) -> str:
    """The numbers in one line; empty for a result that knows of no entries."""
    total = len(result.profile_entries)
    if not total:
        return ""
    found = [entry for entry in result.profile_entries if entry.exercised]
    css = sum(entry.css_only for entry in found)
    return f"{len(found)} of {total} entries exercised, {total - len(found)} never, {css} found by CSS only"


def _by_file(entries: Iterable[ProfileEntry]) -> tuple[FileEntries, ...]:
    files: dict[str, list[ProfileEntry]] = {}
    for entry in entries:
        files.setdefault(entry.file, []).append(entry)
    return tuple(FileEntries(file, tuple(sorted(found, key=lambda e: e.line))) for file, found in files.items())
