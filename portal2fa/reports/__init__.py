"""Reports: pure functions from a `Result` to text, and the one place that writes them to a folder.

    result.json   result_json   for machines and for later: everything found, and what follows from it
    junit.xml     junit         for CI servers
    index.html    html          for people: prose first, then what was seen; opens from disk, prints, needs no script
    (terminal)    terminal      what the person sees when the run ends

No report reads a clock, drives a browser or decides anything: verdicts are computed in `portal2fa.outcomes`.
Evidence files lie beside the report where `Evidence.path` says; reports link to them and never copy them.
"""

from __future__ import annotations

from pathlib import Path

from portal2fa.outcomes import Result
from portal2fa.reports.html import to_html
from portal2fa.reports.junit import to_junit
from portal2fa.reports.result_json import from_json, to_json
from portal2fa.reports.terminal import show
from portal2fa.reports.writing import make_folder, write_atomically

__all__ = ["from_json", "show", "to_html", "to_json", "to_junit", "write_all"]

_FILES = {"result.json": to_json, "junit.xml": to_junit, "index.html": to_html}


def write_all(result: Result, out_dir: Path) -> tuple[Path, ...]:
    """Write every report of `result` into `out_dir`, made if missing, and return the paths.

    `result.json` comes first, so that what was found is on disk before anything is drawn from it.  Raises
    UsageError when the folder may not be written, EnvironmentProblem when the disk refuses.
    """
    make_folder(out_dir)
    for name, render in _FILES.items():
        write_atomically(out_dir / name, render(result))
    return tuple(out_dir / name for name in _FILES)
