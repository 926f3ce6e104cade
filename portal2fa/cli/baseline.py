"""`portal2fa baseline`: from a result to a file of accepted findings, which a person completes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from portal2fa.baseline import Acceptance
    from portal2fa.outcomes import Result


@click.command("baseline")
@click.argument("result", metavar="RESULT", type=click.Path(path_type=Path))
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="file to write, which may not exist yet; without it the baseline goes to standard output",
)
@click.option("--reason", default="", metavar="TEXT", help="why all of them are accepted, and who answers for it")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="the last day on which they are accepted, such as 2027-03-31",
)
def command(result: Path, output: Path | None, reason: str, until: datetime | None) -> int:
    """Write the failures and documentation deviations of a result as accepted ones.

    RESULT is a result.json, or the folder of a report.  What could not be told or was not tested cannot be accepted.
    Entries that the result's run accepted already keep their reason and date; the others have to get both before
    `portal2fa run --baseline FILE` takes the file.
    """
    from portal2fa.baseline_files import proposed, to_toml
    from portal2fa.errors import UsageError
    from portal2fa.report_folder import read_report
    from portal2fa.reports.writing import write_atomically

    found = read_report(result)
    if output is not None and output.exists():
        raise UsageError(f"{output} is there already.", hint="name another file; reasons in this one would be lost")
    entries = proposed(found, reason=reason.strip(), until=until.date().isoformat() if until else "")
    text = to_toml(entries, found.target.name)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomically(output, text, what="baseline")
    click.echo(_told(found, entries), err=True)
    return 0


def _told(result: Result, entries: tuple[Acceptance, ...]) -> str:
    """What a person has to know of a baseline that was written."""
    from portal2fa.baseline import Kind
    from portal2fa.outcomes import Outcome

    failures = sum(entry.kind is Kind.FAILURE for entry in entries)
    empty = sum(not (entry.reason and entry.until) for entry in entries)
    left = sum(scenario.outcome in (Outcome.CANT_TELL, Outcome.UNTESTED) for scenario in result.scenarios)
    lines = [f"Entries: {failures} for failures, {len(entries) - failures} for documentation deviations."]
    lines += [f"Give a reason and a date to {empty} of them before a run."] if empty else []
    lines += [f"Scenarios that could not be told or were not tested, and cannot be accepted: {left}."] if left else []
    return "\n".join(lines)
