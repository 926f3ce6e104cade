"""`portal2fa faults`: which mistakes the reference portal can make on request, and which scenarios catch them."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import out_option

if TYPE_CHECKING:
    from portal2fa.clauses import ScenarioOutline
    from portal2fa.faults import Fault
    from portal2fa.profile_files import Target

_LANES = 4
_MOST_LANES = 16


@click.group("faults")
def command() -> None:
    """Show the known faults of the reference portal, and which scenarios catch them."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="print them as JSON")
def list_faults(as_json: bool) -> int:
    """List every fault by family, and how many scenarios have to catch it."""
    from portal2fa.reports.fault_texts import listed, to_json

    _, faults = _catalogue()
    click.echo(to_json(faults) if as_json else listed(faults), nl=False)
    return 0


@command.command("show")
@click.argument("fault", metavar="ID")
def show(fault: str) -> int:
    """Show one fault, what it violates, and the scenarios that have to catch it."""
    from portal2fa.faults import choose
    from portal2fa.reports.fault_texts import described

    _, faults = _catalogue()
    click.echo(described(choose(faults, [fault])[0]), nl=False)
    return 0


@command.command("run")
@click.argument("faults", metavar="[ID]...", nargs=-1)
@click.option("--family", default="", metavar="NAME", help="only the faults of this family; `faults list` names them")
@click.option("--full", is_flag=True, help="all scenarios on every fault, not only those that have to catch it")
@click.option(
    "--lanes",
    type=click.IntRange(1, _MOST_LANES),
    default=_LANES,
    show_default=True,
    metavar="K",
    help="how many scenarios are under way at once, in one browser",
)
@out_option
@click.option(
    "--kept",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="a kill-matrix.csv of before; whatever differs from it is told",
)
@click.option("--browser", metavar="PATH", help="the Chromium to use; also PORTAL2FA_BROWSER")
def run(
    faults: tuple[str, ...], family: str, full: bool, lanes: int, out: Path, kept: Path | None, browser: str | None
) -> int:
    """Run scenarios against portals that are wrong on purpose, and write the kill matrix.

    Every fault, or those that are named, with the scenarios that have to fail on it.  Each scenario has to pass on the
    right portal first.  The page is faults/index.html in the report folder, beside it faults.json, faults.csv and
    kill-matrix.csv, which is the same in every run that finds the same.

    Exit codes: 0 every fault is caught, 1 one is not, is broken, or differs from the matrix that was kept, 2 usage, 3
    the portal or the browser did not start, 5 a fault of portal2fa, 130 interrupted.
    """
    from portal2fa import fault_runner, kept_matrix
    from portal2fa.browsers import find_browser
    from portal2fa.clauses import load_register
    from portal2fa.cli.progress import Progress
    from portal2fa.fault_matrix import exit_code
    from portal2fa.faults import choose
    from portal2fa.outcomes import ExitCode, ScenarioResult
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.report_folder import ReportFolder
    from portal2fa.reports.fault_html import write
    from portal2fa.reports.fault_texts import summary
    from portal2fa.session import Session

    root = find_root()
    rows, known = _catalogue()
    order = fault_runner.Order(choose(known, faults, family), rows, full)
    before = kept_matrix.read(kept) if kept else None
    choice = find_browser(named=browser)
    places = {place: _target_of(place) for place in order.places if place}
    with (
        ReportFolder(out / "faults", known="faults.json") as folder,
        Progress(order.number, sys.stderr, os.environ) as progress,
    ):

        def tell(fault: Fault | None, result: ScenarioResult) -> None:
            if fault is None:
                progress.scenario(result)
            else:
                progress.on_fault(fault.id, result, expected=result.id in fault.scenarios)

        session = Session(
            target=fault_runner.with_faults(load_target("reference", root), variations=bool(places)),
            root=root,
            register=load_register(root / "features" / "clauses.toml"),
            browser=choice,
            recorder=folder.recorder,
            evidence="none",
            at_once=lanes,
        )
        line = shlex.join(["portal2fa", *sys.argv[1:]])
        matrix = fault_runner.run(session, order, command=line, tell=tell, variations=places)
        folder.write(lambda place: write(matrix, place))
    click.echo(summary(matrix, str(out / "faults" / "index.html")), nl=False)
    if before is None:
        return int(exit_code(matrix))
    differing = kept_matrix.differences(before, matrix, whole=not faults and not family)
    click.echo(f"{len(differing) or 'no'} difference{'' if len(differing) == 1 else 's'} to {kept}")
    for line in differing:
        click.echo(f"  {line}")
    return int(exit_code(matrix) or (ExitCode.NOT_CONFORMANT if differing else ExitCode.CONFORMANT))


def _target_of(variation: str) -> Target:
    """The profile of a variation on which faults are played; raises `UsageError` where there is none."""
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.variations import choose_variations, load_variations

    root = find_root()
    known = load_variations(root / "reference_server" / "variations" / "catalogue.toml")
    [found] = choose_variations(known, [variation])
    return load_target(found.profile, root)


def _catalogue() -> tuple[tuple[ScenarioOutline, ...], tuple[Fault, ...]]:
    """All scenarios, and all faults that are declared."""
    from portal2fa.clauses import load_register, read_scenarios
    from portal2fa.faults import load_catalogue
    from portal2fa.profile_files import find_root

    root = find_root()
    rows = read_scenarios(root / "features")
    clauses = [clause.id for clause in load_register(root / "features" / "clauses.toml").clauses]
    return rows, load_catalogue(root / "reference_server" / "faults" / "catalogue", rows, clauses)
