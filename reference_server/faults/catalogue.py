"""What is declared of the faults, held against what is done of them.

    catalogue/*.toml  ──declared()──▶  Declared   id, family, and whether there is anything to serve

The files are read by others as well; what they say to people (title, evidence, scenarios) is only looked at here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "catalogue"
_HOST_LABEL = re.compile(r"(?=.{1,63}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NOT_SERVED = ("not_observable", "against_nothing")
_OUTCOMES = ("caught_by", "not_yet", *_NOT_SERVED)
_KEYS = {"id", "title", "violates", "evidence", "on", *_OUTCOMES}


class BadCatalogue(ValueError):
    """The declarations cannot be used; the message is one line."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One fault as the portal knows it."""

    id: str
    """Its name, and the label before `.localhost` of its host."""
    family: str
    """The file that declares it, without its ending."""
    observable: bool
    """Whether anybody outside can see it; only then there is something to serve."""
    on: str = ""
    """The variation that has it, where the right portal is not the one to have it."""


def declared(folder: Path = FOLDER) -> list[Declared]:
    """Read every declaration, by file and in its order; raises BadCatalogue."""
    found: dict[str, Declared] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8")).get("fault", [])
        except tomllib.TOMLDecodeError as error:
            raise BadCatalogue(f"{file.name}: {error}") from error
        for table in tables:
            fault = _read(file, table)
            if fault.id in found:
                raise BadCatalogue(f"{file.name}: {fault.id} is declared twice")
            found[fault.id] = fault
    return list(found.values())


def served(faults: Collection[Declared], implemented: Collection[str]) -> list[str]:
    """Return the ids to serve; raises BadCatalogue where declarations and implementations differ."""
    wanted = [fault.id for fault in faults if fault.observable]
    for what, ids in (
        ("declared and not implemented", set(wanted) - set(implemented)),
        ("implemented and not declared as observable", set(implemented) - set(wanted)),
    ):
        if ids:
            raise BadCatalogue(f"{what}: {', '.join(sorted(ids))}")
    return wanted


def _read(file: Path, table: Mapping[str, Any]) -> Declared:
    identity = table.get("id")
    if not isinstance(identity, str) or not _HOST_LABEL.fullmatch(identity):
        raise BadCatalogue(f"{file.name}: {identity!r} is no label of a host name, such as app-code-works-twice")
    outcomes = [key for key in _OUTCOMES if table.get(key)]
    named = table.get("title") and bool(table.get("violates")) != ("against_nothing" in outcomes)
    if len(outcomes) != 1 or not named or not table.get("evidence"):
        raise BadCatalogue(f"{file.name}: {identity} needs title, violates, evidence and one of {', '.join(_OUTCOMES)}")
    if table.keys() - _KEYS:
        raise BadCatalogue(f"{file.name}: {identity} has no key {', '.join(sorted(table.keys() - _KEYS))}")
    return Declared(identity, file.stem, outcomes[0] not in _NOT_SERVED, str(table.get("on", "")))
