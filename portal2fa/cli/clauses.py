"""`portal2fa clauses`: the register, what proves each clause, and how the last run found it."""

from __future__ import annotations

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
    from portal2fa.reports.result_json import from_json

    root = find_root()
    rows = read_scenarios(root / "features")
    result = from_json((out / "result.json").read_text(encoding="utf-8")) if (out / "result.json").is_file() else None
    found = {row.clause.id: row.outcome.value for row in clause_results(result)} if result else {}
    clauses = load_register(root / "features" / "clauses.toml").clauses
    for clause in clauses:
        number = sum(clause.id in row.clauses for row in rows)
        proof = f"{number} scenario{'' if number == 1 else 's'}" if number else f"excluded: {clause.exclusion}"
        click.echo(f"{clause.id:<10} {clause.force.value:<8} {found.get(clause.id, '·'):<13} {clause.paraphrase}")
        click.echo(f"{'':<20} {'':<13} {proof}")
    binding = [clause.id for clause in clauses if clause.force.is_binding]
    covered = sum(any(clause in row.clauses for row in rows) for clause in binding)
    click.echo(f"\n{len(clauses)} clauses; {covered} of {len(binding)} binding ones have scenarios.")
    if result:
        proven = sum(found.get(clause) == Outcome.PASSED.value for clause in binding)
        click.echo(f"{proven} of them were proven by the run of {result.started} on {result.target.title}.")
    else:
        click.echo(f"No run has left a result in {out} yet; `portal2fa run` makes one.")
    return 0
