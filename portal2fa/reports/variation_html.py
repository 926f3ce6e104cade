"""variations/index.html and variations.json: a table of all variations, and beside it the whole report of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portal2fa import reports
from portal2fa.outcomes import Outcome, Verdict
from portal2fa.reports.html import environment
from portal2fa.reports.summary import headline
from portal2fa.reports.writing import make_folder, write_atomically
from portal2fa.variation_table import Row, Table, exit_code, sentence

SCHEMA_VERSION = 1
"""Raised when a reader of the previous version would misread the document."""
_SHAPES = {True: "passed", False: "failed"}


def to_html(table: Table) -> str:
    """`table` as one HTML page without script."""
    first = table.rows[0].result
    return (
        environment()
        .get_template("variations.html.j2")
        .render(
            table=table,
            ran=first,
            sentence=sentence(table),
            exit_code=int(exit_code(table)),
            outcomes=list(Outcome),
            headline=headline,
            verdict_shape=_SHAPES[not table.not_green],
            shape_of={row.variation.id: _SHAPES[row.green] for row in table.rows},
            partial=any(row.verdict is Verdict.INCONCLUSIVE for row in table.rows) and bool(first.selection),
        )
    )


def to_json(table: Table) -> str:
    """`table` as indented JSON text, ending in a newline; half characters become U+FFFD."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "exit_code": int(exit_code(table)),
        "sentence": sentence(table),
        "variations": [_row(row) for row in table.rows],
    }
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "\n"


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.variation.id,
        "title": row.variation.title,
        "differs": row.variation.differs,
        "profile_digest": row.result.target.profile_digest,
        "verdict": row.verdict.value,
        "green": row.green,
        "selection": row.result.selection,
        "outcomes": {outcome.value: number for outcome, number in row.counts.items()},
        "trouble": [
            {"id": scenario.id, "outcome": scenario.outcome.value, "reason": scenario.reason}
            for scenario in row.trouble
        ],
    }


def write(table: Table, folder: Path) -> None:
    """Write `variations.json`, `index.html` and a folder for each variation; raises as `write_atomically` does."""
    make_folder(folder)
    write_atomically(folder / "variations.json", to_json(table))
    for row in table.rows:
        reports.write_all(row.result, folder / row.variation.id)
    write_atomically(folder / "index.html", to_html(table))
