"""`portal2fa clauses`: the register, what proves each clause, and how the last run found it."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from pathlib import Path

import click

from portal2fa.cli.options import out_option


@click.command("clauses")
@out_option
def command(out: Path) -> int:
    """List the clauses, the scenarios that prove them, and how the last run (in --out) found them."""
    from portal2fa.clauses import load_register, read_scenarios
    from portal2fa.outcomes import Outcome, clause_results
    from portal2fa.profile_files import find_root
    from portal2fa.report_folder import read_report
    from portal2fa.reports.accepted import shown_clause

    root = find_root()
    rows = read_scenarios(root / "features")
    result = read_report(out) if (out / "result.json").is_file() else None
    found = {row.clause.id: shown_clause(row).value for row in clause_results(result)} if result else {}
    width = _width()
    clauses = load_register(root / "features" / "clauses.toml").clauses
    for clause in clauses:
        number = sum(clause.id in row.clauses for row in rows)
        proof = f"{number} scenario{'' if number == 1 else 's'}" if number else f"excluded: {clause.exclusion}"
        head = f"{clause.id:<10} {clause.force.value:<8} {found.get(clause.id, '·'):<13} "
        click.echo(_beside(head, clause.paraphrase, width))
        click.echo(_beside(" " * len(head), proof, width))
    binding = [clause.id for clause in clauses if clause.force.is_binding]
    covered = sum(any(clause in row.clauses for row in rows) for clause in binding)
    click.echo(f"\n{len(clauses)} clauses; {covered} of {len(binding)} binding ones have scenarios.")
    if result:
        proven = sum(found.get(clause) == Outcome.PASSED.value for clause in binding)
        click.echo(f"{proven} of them were proven by the run of {result.started} on {result.target.title}.")
    else:
        click.echo(f"No run has left a result in {out} yet; `portal2fa run` makes one.")
    return 0


def _width() -> int:
    """Columns to write in; 0 where there is no terminal, so that what is sought in the list stands on one line."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else 0


def _beside(head: str, text: str, width: int) -> str:
    """The text beside its head, wrapped within `width` columns, or on one line where `width` is 0."""
    if not width:
        return head + text
    indent = " " * len(head)
    wrapper = textwrap.TextWrapper(max(width, len(head) + 20), initial_indent=head, subsequent_indent=indent)
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    return wrapper.fill(text)
