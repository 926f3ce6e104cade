"""What `portal2fa run` was asked to do, made ready for one target, and carried out.

It is carried out in this process, in worker processes of this machine, or on the nodes of a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portal2fa import clock, runner
from portal2fa.baseline_standing import with_baseline
from portal2fa.browsers import BrowserChoice
from portal2fa.clauses import Register, ScenarioOutline
from portal2fa.consent import allowed_on, consented
from portal2fa.evidence import Recorder
from portal2fa.gates import gate
from portal2fa.order import last_times
from portal2fa.outcomes import Result
from portal2fa.profile_files import Target
from portal2fa.repeating import together
from portal2fa.report_folder import read_report
from portal2fa.runner import Progress
from portal2fa.selection import Selection, last_failed, select
from portal2fa.session import Session
from portal2fa.side_by_side import patience_on, waiting_on
from portal2fa.sizes import Asked as Number
from portal2fa.sizes import Size, cores, size_of
from portal2fa.time_left import TimeLeft
from portal2fa.workers import crew

if TYPE_CHECKING:
    from portal2fa.baseline import Baseline
    from portal2fa.workers.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Asked:
    """All of a run that is the same for each of its targets."""

    root: Path
    register: Register
    rows: tuple[ScenarioOutline, ...]
    """All scenarios that there are."""
    command: str
    locale: str = ""
    tags: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    norms: tuple[str, ...] = ()
    failed: bool = False
    shard: tuple[int, int] | None = None
    allow: tuple[str, ...] = ()
    workers: Number = None
    lanes: Number = None
    repeat: int = 1
    headed: bool = False
    evidence: str = "journey"
    trace: str = "none"


@dataclass(frozen=True, slots=True)
class Means:
    """What a run is carried out with."""

    browser: BrowserChoice
    cluster: Cluster | None = None
    """The nodes that do it, where there are any."""
    afresh: bool = False
    """Whether not even a single worker may be this process, which would keep the steps as they were."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One target, with what is to be run on it and where its report goes; nothing was touched yet."""

    asked: Asked
    target: Target
    chosen: Selection
    allowed: frozenset[str]
    out: Path
    baseline: Baseline | None = None

    @property
    def name(self) -> str:
        """The target's name, by which its report is known."""
        return self.target.profile.name

    @property
    def plays(self) -> int:
        """How many scenarios will be played, each as often as it is repeated."""
        return self.asked.repeat * len(self.chosen.scenarios)


def errand(asked: Asked, target: Target, out: Path) -> Errand:
    """What is to be done on a target whose report goes to `out`; raises `UsageError` where it cannot be done."""
    last = last_failed(read_report(out), target.profile.name) if asked.failed else None
    chosen = select(
        asked.rows, tags=asked.tags, clauses=asked.clauses, norms=asked.norms, again=last, shard=asked.shard
    )
    return for_target(asked, target, chosen, out)


def for_target(asked: Asked, target: Target, chosen: Selection, out: Path) -> Errand:
    """What is to be done where the scenarios are chosen; raises `UsageError` for a consent to another host."""
    return Errand(asked, target, chosen, consented(asked.allow, target.profile), out)


def size(errand: Errand, means: Means) -> Size:
    """How many workers and lanes it has."""
    asked = errand.asked
    return size_of(
        errand.target.profile,
        errand.chosen.scenarios,
        workers=asked.workers,
        lanes=asked.lanes,
        machine=cores(),
        headed=asked.headed,
        nodes=len(means.cluster.nodes) if means.cluster else 0,
    )


def time_left(errand: Errand, means: Means) -> TimeLeft:
    """What tells about how long its run still takes; reads the report that lies where the new one will."""
    found, profile = size(errand, means), errand.target.profile
    allowed = allowed_on(profile, errand.allowed)
    rows = [row for row in errand.chosen.scenarios if gate(profile, row.tags, allowed=allowed) is None]
    times = last_times(errand.out, errand.name)
    waiting = {row.id for row in rows if profile.clock.kind == "wait" and "needs.clock" in row.tags}
    overlap = waiting_on(profile, found.lanes) > found.lanes
    return TimeLeft(
        [row.id for row in rows] * errand.asked.repeat,
        times,
        at_once=found.workers * found.lanes,
        now=clock.moment,
        untold=waiting if overlap else waiting - times.keys(),
    )


def carried_out(errand: Errand, means: Means, recorder: Recorder, progress: Progress) -> Result:
    """The result of all rounds, held against the baseline; raises what keeps a run from starting."""
    repeat, found = errand.asked.repeat, size(errand, means)
    workers, lanes = found.workers, found.lanes
    times = last_times(errand.out, errand.name) if workers * lanes > 1 else {}
    play = _way(errand, means, workers)
    rounds: list[Result] = []
    while len(rounds) < repeat and not (rounds and rounds[-1].interrupted):
        of_round = recorder.of_round(len(rounds) + 1) if repeat > 1 else recorder
        rounds.append(play(_session(errand, means, of_round, lanes, times), progress))
    return with_baseline(together(rounds) if repeat > 1 else rounds[0], errand.baseline)


def _session(errand: Errand, means: Means, recorder: Recorder, lanes: int, times: Mapping[str, float]) -> Session:
    asked = errand.asked
    return Session(
        target=errand.target,
        root=asked.root,
        register=asked.register,
        browser=means.browser,
        recorder=recorder,
        headed=asked.headed,
        evidence=asked.evidence,
        trace=asked.trace,
        allowed=errand.allowed,
        at_once=lanes,
        times=times,
    )


def _way(errand: Errand, means: Means, workers: int) -> Callable[[Session, Progress], Result]:
    """How one round of it is run."""
    chosen, command, cluster = errand.chosen, errand.asked.command, means.cluster

    def on_cluster(session: Session, progress: Progress) -> Result:
        assert cluster is not None
        staff = cluster.staff(workers, patience_on(session.target.profile))
        return crew.run_with(staff, session, chosen, command=command, progress=progress)

    def in_workers(session: Session, progress: Progress) -> Result:
        return crew.run(session, chosen, workers=workers, command=command, progress=progress)

    def here(session: Session, progress: Progress) -> Result:
        return runner.run(session, chosen, command=command, progress=progress)

    if cluster is not None:
        return on_cluster
    return in_workers if workers > 1 or means.afresh else here
