"""A profile in the making: every entry with how sure it is, why, and the picture it was decided from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from portal2fa.errors import NotRestored


class Certainty(StrEnum):
    """How sure an entry is."""

    SURE = "sure"
    """It was used, and did what it has to."""
    LIKELY = "likely"
    """It was seen, and fits."""
    GAP = "gap"
    """It was looked for in vain."""


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of the profile."""

    table: str
    name: str
    value: Any
    """As TOML has it; None for a gap."""
    certainty: Certainty
    why: tuple[str, ...] = ()
    picture: bytes = field(default=b"", repr=False)
    """A PNG of the place, secrets covered; empty where none was taken."""

    @property
    def key(self) -> str:
        """`controls.enable`."""
        return f"{self.table}.{self.name}" if self.table else self.name


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done on the way, in words, and the page after it."""

    words: str
    page: str = ""
    picture: bytes = field(default=b"", repr=False)


@dataclass
class Draft:
    """All that was found out so far; later finds of an entry replace earlier ones."""

    entries: dict[str, Found] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def put(self, found: Found) -> None:
        """Keep an entry; a gap never replaces a find."""
        if found.certainty is Certainty.GAP and self.value(found.table, found.name) is not None:
            return
        self.entries[found.key] = _no_surer(found)

    def value(self, table: str, name: str) -> Any:
        """What was found for an entry; None where nothing was."""
        found = self.entries.get(f"{table}.{name}" if table else name)
        return found.value if found is not None else None

    def table(self, table: str) -> dict[str, Any]:
        """The finds of one table by name."""
        return {f.name: f.value for f in self.entries.values() if f.table == table and f.value is not None}

    def all_of(self, certainty: Certainty) -> list[Found]:
        """The entries of one certainty, in the order in which they were found."""
        return [found for found in self.entries.values() if found.certainty is certainty]

    def confirm(self, table: str, name: str, *why: str) -> None:
        """An entry did what it has to; nothing happens where it is not there, or is a gap."""
        found = self.entries.get(f"{table}.{name}")
        if found is not None and found.certainty is not Certainty.GAP:
            self.entries[found.key] = _no_surer(replace(found, certainty=Certainty.SURE, why=(*found.why, *why)))

    def doubt(self, table: str, name: str, *why: str) -> None:
        """An entry did not do what it has to when it was used."""
        found = self.entries.get(f"{table}.{name}")
        if found is not None and found.certainty is Certainty.SURE:
            self.entries[found.key] = replace(found, certainty=Certainty.LIKELY, why=(*found.why, *why))

    def without_secrets(self, masked: Callable[[str], str]) -> Draft:
        """The draft with secrets taken out of all words by `masked`; an entry whose value holds one becomes a gap."""
        clean = Draft(remarks=[masked(remark) for remark in self.remarks])
        clean.steps = [replace(step, words=masked(step.words), page=masked(step.page)) for step in self.steps]
        for found in self.entries.values():
            why = tuple(map(masked, found.why))
            if masked(str(found.value)) == str(found.value):
                clean.entries[found.key] = replace(found, why=why)
            else:
                told = ("what was found holds a secret of this account", *why)
                clean.entries[found.key] = Found(found.table, found.name, None, Certainty.GAP, told)
        return clean

    def drop(self, table: str, name: str) -> None:
        """Take an entry out again."""
        self.entries.pop(f"{table}.{name}", None)


def _no_surer(found: Found) -> Found:
    """The find; likely at most where only its place on the page tells it, which may hold something else elsewhere."""
    pointers = found.value if isinstance(found.value, list) else [found.value]
    by_place = any(isinstance(one, dict) and " > " in one.get("css", "") for one in pointers)
    return replace(found, certainty=Certainty.LIKELY) if by_place and found.certainty is Certainty.SURE else found


class LeftOn(NotRestored):
    """The account of a draft could not be put back; what was drafted until then is not lost."""

    def __init__(self, problem: NotRestored, draft: Draft) -> None:
        """Tell of `problem`, and keep the `draft`, secrets taken out."""
        super().__init__(problem.what, cause=problem.cause, hint=problem.hint)
        self.draft = draft
