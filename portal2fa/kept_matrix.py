"""The kill matrix that is kept beside the features: which scenario sees which fault, and nothing else that changes.

It has one line for each fault with each scenario that has to see it, so that a later run can be held to it:

    fault,word,scenario,cell
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path

from portal2fa.errors import UsageError
from portal2fa.fault_matrix import Matrix, Row

NAME = "kill-matrix.csv"
_HEAD = ("fault", "word", "scenario", "cell")

Line = tuple[str, str, str, str]
"""Fault, its word, scenario and cell; the last two are empty for a fault without scenarios."""


def to_csv(matrix: Matrix) -> str:
    """The matrix to keep, in the order of the catalogue."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_HEAD, *(line for row in matrix.rows for line in _lines(row))])
    return text.getvalue()


def _lines(row: Row) -> list[Line]:
    cells = [judged for judged in row.cells if judged.expected]
    found = [(row.fault.id, row.word.value, judged.played.scenario, judged.cell.value) for judged in cells]
    return found or [(row.fault.id, row.word.value, "", "")]


def read(path: Path) -> tuple[Line, ...]:
    """The lines of a matrix that was kept; raises `UsageError` where the file is none."""
    try:
        head, *lines = csv.reader(path.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else "it is empty, or no text in UTF-8"
        raise UsageError(f"The kept matrix {path} cannot be read.", cause=cause, hint=_HINT) from error
    if tuple(head) != _HEAD or any(len(line) != len(_HEAD) for line in lines):
        raise UsageError(f"{path} is no kill matrix.", cause=f"its columns are not {','.join(_HEAD)}", hint=_HINT)
    return tuple((fault, word, scenario, cell) for fault, word, scenario, cell in lines)


_HINT = f"give the {NAME} that `portal2fa faults run` writes into the folder faults of its report"


def differences(kept: tuple[Line, ...], matrix: Matrix, *, whole: bool) -> tuple[str, ...]:
    """How a run differs from what was kept, a line each, of the faults that it came to.

    A `whole` run chose all faults, so that those which only the file knows are told too.  Of a run that was stopped,
    only the cells that were played count; the word of a fault counts where all of its cells were.
    """
    stopped = matrix.ran.interrupted
    rows = {row.fault.id: row for row in matrix.rows}
    parts = {name: row for name, row in rows.items() if stopped and _missing(row)}

    def counts(line: Line) -> bool:
        fault, _, scenario, _ = line
        if fault in parts:
            return scenario in _played(parts[fault])
        return fault in rows or (whole and not stopped)

    found = [line for row in rows.values() for line in _lines(row) if counts(line)]
    before = [line for line in kept if counts(line)]
    return (
        *_only(before, found, "kept, and not found", parts),
        *_only(found, before, "found, and not kept", parts),
    )


def _played(row: Row) -> set[str]:
    return {judged.played.scenario for judged in row.cells}


def _missing(row: Row) -> set[str]:
    """The scenarios that have to see a fault and were not played on it."""
    return set(row.fault.scenarios) - _played(row)


def _only(lines: list[Line], others: list[Line], words: str, parts: Collection[str]) -> Iterator[str]:
    """The lines that `others` have not; of the faults in `parts` whatever the word is."""

    def held(line: Line) -> tuple[str, ...]:
        return (line[0], *line[2:]) if line[0] in parts else line

    known = {held(line) for line in others}
    for line in lines:
        if held(line) not in known:
            fault, word, scenario, cell = line
            yield f"{words}: {fault} ({word}){f': {scenario}: {cell}' if scenario else ''}"
