"""What keeps a file from being a baseline: entries nobody answers for, and names that nothing in the suite has."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal2fa.baseline import Kind
from portal2fa.feature_files import ScenarioOutline
from portal2fa.outcomes import Clause
from portal2fa.profile_lines import Key
from portal2fa.profile_words import nearest

VERSION = 1
"""The version of the file's shape."""
KEYS = {
    Kind.FAILURE: ("clause", "scenario", "message", "reason", "until"),
    Kind.DEVIATION: ("clause", "control", "scenario", "message", "reason", "until"),
}
"""What an entry of each kind has to say."""
_TOLD_BY = {Kind.FAILURE: ("clause", "scenario"), Kind.DEVIATION: ("clause", "control", "message")}
"""What tells two entries of a kind apart."""
_TOP = ("baseline_version", "target", *(kind.value for kind in Kind))


@dataclass(frozen=True, slots=True)
class Known:
    """What a baseline may speak of: the target's name, all scenarios and all clauses of the specification."""

    target: str
    scenarios: Sequence[ScenarioOutline]
    clauses: Sequence[Clause]


def mistakes(table: dict[str, Any], known: Known) -> Iterator[tuple[Key, str]]:
    """All that keeps the raw `table` from being a baseline, with the key that it is about."""
    for key in table:
        if key not in _TOP:
            yield (key,), _unknown(key, _TOP)
    if table.get("baseline_version") != VERSION:
        yield ("baseline_version",), f"baseline_version has to be {VERSION}"
    if table.get("target") != known.target:
        yield ("target",), f"it is for the target '{table.get('target', '')}', but this run is on '{known.target}'"
    seen: dict[tuple[str, ...], int] = {}
    for kind in Kind:
        rows = table.get(kind.value, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            yield (kind.value,), f"has to be a list of tables: write [[{kind.value}]]"
            continue
        for number, row in enumerate(rows):
            yield from _wrong_row((kind.value, number), kind, row, known)
            identity = (kind, *(str(row.get(key, "")) for key in _TOLD_BY[kind]))
            if seen.setdefault(identity, number) != number:
                yield (kind.value, number), "is there twice; remove one of the two"


def _wrong_row(at: Key, kind: Kind, row: dict[str, Any], known: Known) -> Iterator[tuple[Key, str]]:
    keys = KEYS[kind]
    for key in row:
        if key not in keys:
            yield (*at, key), _unknown(key, keys)
    for key in keys:
        if problem := _wrong_value(key, row.get(key)):
            yield (*at, key), problem
    clause, scenario = str(row.get("clause", "")), str(row.get("scenario", ""))
    clauses = [known_clause.id for known_clause in known.clauses]
    outline = next((found for found in known.scenarios if found.id == scenario), None)
    if clause and clause not in clauses:
        yield (
            (*at, "clause"),
            f"there is no clause '{clause}'; {_closest(clause, clauses)}",
        )
    if scenario and outline is None:
        ids = [found.id for found in known.scenarios]
        yield (
            (*at, "scenario"),
            f"there is no scenario '{scenario}'; {_closest(scenario, ids)}",
        )
    elif outline and kind is Kind.FAILURE and clause in clauses and clause not in outline.clauses:
        yield (*at, "clause"), f"'{scenario}' does not prove {clause}, but {', '.join(outline.clauses)}"


def _closest(name: str, known: Collection[str]) -> str:
    return nearest(name, known, f"the closest is '{difflib.get_close_matches(name, known, 1, cutoff=0)[0]}'")


def _wrong_value(key: str, value: object) -> str:
    if key == "until":
        is_day = type(value) is date
        return "" if is_day else "'until' is missing or no date: the last day, such as until = 2027-03-31"
    if isinstance(value, str) and value.strip():
        return ""
    why = " and who answers for it" if key == "reason" else ""
    return f"'{key}' is missing or empty" + (f": say why it is accepted{why}" if why else "")


def _unknown(key: str, known: Collection[str]) -> str:
    otherwise = f"known are {', '.join(known)}"
    return f"'{key}' is not known here; {nearest(key, known, otherwise)}"
