"""`portal2fa run`: the specification against a target, with progress, verdict and report."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
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
    targets_option,
)

if TYPE_CHECKING:
    from portal2fa.sizes import Asked as Count

_MOST_WORKERS = 64
"""More of them are no machine of today."""
_MOST_LANES = 16
"""More of them in one browser and one thread only wait for each other."""
_APART = (
    ("--baseline", "several --target"),
    ("--watch", "several --target"),
    ("--watch", "--cluster"),
    ("--watch", "--repeat"),
    ("--watch", "--shard"),
)
"""What does not go together: a baseline is of one target, and one machine and one selection are watched."""


@click.command("run")
@targets_option
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
    "--cluster",
    metavar="tcp://HOST:PORT",
    help="let the nodes of the Dask cluster whose scheduler is there be the workers; needs the extra `cluster`",
)
@click.option(
    "--repeat",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="run everything N times; a scenario that does not always come to the same outcome proves nothing",
)
@click.option(
    "--watch",
    is_flag=True,
    help="run again when a file of the suite or of the profile is saved: first what failed, then what was changed",
)
@browser_options
@click.option(
    "--evidence",
    type=click.Choice(["all", "journey", "failures", "none"]),
    default="journey",
    show_default=True,
    help="pictures to keep as evidence: of every step, of the journeys and of failures, of failures, or none",
)
@click.option(
    "--trace",
    type=click.Choice(["all", "failures", "none"]),
    default="none",
    show_default=True,
    help="traces to keep for `playwright show-trace`: of every scenario, or of what fails, which is run once more for"
    " that; secrets that are known are masked, but look at a trace before you hand it on",
)
def command(  # noqa: PLR0913, PLR0917  click gives every option a parameter of its own
    targets: tuple[str, ...],
    locale: str,
    tags: tuple[str, ...],
    clauses: tuple[str, ...],
    norms: tuple[str, ...],
    failed: bool,
    shard: tuple[int, int] | None,
    allow: tuple[str, ...],
    baseline: Path | None,
    out: Path,
    workers: Count,
    lanes: Count,
    cluster: str | None,
    repeat: int,
    watch: bool,
    headed: bool,
    named: str | None,
    endpoint: str | None,
    cdp: str | None,
    evidence: str,
    trace: str,
) -> int:
    """Run the specification against a target, judge it, and write the report.

    With several targets, each has a report in a folder of its own, and the exit code is the worst of theirs.

    Exit codes: 0 conformant, 1 not conformant, 2 usage or profile error, 3 inconclusive, 4 an account could not be
    restored, 5 a fault of portal2fa, 6 the baseline no longer holds, 130 interrupted.
    """
    from portal2fa.baseline_checks import Known
    from portal2fa.baseline_files import load
    from portal2fa.clauses import load_register, read_scenarios
    from portal2fa.cli.playing import means, played
    from portal2fa.cli.several import each, judged
    from portal2fa.cli.watching import watched
    from portal2fa.errands import Asked, errand
    from portal2fa.outcomes import exit_code
    from portal2fa.profile_files import find_root, load_target

    root = find_root()
    asked = Asked(
        root=root,
        register=load_register(root / "features" / "clauses.toml"),
        rows=read_scenarios(root / "features"),
        command=shlex.join(["portal2fa", *sys.argv[1:]]),
        locale=locale,
        tags=tags,
        clauses=clauses,
        norms=norms,
        failed=failed,
        shard=shard,
        allow=allow,
        workers=workers,
        lanes=lanes,
        repeat=repeat,
        headed=headed,
        evidence=evidence,
        trace=trace,
    )
    several = len(targets) > 1
    given = {"--baseline": baseline, "--cluster": cluster, "--repeat": repeat > 1, "--shard": shard, "--watch": watch}
    _refuse_pairs({"several --target": several, **given})
    loaded = [load_target(name, root, locale=locale) for name in targets]
    errands = each(asked, loaded, out) if several else [errand(asked, loaded[0], out)]
    one = errands[0]
    if baseline:
        one = replace(one, baseline=load(baseline, Known(one.name, asked.rows, asked.register.clauses)))
    with means(named=named, endpoint=endpoint, cdp=cdp, headed=headed, cluster=cluster) as found:
        if several:
            return int(judged(errands, found, out))
        return int(watched(one, found) if watch else exit_code(played(one, found)))


def _refuse_pairs(given: Mapping[str, object]) -> None:
    """Raise where two options are given that do not go together."""
    from portal2fa.errors import UsageError

    for one, other in _APART:
        if given[one] and given[other]:
            raise UsageError(f"{one} cannot be had with {other}.", hint="leave one of them out")
