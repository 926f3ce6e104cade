"""Runs scenarios on portals that are wrong on purpose, in one process with one browser, and makes the kill matrix.

    the right portal   the scenarios that are to judge have to pass there; one that does not is no judge
    each fault         its scenarios, in lanes, on the host that has it; faults take turns, so that lanes spread

What the run saw of the profile on the right portal (`portal2fa.witnesses`) is where the findings of every fault begin.
That is sound because such a finding says one thing only, that an entry of the profile points at what it means; profile
and portal are the same but for the fault, so an entry that was in sight on the right one and is missed on the wrong
one is missing by the fault.  From there on each fault has findings of its own: what one faulty portal shows proves
nothing for another.  Where the few scenarios that are to judge leave unseen what an outcome rests on, further ones are
run on the right portal, for the sake of what they see.

Waiting for what a fault has taken away costs as long as is waited, so that is short: two seconds, or twice as long as
pages took on the right portal.  A machine that is slow must not pass for a fault: a failure for want of something
counts only where a customer signs in straight after within the same time, and is repeated with the patience of the
profile otherwise; so is whatever could not be told.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from typing import Any

import portal2fa
from portal2fa import clock
from portal2fa.clauses import ScenarioOutline, suite_digest
from portal2fa.evidence import Findings, Recorder
from portal2fa.fault_control import control
from portal2fa.fault_matrix import Column, Matrix, Played, Ran, make
from portal2fa.faults import Fault
from portal2fa.host_runner import HostRunner, started_with
from portal2fa.interrupting import SEVERAL, kindly
from portal2fa.judging import result_of
from portal2fa.lanes import Job
from portal2fa.latency import Latency
from portal2fa.outcomes import Outcome, ScenarioResult
from portal2fa.profile_files import Target
from portal2fa.session import Session
from portal2fa.suite import load_part
from portal2fa.witnesses import settled

PATIENCE = 2.0
"""Seconds for which a page or a mail of a faulty portal is waited for at first, where the right one is not slower."""

Tell = Callable[[Fault | None, ScenarioResult], None]
"""Called with each scenario that ended, and the fault of the portal it ran on; None for the right one."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: these faults, out of these scenarios."""

    faults: tuple[Fault, ...]
    rows: tuple[ScenarioOutline, ...]
    full: bool = False
    """All scenarios on every fault that can be seen, not only those that are expected to fail."""

    @property
    def pairs(self) -> tuple[tuple[Fault, ScenarioOutline], ...]:
        """Each fault with each scenario to run on it, the expected ones first; faults take turns."""
        queues = [[(fault, row) for row in self._rows_of(fault)] for fault in self.faults]
        return tuple(pair for turn in zip_longest(*queues) for pair in turn if pair is not None)

    def _rows_of(self, fault: Fault) -> list[ScenarioOutline]:
        if fault.excused:
            return []
        by_id = {row.id: row for row in self.rows}
        expected = [by_id[scenario] for scenario in fault.scenarios]
        return [*expected, *(row for row in self.rows if self.full and row not in expected)]

    @property
    def judges(self) -> tuple[ScenarioOutline, ...]:
        """The scenarios that are to judge, in reading order."""
        wanted = {row.id for _, row in self.pairs}
        return tuple(row for row in self.rows if row.id in wanted)


def with_faults(target: Target) -> Target:
    """The target with its portal started so that it serves every fault beside the right portal."""
    return started_with(target, "--faults")


def run(session: Session, order: Order, *, command: str, tell: Tell) -> Matrix:
    """Run the order and judge every fault of it; raises what kept the run from starting."""
    started = clock.now()
    runner = _FaultRunner(session, order, tell)
    with contextlib.redirect_stdout(sys.stderr), kindly(runner.stop, SEVERAL):
        runner.run()
    ran = Ran(
        tool_version=portal2fa.__version__,
        suite_digest=suite_digest(session.root),
        browser=session.recorder.findings.browser,
        started=started,
        finished=clock.now(),
        command=command,
        full=order.full,
        interrupted=runner.interrupted,
    )
    return make(ran, order.faults, runner.columns(), runner.played(), runner.broken, runner.problems)


@dataclass
class _Faulty:
    """The portal that has one fault, as the run knows it."""

    session: Session
    world: Any
    results: dict[str, tuple[ScenarioResult, bool]] = field(default_factory=dict)
    """By scenario, with whether it was repeated."""


class _FaultRunner(HostRunner):
    """Plays each fault's scenarios on the portal that has it, and before that on the right one."""

    def __init__(self, session: Session, order: Order, tell: Tell) -> None:
        super().__init__(session, order.rows)
        self._order = order
        self._tell = tell
        self._right: dict[str, ScenarioResult] = {}
        self._told: set[str] = set()
        self._faulty: dict[str, _Faulty] = {}
        self.broken: dict[str, str] = {}
        """Faults on whose portals nothing that is seen can count, and why."""

    # --- what came of it ----------------------------------------------------------------------------------------

    def columns(self) -> list[Column]:
        """The scenarios that ran on the right portal to judge, and what each came to there."""
        ran = [row for row in self._order.judges if row.id in self._right]
        return [Column(row.id, row.feature, row.name, row.clauses, self._refused(row)) for row in ran]

    def played(self) -> list[Played]:
        """All that was played on faulty portals, in the light of all that was seen on them."""
        return [
            _played(fault, settled(result, self._seen_on(faulty)), repeated=repeated)
            for fault, faulty in self._faulty.items()
            for result, repeated in faulty.results.values()
        ]

    def _refused(self, row: ScenarioOutline) -> str:
        result = settled(self._right[row.id], self._seen)
        passed = result.outcome is Outcome.PASSED
        return "" if passed else f"{result.outcome.value} on the right portal: {result.reason}"

    # --- running ------------------------------------------------------------------------------------------------

    def _play_all(self, at_once: int, most: int) -> None:
        lanes, judges = self._session.lanes, self._order.judges
        lanes.run([Job(partial(self._judge_right, row)) for row in judges], at_once, most)
        lanes.run([Job(partial(self._bear_witness, row)) for row in self._witnesses()], at_once, most)
        self._tell_judges(final=True)
        self._note_not_served()
        lanes.run([Job(partial(self._try, *pair)) for pair in self._order.pairs], at_once, most)
        lanes.run([Job(partial(self._bear_witness, row)) for row in self._witnesses()], at_once, most)

    def _note_not_served(self) -> None:
        for fault in {fault.id: fault for fault, _ in self._order.pairs}.values():
            if fault.id not in self.context.world.faults:
                self.broken[fault.id] = "the server does not have it"

    def _witnesses(self) -> Iterator[ScenarioOutline]:
        """The scenarios that do not judge, journeys first."""
        others = [row for row in self._order.rows if row.id not in self._right]
        yield from sorted(others, key=lambda row: "journey" not in row.tags)

    def _judge_right(self, row: ScenarioOutline) -> None:
        """Run a scenario on the right portal, and once more where nothing can be told: the machine may be slow."""
        result, _ = self._play(row, self._session, self.context.world)
        if result.outcome is Outcome.CANT_TELL and not self.interrupted:
            result, _ = self._play(row, self._session, self.context.world)
        self._right[row.id] = result
        self._tell_judges(final=False)

    def _tell_judges(self, *, final: bool) -> None:
        """Tell what judges came to, once each; of those that lack a witness only when there are no further ones."""
        for row in self._order.judges:
            result = self._right.get(row.id)
            if result and row.id not in self._told and (final or not _lacks_witness(result, self._seen)):
                self._told.add(row.id)
                self._tell(None, settled(result, self._seen))

    def _bear_witness(self, row: ScenarioOutline) -> None:
        """Run a scenario on the right portal while there are outcomes that rest on what was never in sight."""
        judges = {judge.id for judge in self._order.judges}
        right = any(_lacks_witness(self._right[judge], self._seen) for judge in judges & self._right.keys())
        if right or any(
            _lacks_witness(result, self._seen_on(faulty))
            for faulty in self._faulty.values()
            for result, _ in faulty.results.values()
        ):
            self._judge_right(row)

    @property
    def _seen(self) -> set[str]:
        """What was seen of the profile on the right portal."""
        return self._session.recorder.findings.seen

    def _seen_on(self, faulty: _Faulty) -> set[str]:
        """What counts as seen for a faulty portal: on the right one, and on itself."""
        return self._seen | faulty.session.recorder.findings.seen

    def _try(self, fault: Fault, row: ScenarioOutline) -> None:
        """Run a scenario on the portal that has the fault, and keep what it came to."""
        faulty = self._portal(fault)
        if refused := self._refused(row):
            result, repeated = result_of(row, Outcome.UNTESTED, reason=refused), False
        elif fault.id in self.broken:
            result, repeated = result_of(row, Outcome.CANT_TELL, reason=self.broken[fault.id]), False
        else:
            result, repeated = self._play_surely(fault, row, faulty)
        if result.outcome is Outcome.CANT_TELL and self.interrupted:
            return  # it was broken off, which says nothing of the fault
        faulty.results[row.id] = result, repeated
        self._tell(fault, result)

    def _portal(self, fault: Fault) -> _Faulty:
        if fault.id not in self._faulty:
            known = self._session.recorder.findings
            findings = Findings(browser=known.browser, latency=known.latency)
            recorder = Recorder(self._session.recorder.folder, findings, f"{fault.id}-")
            session = replace(self._session, recorder=recorder)
            self._faulty[fault.id] = _Faulty(session, self.context.world.with_fault(fault.id))
        return self._faulty[fault.id]

    def _play_surely(self, fault: Fault, row: ScenarioOutline, faulty: _Faulty) -> tuple[ScenarioResult, bool]:
        """What a scenario comes to, and whether it had to be repeated with the patience of the profile."""
        patience = at_first(faulty.session.recorder.findings.latency, faulty.world.profile.timing.answer)
        result, ran_out = self._play(row, faulty.session, faulty.world.with_patience(patience))
        if self.interrupted or (result.outcome is Outcome.PASSED and not ran_out):
            return result, False
        seconds = self._seconds_to_sign_in(fault, faulty)
        sure = result.outcome is Outcome.FAILED and (not ran_out or seconds < patience)
        if sure or fault.id in self.broken or self.interrupted:
            return result, False
        return self._play(row, faulty.session, faulty.world)[0], True

    def _seconds_to_sign_in(self, fault: Fault, faulty: _Faulty) -> float:
        """How long a customer takes to sign in at the faulty portal, which is noted as broken where nobody can."""
        sign_in = load_part(self._session.root, "steps.tasks.still_working").sign_in

        def at(world: Any) -> float:
            return float(sign_in(world.beside(Recorder(self._session.recorder.folder))))

        found = control(partial(at, faulty.world), partial(at, self.context.world))
        if found.broken and not self.interrupted:
            self.broken[fault.id] = found.broken
        return found.seconds


def at_first(latency: Latency, most: float) -> float:
    """Seconds for which a faulty portal is waited for at first, by what pages have taken in this run, up to `most`."""
    return min(most, max(PATIENCE, latency.bound(most)))


def _lacks_witness(result: ScenarioResult, seen: set[str]) -> bool:
    """Whether it came to something by itself that rests on what was never in sight."""
    decided = result.outcome in (Outcome.PASSED, Outcome.FAILED)
    return decided and settled(result, seen).outcome is Outcome.CANT_TELL


def _played(fault: str, result: ScenarioResult, *, repeated: bool) -> Played:
    return Played(
        fault=fault,
        scenario=result.id,
        outcome=result.outcome,
        reason=result.reason,
        expected=result.expected,
        seen=result.seen,
        seconds=result.seconds,
        repeated=repeated,
    )
