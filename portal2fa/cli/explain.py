"""`portal2fa explain`: a clause, a section of a norm, a scenario or a fault in words."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("name", metavar="ID")
def command(name: str) -> int:
    """Explain a clause, a norm, a scenario or a fault: what it demands and why, how it is observed, how it is fixed.

    ID is the id of a clause (TOTP-4), section (ASVS-6.5.1) or fault (app-code-works-twice), or the id or name of a
    scenario.
    """
    from portal2fa.clauses import load_register, read_features, read_scenarios
    from portal2fa.faults import load_catalogue
    from portal2fa.profile_files import find_root
    from portal2fa.reports.explained import Known, explain

    root = find_root()
    register = load_register(root / "features" / "clauses.toml")
    clauses = register.clauses
    rows = read_scenarios(root / "features")
    catalogue = root / "reference_server" / "faults" / "catalogue"
    faults = load_catalogue(catalogue, rows, [clause.id for clause in clauses])
    known = Known(clauses, rows, read_features(root / "features"), faults, register.norms)
    click.echo(explain(name, known), nl=False)
    return 0
