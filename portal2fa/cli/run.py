"""`portal2fa run`: the specification against a target, with progress, verdict and report."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import (
    Shard,
    allow_option,
    browser_options,
    filter_options,
    locale_option,
    out_option,
    target_option,
)

if TYPE_CHECKING:
    from portal2fa.outcomes import Result

_MOST_LANES = 16
"""More of them in one browser and one thread only wait for each other."""


@click.command("run")
@target_option
@locale_option
@filter_options
@click.option("--failed", is_flag=True, help="only what failed in the result that lies in --out")
@click.option(
    "--shard",
    type=Shard(),
    metavar="I/N",
    help="only the part I of N of what is selected; `portal2fa report merge` puts the parts together",
)
@allow_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="accepted findings, for which the run does not fail; `portal2fa baseline` writes such a file",
)
@out_option
@click.option(
    "--lanes",
    type=click.IntRange(1, _MOST_LANES),
    default=1,
    show_default=True,
    metavar="K",
    help="how many scenarios are under way at once, in one browser; fewer where they would disturb each other",
)
@click.option(
    "--repeat",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="run everything N times; a scenario that does not always come to the same outcome proves nothing",
)
@browser_options
@click.option(
    "--pictures",
    type=click.Choice(["all", "journey", "failures", "none"]),
    default="journey",
    show_default=True,
    help="pictures to keep: of every step, of the journeys and of failures, of failures, or none",
)
def command(  # noqa: PLR0913, PLR0917  click gives every option a parameter of its own
    target: str,
    locale: str,
    tags: tuple[str, ...],
    clauses: tuple[str, ...],
    failed: bool,
    shard: tuple[int, int] | None,
    allow: tuple[str, ...],
    baseline: Path | None,
    out: Path,
    lanes: int,
    repeat: int,
    headed: bool,
    named: str | None,
    endpoint: str | None,
    cdp: str | None,
    pictures: str,
) -> int:
    """Run the specification against a target, judge it, and write the report.

    Exit codes: 0 conformant, 1 not conformant, 2 usage or profile error, 3 inconclusive, 4 an account could not be
    restored, 5 a fault of portal2fa, 6 the baseline no longer holds, 130 interrupted.
    """
    from portal2fa import reports, runner
    from portal2fa.baseline_checks import Known
    from portal2fa.baseline_files import load
    from portal2fa.baseline_standing import with_baseline
    from portal2fa.browsers import find_browser
    from portal2fa.clauses import load_register, read_scenarios
    from portal2fa.cli.progress import Progress
    from portal2fa.consent import consented
    from portal2fa.outcomes import exit_code
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.repeating import together
    from portal2fa.report_folder import ReportFolder, read_report
    from portal2fa.selection import last_failed, select
    from portal2fa.session import Session
    from portal2fa.side_by_side import lanes_on

    root = find_root()
    register = load_register(root / "features" / "clauses.toml")
    rows = read_scenarios(root / "features")
    loaded = load_target(target, root, locale=locale)
    last = last_failed(read_report(out), loaded.profile.name) if failed else None
    chosen = select(rows, tags=tags, clauses=clauses, again=last, shard=shard)
    accepted = load(baseline, Known(loaded.profile.name, rows, register.clauses)) if baseline else None
    allowed = consented(allow, loaded.profile)
    choice = find_browser(named=named, headed=headed, endpoint=endpoint, cdp=cdp)
    at_once, why = lanes_on(loaded.profile, lanes)
    if why:
        print(f"--lanes: {at_once} at a time instead of {lanes}: {why}", file=sys.stderr)
    with ReportFolder(out) as folder, Progress(repeat * len(chosen.scenarios), sys.stderr, os.environ) as progress:
        rounds: list[Result] = []
        while len(rounds) < repeat and not (rounds and rounds[-1].interrupted):
            session = Session(
                target=loaded,
                root=root,
                register=register,
                browser=choice,
                recorder=folder.recorder.of_round(len(rounds) + 1) if repeat > 1 else folder.recorder,
                headed=headed,
                pictures=pictures,
                allowed=allowed,
                at_once=at_once,
            )
            typed = shlex.join(["portal2fa", *sys.argv[1:]])
            rounds.append(runner.run(session, chosen, command=typed, progress=progress.scenario))
        result = with_baseline(together(rounds) if repeat > 1 else rounds[0], accepted)
        folder.keep(result)
    reports.show(result, str(out / "index.html"), sys.stdout, os.environ)
    return int(exit_code(result))
