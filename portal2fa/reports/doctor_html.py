"""doctor/index.html: what the doctor found, problems first, each with the edit to make and a picture."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from portal2fa import doctor_best
from portal2fa.doctor import Check, Examination, Word, exit_code, sentence
from portal2fa.doctor_outlook import in_words
from portal2fa.reports.doctor_json import to_json
from portal2fa.reports.html import environment
from portal2fa.reports.writing import make_folder, write_atomically

SHAPES = {Word.OK: "passed", Word.PROBLEM: "failed", Word.NOT_CHECKED: "untested"}
"""The shape beside each word, as the report of a run has them."""


def to_html(examination: Examination) -> str:
    """`examination` as one HTML page; pictures are linked relative to the folder that the page will lie in."""
    return (
        environment()
        .get_template("doctor.html.j2")
        .render(
            found=examination,
            sentence=sentence(examination),
            exit_code=int(exit_code(examination)),
            shape_of=SHAPES,
            verdict_shape=_shape(examination),
            problems=examination.of(Word.PROBLEM),
            parts=_parts(examination),
            counts=examination.counts,
            outlook=in_words(examination.outlook),
            best=doctor_best.in_words(examination.outlook),
            in_the_way=[doctor_best.line(one) for one in examination.outlook.in_the_way],
            words=list(Word),
        )
    )


def write(examination: Examination, folder: Path) -> None:
    """Write `doctor.json` and `index.html` into `folder`; raises as `make_folder` and `write_atomically` do."""
    make_folder(folder)
    write_atomically(folder / "doctor.json", to_json(examination))
    write_atomically(folder / "index.html", to_html(examination))


def _shape(examination: Examination) -> str:
    if examination.not_restored or examination.of(Word.PROBLEM):
        return "failed"
    return "cantTell" if examination.interrupted else "passed"


def _parts(examination: Examination) -> list[tuple[str, list[Check]]]:
    return [(part, list(checks)) for part, checks in groupby(examination.checks, key=lambda check: check.part)]
