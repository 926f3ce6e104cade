"""What was found, one check for each entry or means: a problem outranks what was well, and is told as it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from portal2fa.doctor import Check, Edit, Word
from portal2fa.doctor_hints import look_at

Place = Callable[[str], tuple[str, int]]
"""The file and the line that say a key path; empty and 0 where none does."""
Tell = Callable[[Check], None]


class Ledger:
    """The checks so far, by key."""

    def __init__(self, place: Place, tell: Tell) -> None:
        """Find keys in files by `place`; `tell` shows a check to the person who waits."""
        self._place, self._tell = place, tell
        self._checks: dict[str, Check] = {}
        self.part = ""
        """The part that is going on."""

    def ok(self, key: str, said: str, *, picture: str = "") -> None:
        """An entry is as it should be; what was a problem before stays one."""
        if key not in self._checks or self._checks[key].word is Word.NOT_CHECKED:
            self._note(Check(self.part, key, Word.OK, said, picture=picture))

    def problem(self, key: str, said: str, **facts: Any) -> None:
        """An entry has to be mended; `facts` are the further fields of `Check`.  The first problem of a key stays.

        Where it comes without hint and edits, it says what to look at.
        """
        if key in self._checks and self._checks[key].word is Word.PROBLEM:
            return
        if not facts.get("hint") and not facts.get("edits"):
            facts["hint"] = look_at(key)
        file, line = self._place(key)
        if before := self._checks.get(key):
            facts.setdefault("picture", before.picture)
        self._note(Check(self.part, key, Word.PROBLEM, said, file=file, line=line, **facts))

    def propose(self, key: str, edits: tuple[Edit, ...]) -> None:
        """Edits for a problem that was told without any, before what speaks for them was seen."""
        check = self._checks.get(key)
        if edits and check is not None and check.word is Word.PROBLEM and not check.edits:
            self._checks[key] = replace(check, edits=edits)

    def unchecked(self, key: str, why: str) -> None:
        """An entry could not be looked at, and why."""
        if key not in self._checks:
            self._note(Check(self.part, key, Word.NOT_CHECKED, why))

    def right(self) -> set[str]:
        """The entries that are well."""
        return {key for key, check in self._checks.items() if check.word is Word.OK}

    def knows(self, key: str) -> bool:
        """Whether an entry was looked at."""
        return key in self._checks

    def problems(self) -> list[Check]:
        """The problems so far."""
        return [check for check in self._checks.values() if check.word is Word.PROBLEM]

    def checks(self, mask: Callable[[str], str]) -> tuple[Check, ...]:
        """All checks in the order of their parts, with secrets masked."""
        parts = list(dict.fromkeys(check.part for check in self._checks.values()))
        found = sorted(self._checks.values(), key=lambda check: parts.index(check.part))
        return tuple(_masked(check, mask) for check in found)

    def _note(self, check: Check) -> None:
        self._checks[check.key] = check
        self._tell(check)


def _masked(check: Check, mask: Callable[[str], str]) -> Check:
    edits = tuple(replace(edit, line=mask(edit.line)) for edit in check.edits)
    return replace(check, said=mask(check.said), cause=mask(check.cause), hint=mask(check.hint), edits=edits)
