"""How much of the profile a run came to: in numbers, in one line of them, and by file for the page."""

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


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries a profile has, and what the run made of them; `css_only` are exercised as well."""

    total: int
    exercised: int
    css_only: int

    @property
    def never(self) -> int:
        """How many no scenario came to."""
        return self.total - self.exercised


def counts(result: Result) -> Counts | None:
    """The numbers; None for a result that knows of no entries."""
    if not result.profile_entries:
        return None
    found = [entry for entry in result.profile_entries if entry.exercised]
    return Counts(len(result.profile_entries), len(found), sum(entry.css_only for entry in found))


def coverage_line(result: Result) -> str:
    """The numbers in one line; empty for a result that knows of no entries."""
    number = counts(result)
    if number is None:
        return ""
    told = f"{number.exercised} of {number.total} entries exercised, {number.never} never"
    return f"{told}, {number.css_only} found by CSS only"


def _by_file(entries: Iterable[ProfileEntry]) -> tuple[FileEntries, ...]:
    files: dict[str, list[ProfileEntry]] = {}
    for entry in entries:
        files.setdefault(entry.file, []).append(entry)
    return tuple(FileEntries(file, tuple(sorted(found, key=lambda e: e.line))) for file, found in files.items())
