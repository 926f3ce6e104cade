"""faults.json and faults.csv: the kill matrix for machines, with the exit code that follows from it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from portal2fa.fault_matrix import Matrix, Row, exit_code, sentence

SCHEMA_VERSION = 1
"""Raised when a reader of the previous version would misread the document."""
HEAD = ("fault", "family", "title", "word", "scenario", "expected", "cell", "outcome", "seconds", "repeated", "reason")
"""The columns of faults.csv."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a field begins that a spreadsheet would compute instead of showing it."""


def to_json(matrix: Matrix) -> str:
    """`matrix` as indented JSON text, ending in a newline; half characters become U+FFFD."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "exit_code": int(exit_code(matrix)),
        "sentence": sentence(matrix),
        "ran": asdict(matrix.ran),
        "words": {word.value: number for word, number in matrix.words.items()},
        "cells": {cell.value: number for cell, number in matrix.cells.items()},
        "faults": [_fault(row) for row in matrix.rows],
        "scenarios": [
            {**asdict(column), "kills": [row.fault.id for row, _ in matrix.killed_by(column.id)]}
            for column in matrix.columns
        ],
        "problems": matrix.problems,
    }
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "\n"


def _fault(row: Row) -> dict[str, Any]:
    cells = [
        {"cell": judged.cell.value, "must_fail": judged.expected, **_without_fault(asdict(judged.played))}
        for judged in row.cells
    ]
    return {**asdict(row.fault), "word": row.word.value, "reason": row.reason, "cells": cells}


def _without_fault(played: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in played.items() if key != "fault"}


def to_csv(matrix: Matrix) -> str:
    """A line for each fault with each scenario that was run on it, and one for a fault without any."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in matrix.rows:
        start = (row.fault.id, row.fault.family, row.fault.title, row.word.value)
        if not row.cells:
            writer.writerow(_shown(*start, "", "", "", "", "", "", row.reason))
        for judged in row.cells:
            played = judged.played
            said = (played.outcome.value, f"{played.seconds:.3f}", _yes(played.repeated), played.reason)
            writer.writerow(_shown(*start, played.scenario, _yes(judged.expected), judged.cell.value, *said))
    return text.getvalue()


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _shown(*fields: str) -> list[str]:
    """The fields so that no spreadsheet takes one for a formula."""
    return [f"'{field}" if field.startswith(_FORMULA) else field for field in fields]
