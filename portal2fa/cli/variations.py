"""`portal2fa variations`: portals that are right in other ways, and what the specification makes of them."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import out_option

if TYPE_CHECKING:
    from portal2fa.variations import Variation

_LANES = 4
_MOST_LANES = 16


@click.group("variations")
def command() -> None:
    """Show portals that are right in other ways than the reference portal, and run the specification on them."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="print them as JSON")
def list_variations(as_json: bool) -> int:
    """List every variation."""
    from portal2fa.reports.variation_texts import listed, to_json

    known = _catalogue()
    click.echo(to_json(known) if as_json else listed(known), nl=False)
    return 0


@command.command("show")
@click.argument("variation", metavar="ID")
def show(variation: str) -> int:
    """Show one variation, what differs, and the profile that describes it."""
    from portal2fa.reports.variation_texts import described
    from portal2fa.variations import choose_variations

    click.echo(described(choose_variations(_catalogue(), [variation])[0]), nl=False)
    return 0


@command.command("run")
@click.argument("variations", metavar="[ID]...", nargs=-1)
@click.option("--tags", multiple=True, metavar="EXPRESSION", help="only scenarios with these tags, as for `run`")
@click.option(
    "--lanes",
    type=click.IntRange(1, _MOST_LANES),
    default=_LANES,
    show_default=True,
    metavar="K",
    help="how many scenarios are under way at once, in one browser",
)
@out_option
@click.option("--browser", metavar="PATH", help="the Chromium to use; also PORTAL2FA_BROWSER")
def run(variations: tuple[str, ...], tags: tuple[str, ...], lanes: int, out: Path, browser: str | None) -> int:
    """Run the specification on every variation, or on those that are named, and write a table.

    Each is judged with its own profile.  The page is variations/index.html in the report folder, beside it
    variations.json, and for each variation a folder with its whole report.

    Exit codes: 0 every scenario passed or is inapplicable, 1 one did not, 2 usage, 3 the portal or the browser did not
    start, 5 a fault of portal2fa, 130 interrupted.
    """
    from portal2fa import variation_runner
    from portal2fa.browsers import find_browser
    from portal2fa.clauses import load_register, read_scenarios
    from portal2fa.cli.progress import Progress
    from portal2fa.host_runner import started_with
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.report_folder import ReportFolder
    from portal2fa.reports.variation_html import write
    from portal2fa.reports.variation_texts import summary
    from portal2fa.selection import select
    from portal2fa.session import Session
    from portal2fa.variation_table import exit_code, make_table
    from portal2fa.variations import choose_variations

    root = find_root()
    known = [(one, load_target(one.profile, root)) for one in choose_variations(_catalogue(), variations)]
    chosen = select(read_scenarios(root / "features"), tags=tags)
    choice = find_browser(named=browser)
    with (
        ReportFolder(out / "variations", known="variations.json") as folder,
        Progress(len(known) * len(chosen.scenarios), sys.stderr, os.environ) as progress,
    ):
        session = Session(
            target=started_with(load_target("reference", root), "--variations"),
            root=root,
            register=load_register(root / "features" / "clauses.toml"),
            browser=choice,
            recorder=folder.recorder,
            evidence="failures",
            at_once=lanes,
        )
        results = variation_runner.run(
            session,
            known,
            chosen,
            command=shlex.join(["portal2fa", *sys.argv[1:]]),
            tell=lambda variation, result: progress.on_variation(variation.id, result),
        )
        table = make_table([one for one, _ in known], results)
        folder.write(lambda place: write(table, place))
    click.echo(summary(table, str(out / "variations" / "index.html")), nl=False)
    return int(exit_code(table))


def _catalogue() -> tuple[Variation, ...]:
    """All variations that are declared."""
    from portal2fa.profile_files import find_root
    from portal2fa.variations import load_variations

    return load_variations(find_root() / "reference_server" / "variations" / "catalogue.toml")
