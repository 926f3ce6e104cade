"""`portal2fa run`: the specification against a target, with progress, verdict and report."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal2fa.cli.options import (
    Number,
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
    from portal2fa.sizes import Asked

_MOST_WORKERS = 64
"""More of them are no machine of today."""
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
    "--workers",
    type=Number(_MOST_WORKERS),
    metavar="P|auto",
    help="how many processes run scenarios, each with a browser and, where the run starts it, a portal of its own",
)
@click.option(
    "--lanes",
    type=Number(_MOST_LANES),
    metavar="K|auto",
    help="how many scenarios are under way at once in each of them; of both fewer where they would disturb each other"
    "  [default: both auto for a portal that the run starts, else 1]",
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
    norms: tuple[str, ...],
    failed: bool,
    shard: tuple[int, int] | None,
    allow: tuple[str, ...],
    baseline: Path | None,
    out: Path,
    workers: Asked,
    lanes: Asked,
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
    from portal2fa.order import last_times
    from portal2fa.outcomes import exit_code
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.repeating import together
    from portal2fa.report_folder import ReportFolder, read_report
    from portal2fa.selection import last_failed, select
    from portal2fa.session import Session
    from portal2fa.sizes import cores, size_of
    from portal2fa.workers import crew

    root = find_root()
    register = load_register(root / "features" / "clauses.toml")
    rows = read_scenarios(root / "features")
    loaded = load_target(target, root, locale=locale)
    last = last_failed(read_report(out), loaded.profile.name) if failed else None
    chosen = select(rows, tags=tags, clauses=clauses, norms=norms, again=last, shard=shard)
    accepted = load(baseline, Known(loaded.profile.name, rows, register.clauses)) if baseline else None
    allowed = consented(allow, loaded.profile)
    choice = find_browser(named=named, headed=headed, endpoint=endpoint, cdp=cdp)
    size = size_of(loaded.profile, chosen.scenarios, workers=workers, lanes=lanes, machine=cores(), headed=headed)
    for line in size.told:
        print(line, file=sys.stderr)
    times = last_times(out, loaded.profile.name) if size.workers * size.lanes > 1 else {}
    typed = shlex.join(["portal2fa", *sys.argv[1:]])
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
                at_once=size.lanes,
                times=times,
            )
            if size.workers > 1:
                rounds.append(
                    crew.run(session, chosen, workers=size.workers, command=typed, progress=progress.scenario)
                )
            else:
                rounds.append(runner.run(session, chosen, command=typed, progress=progress.scenario))
        result = with_baseline(together(rounds) if repeat > 1 else rounds[0], accepted)
        folder.keep(result)
    reports.show(result, str(out / "index.html"), sys.stdout, os.environ)
    return int(exit_code(result))
