"""faults/index.html: the kill matrix for people: what is not caught, then by fault, by scenario, and as a grid."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from portal2fa import kept_matrix
from portal2fa.fault_matrix import Cell, Matrix, Row, Word, exit_code, sentence
from portal2fa.outcomes import ExitCode
from portal2fa.reports import fault_json
from portal2fa.reports.html import environment
from portal2fa.reports.html_model import Anchors
from portal2fa.reports.writing import make_folder, write_atomically

SHAPES: dict[Word | Cell, str] = {
    Word.CAUGHT: "passed",
    Word.SURVIVED: "failed",
    Word.BROKEN: "cantTell",
    Word.NOT_RUN: "untested",
    Word.NOT_YET: "accepted",
    Word.EQUIVALENT: "inapplicable",
    Word.AGAINST_NOTHING: "inapplicable",
    Cell.KILLED: "passed",
    Cell.ELSEWHERE: "accepted",
    Cell.SURVIVED: "failed",
    Cell.PASSED: "untested",
    Cell.BROKEN: "cantTell",
    Cell.NO_JUDGE: "inapplicable",
}
"""The shape beside each word, as the report of a run has them; StrEnum members with one value share it."""
MEANINGS: dict[Word | Cell, str] = {
    Word.CAUGHT: "At least one of the scenarios that should fail on it did, and a customer can still sign in.",
    Word.SURVIVED: "All scenarios that should fail on it passed: the mistake could be made and nobody would know.",
    Word.BROKEN: "The portal does not work with it, or a scenario that should fail could not be carried to its end; "
    "that is never a kill.",
    Word.NOT_RUN: "None of the scenarios that should fail on it was run, or none of them is a judge.",
    Word.NOT_YET: "It can be seen from outside, but no scenario looks there yet.",
    Word.EQUIVALENT: "Nobody outside can see it, so no scenario can fail.",
    Word.AGAINST_NOTHING: "It can be seen, and goes against no clause and no norm, so no scenario may fail.",
}
"""What each word of a fault means, as printed at the foot of the page."""
CELL_MEANINGS: dict[Cell, str] = {
    Cell.KILLED: "The scenario failed, as it should.",
    Cell.ELSEWHERE: "It failed although the fault does not name it: one of the two needs a look.",
    Cell.SURVIVED: "It passed although it should fail.",
    Cell.PASSED: "It passed, and nobody expected otherwise.",
    Cell.BROKEN: "It could not be carried to its end on this portal.",
    Cell.NO_JUDGE: "It does not pass on the right portal, so it was not asked.",
}
"""What each kind of cell means."""


def to_html(matrix: Matrix) -> str:
    """`matrix` as one HTML page without script."""
    grid = [column for column in matrix.columns if any(_cell(row, column.id) for row in matrix.rows)]
    return (
        environment()
        .get_template("faults.html.j2")
        .render(
            matrix=matrix,
            ran=matrix.ran,
            sentence=sentence(matrix),
            exit_code=int(exit_code(matrix)),
            verdict_shape=_shape(matrix),
            shape_of=SHAPES,
            open_rows=matrix.not_caught,
            elsewhere=[(row, judged) for row in matrix.rows for judged in row.of(Cell.ELSEWHERE)],
            families=[(name, list(rows)) for name, rows in groupby(matrix.rows, key=lambda row: row.fault.family)],
            grid=grid,
            cell=_cell,
            column_of={column.id: column for column in matrix.columns},
            fault_anchor=Anchors("fault", (row.fault.id for row in matrix.rows)),
            scenario_anchor=Anchors("s", (column.id for column in matrix.columns)),
            word_meanings=MEANINGS,
            cell_meanings=CELL_MEANINGS,
        )
    )


def write(matrix: Matrix, folder: Path) -> None:
    """Write `faults.json`, two tables and `index.html` into `folder`; raises as `write_atomically` does."""
    make_folder(folder)
    write_atomically(folder / "faults.json", fault_json.to_json(matrix))
    write_atomically(folder / "faults.csv", fault_json.to_csv(matrix))
    write_atomically(folder / kept_matrix.NAME, kept_matrix.to_csv(matrix))
    write_atomically(folder / "index.html", to_html(matrix))


def _cell(row: Row, scenario: str) -> Cell | None:
    return next((judged.cell for judged in row.cells if judged.played.scenario == scenario), None)


def _shape(matrix: Matrix) -> str:
    return {ExitCode.CONFORMANT: "passed", ExitCode.INTERRUPTED: "cantTell"}.get(exit_code(matrix), "failed")
