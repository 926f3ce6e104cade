"""`portal2fa clauses`: the register, what proves each clause and norm, and how the last run found it."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import out_option

if TYPE_CHECKING:
    from portal2fa.clauses import Register, ScenarioOutline
    from portal2fa.outcomes import NormSection, Result


@click.command("clauses")
@out_option
def command(out: Path) -> int:
    """List clauses and norms, the scenarios that prove them, and how the last run (in --out) found them."""
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
    register = load_register(root / "features" / "clauses.toml")
    clauses = register.clauses
    for clause in clauses:
        number = sum(clause.id in row.clauses for row in rows)
        proof = _scenarios(number) if number else f"excluded: {clause.exclusion}"
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
    for line in _norms(register, rows, result, width):
        click.echo(line)
    return 0


def _norms(register: Register, rows: Sequence[ScenarioOutline], result: Result | None, width: int) -> Iterator[str]:
    """The sections of norms as the clauses above them."""
    from portal2fa.norms import norm_results

    found = {row.section.id: row.standing.value for row in norm_results(result)} if result else {}
    yield "\nBeyond the help text, by norm:"
    for section in register.norms:
        head = f"{section.id:<15} {section.level:<6} {found.get(section.id, '·'):<15} "
        proof = _scenarios(sum(section.id in row.norms for row in rows))
        yield _beside(head, section.paraphrase, width)
        yield _beside(" " * len(head), _unproven(section) or proof, width)


def _unproven(section: NormSection) -> str:
    """Why a section has no scenario; what could be seen and is not looked at says so."""
    return f"not looked at: {section.not_looked_at}" if section.not_looked_at else section.unproven


def _scenarios(number: int) -> str:
    return f"{number} scenario{'' if number == 1 else 's'}"


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
