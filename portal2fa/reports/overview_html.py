"""index.html of several targets: a line each, and the matrix of clauses and targets, which leads into their reports."""

from __future__ import annotations

from pathlib import Path

from portal2fa.outcomes import ExitCode
from portal2fa.overview import Judged, Overview
from portal2fa.reports import overview_json
from portal2fa.reports.html import environment
from portal2fa.reports.html_model import Anchors
from portal2fa.reports.summary import PARTIAL
from portal2fa.reports.writing import make_folder, write_atomically

FILE = "overview.json"
"""By which a folder is known to hold the reports of several targets."""
_SHAPES = {ExitCode.CONFORMANT: "passed", ExitCode.NOT_CONFORMANT: "failed"}


def to_html(overview: Overview) -> str:
    """`overview` as one HTML page without script."""
    return (
        environment()
        .get_template("overview.html.j2")
        .render(
            overview=overview,
            PARTIAL=PARTIAL,
            exit_code=int(overview.exit_code),
            shape_of=lambda target: "untested" if target.partial else _SHAPES.get(target.exit_code, "cantTell"),
            href=_href,
            # the names that the reports of the targets have for the same clauses
            clause_anchor=Anchors("clause", (clause.id for clause in overview.clauses)),
        )
    )


def write(overview: Overview, folder: Path) -> None:
    """Write `overview.json` and `index.html` into `folder`; raises as `write_atomically` does."""
    make_folder(folder)
    write_atomically(folder / FILE, overview_json.to_json(overview))
    write_atomically(folder / "index.html", to_html(overview))


def _href(target: Judged) -> str:
    return f"./{target.name}/index.html" if target.outcomes else ""
