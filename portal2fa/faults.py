"""The catalogue of faults: in which ways the reference portal can be wrong by name, and which scenarios have to see it.

    reference_server/faults/catalogue/*.toml  ──load_catalogue──▶  Fault   id, title, what it violates, its scenarios

The files are data that the server reads as well; no code is shared.  What is declared here is held against the
register and the features, so that no fault waits for a scenario that does not exist.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal2fa.errors import UsageError
from portal2fa.feature_files import ScenarioOutline, slug

_KEYS = ("id", "title", "violates", "evidence", "on", "caught_by", "not_observable", "against_nothing", "not_yet")
_ENDS = ("caught_by", "not_observable", "against_nothing", "not_yet")
"""What becomes of a fault: each has exactly one of these keys."""
OURS = "ours"
"""What stands for evidence where no public case is known: the mistake was thought of here."""
_CLAUSE = re.compile(r"(?!CWE-)[A-Z][A-Z0-9]*-\d+[a-z]?")
"""What names a clause in `violates`; everything else there refers to a norm."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ID = 63
"""Characters in a label of a host name, RFC 1035 section 2.3.4."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One small deviation of the reference portal."""

    id: str
    """Its name, which is also the label before `.localhost` under which the portal that has it is served."""
    family: str
    """The file that declares it, without its ending."""
    title: str
    """What is wrong, in a sentence."""
    violates: tuple[str, ...]
    """Clauses, and sections of norms; empty where it goes against nothing."""
    evidence: str
    """A public case of the same mistake, or `OURS`."""
    caught_by: tuple[str, ...] = ()
    """The scenarios that have to fail, as declared: `folder/file.feature: name`."""
    scenarios: tuple[str, ...] = ()
    """The same as ids of scenarios; all rows of an outline that is named by its own name."""
    not_observable: str = ""
    """Why nobody outside can see it; then the server does not have it either."""
    against_nothing: str = ""
    """Why it goes against no clause and no norm, although it can be seen; the server does not have it either."""
    not_yet: str = ""
    """Why no scenario sees it yet."""
    on: str = ""
    """The variation of the portal that has it, where the reference portal cannot; its scenarios have to pass there."""

    @property
    def public_case(self) -> str:
        """Where the same mistake was made in public; empty where it was thought of here."""
        return "" if self.evidence == OURS else self.evidence

    @property
    def excused(self) -> str:
        """Why no scenario has to see it, ever; empty where one has to."""
        return self.not_observable or self.against_nothing


def load_catalogue(folder: Path, rows: Sequence[ScenarioOutline], clauses: Collection[str]) -> tuple[Fault, ...]:
    """Every fault that the files of `folder` declare, by file and in their order.

    `rows` are the scenarios and `clauses` the ids of the clauses that there are.  Raises `UsageError`, with file and
    place, for whatever cannot be used.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise UsageError(f"{folder}: no faults are declared there.", hint="each file there declares [[fault]] tables")
    found: dict[str, Fault] = {}
    for file in files:
        for number, table in enumerate(_tables(file), start=1):
            fault = _Entry(file, number, table).read(rows, clauses)
            if fault.id in found:
                first = found[fault.id].family
                raise UsageError(
                    f"{file}: fault[{number}].id: {fault.id} is there twice.",
                    cause=f"{first}.toml declares it as well",
                    hint="give one of them another id",
                )
            found[fault.id] = fault
    return tuple(found.values())


def choose(faults: Sequence[Fault], ids: Iterable[str], family: str = "") -> tuple[Fault, ...]:
    """The faults called `ids`, all of them where none is named, those of `family` only where one is.

    Raises `UsageError` for names that do not exist, and where nothing is left.
    """
    wanted = list(ids)
    for identity in wanted:
        _known(identity, [fault.id for fault in faults], "fault")
    if family:
        _known(family, list(dict.fromkeys(fault.family for fault in faults)), "family")
    chosen = tuple(
        fault for fault in faults if (not wanted or fault.id in wanted) and (not family or fault.family == family)
    )
    if not chosen:
        raise UsageError(
            "No fault is left.",
            cause=f"none of those that are named belongs to the family {family}",
            hint="leave --family out, or the names",
        )
    return chosen


def _known(name: str, names: Sequence[str], kind: str) -> None:
    if name in names:
        return
    near = difflib.get_close_matches(name, names, 1)
    raise UsageError(
        f"There is no {kind} called {name}.",
        hint=f"did you mean {near[0]}?" if near else "`portal2fa faults list` lists all of them",
    )


def _tables(file: Path) -> list[Mapping[str, Any]]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise UsageError(f"{file}: cannot be read as TOML.", cause=str(broken), hint="correct that place") from broken
    tables = data.pop("fault", None)
    if data:
        raise UsageError(f"{file}: {next(iter(data))}: there is no such key.", hint="the file holds [[fault]] only")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{file}: fault: there are no [[fault]] tables.", hint="write one, or remove the file")
    return tables


@dataclass(frozen=True, slots=True)
class _Entry:
    """One `[[fault]]` table and where it stands."""

    file: Path
    number: int
    table: Mapping[str, Any]

    def read(self, rows: Sequence[ScenarioOutline], clauses: Collection[str]) -> Fault:
        for key in self.table.keys() - set(_KEYS):
            raise self._wrong(key, "there is no such key.", f"use {', '.join(_KEYS)}")
        identity = self._text("id")
        if not _ID.fullmatch(identity) or len(identity) > _LONGEST_ID:
            raise self._wrong("id", f"{identity!r} cannot be the label of a host.", "write it like totp-code-twice")
        ends = [key for key in _ENDS if key in self.table]
        if len(ends) != 1:
            there = f"there are {' and '.join(ends)}" if ends else "there is none"
            raise self._wrong(" or ".join(_ENDS), f"exactly one of these is needed, and {there}.", "say what is true")
        violates = self._violates(ends[0])
        for name in violates:
            if _CLAUSE.fullmatch(name) and name not in clauses:
                raise self._wrong("violates", f"there is no clause {name}.", _near(name, clauses))
        caught_by = self._texts("caught_by") if ends == ["caught_by"] else ()
        return Fault(
            id=identity,
            family=self.file.stem,
            title=self._text("title"),
            violates=violates,
            evidence=self._text("evidence"),
            on=self._text("on") if "on" in self.table else "",
            caught_by=caught_by,
            scenarios=tuple(dict.fromkeys(found for name in caught_by for found in self._scenarios(name, rows))),
            **{end: self._text(end) for end in ends if end != "caught_by"},
        )

    def _violates(self, end: str) -> tuple[str, ...]:
        """What it goes against; the one that goes against nothing has an empty list."""
        if end != "against_nothing":
            return self._texts("violates")
        if self.table.get("violates") != []:
            raise self._wrong("violates", "a fault that goes against nothing violates nothing.", "write violates = []")
        return ()

    def _scenarios(self, name: str, rows: Sequence[ScenarioOutline]) -> list[str]:
        feature, colon, title = name.partition(": ")
        own = [row for row in rows if row.feature == feature]
        if not colon or not own:
            features = list(dict.fromkeys(row.feature for row in rows))
            raise self._wrong("caught_by", f"{name!r} names no feature file.", _near(feature, features))
        found = [row.id for row in own if row.name == title]
        outline = re.compile(re.escape(f"{feature}#{slug(title)}") + r"(-\d+)?")
        found = found or [row.id for row in own if outline.fullmatch(row.id)]
        if not found:
            hint = _near(title, [row.name for row in own])
            raise self._wrong("caught_by", f"{feature} has no scenario {title!r}.", hint)
        return found

    def _text(self, key: str) -> str:
        value = self.table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "a text is needed here.", f'write {key} = "…"')
        return value

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self._wrong(key, "a list of texts is needed here.", f'write {key} = ["…"]')
        return tuple(value)

    def _wrong(self, key: str, what: str, hint: str) -> UsageError:
        called = f" ({self.table['id']})" if isinstance(self.table.get("id"), str) else ""
        return UsageError(f"{self.file}: fault[{self.number}]{called}.{key}: {what}", hint=hint)


def _near(name: str, names: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(names), 1, cutoff=0.4)
    return f"did you mean {near[0]!r}?" if near else "`portal2fa clauses` and `portal2fa plan` list what there is"
