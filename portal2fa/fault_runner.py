"""Runs scenarios on portals that are wrong on purpose, in one process with one browser, and makes the kill matrix.

    the right portal   the scenarios that are to judge have to pass there; one that does not is no judge
    each fault         its scenarios, in lanes, on the host that has it; faults take turns, so that lanes spread

A fault may be played on a variation of the portal; that is the right portal then, for it and the scenarios that judge.

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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

import portal2fa
from portal2fa import clock
from portal2fa.clauses import ScenarioOutline, suite_digest
from portal2fa.evidence import Findings, Recorder
from portal2fa.fault_control import control
from portal2fa.fault_matrix import Column, Matrix, Played, Ran, make
from portal2fa.fault_portals import Faulty, Right, lacks_witness
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

    @property
    def places(self) -> tuple[str, ...]:
        """The right portals on which faults are played: variations by their ids, the reference portal as nothing."""
        return tuple(dict.fromkeys(fault.on for fault, _ in self.pairs))

    def judges_on(self, place: str) -> tuple[ScenarioOutline, ...]:
        """The scenarios that are to judge the faults of one right portal, in reading order."""
        wanted = {row.id for fault, row in self.pairs if fault.on == place}
        return tuple(row for row in self.rows if row.id in wanted)

    @property
    def number(self) -> int:
        """How many scenarios are run at least: the judges on each right portal, and those on faulty ones."""
        return sum(len(self.judges_on(place)) for place in self.places) + len(self.pairs)


def with_faults(target: Target, *, variations: bool = False) -> Target:
    """The target with its portal started so that it serves every fault beside itself, and `variations` as well."""
    faulty = started_with(target, "--faults")
    return started_with(faulty, "--variations") if variations else faulty


def run(
    session: Session, order: Order, *, command: str, tell: Tell, variations: Mapping[str, Target] = MappingProxyType({})
) -> Matrix:
    """Run the order and judge every fault of it; raises what kept the run from starting.

    `variations` has the target of each variation on which a fault is played.
    """
    started = clock.now()
    runner = _FaultRunner(session, order, tell, variations)
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


class _FaultRunner(HostRunner):
    """Plays each fault's scenarios on the portal that has it, and before that on the right one."""

    def __init__(self, session: Session, order: Order, tell: Tell, variations: Mapping[str, Target]) -> None:
        super().__init__(session, order.rows)
        self._order = order
        self._tell = tell
        self._variations = variations
        self._rights: dict[str, Right] = {}
        self._faulty: dict[str, Faulty] = {}
        self.broken: dict[str, str] = {}
        """Faults on whose portals nothing that is seen can count, and why."""

    # --- what came of it ----------------------------------------------------------------------------------------

    def columns(self) -> list[Column]:
        """The scenarios that ran on right portals to judge; one that does not pass on one of them is no judge."""
        found = []
        for row in self._order.judges:
            asked = [right for right in self._rights.values() if row in right.judges and row.id in right.results]
            refused = [why for right in asked if (why := right.refused(row))]
            found += [Column(row.id, row.feature, row.name, row.clauses, "".join(refused[:1]))] if asked else []
        return found

    def played(self) -> list[Played]:
        """All that was played on faulty portals, in the light of all that was seen on them."""
        return [
            _played(fault, settled(result, faulty.seen), repeated=repeated)
            for fault, faulty in self._faulty.items()
            for result, repeated in faulty.results.values()
        ]

    # --- running ------------------------------------------------------------------------------------------------

    def _play_all(self, at_once: int, most: int) -> None:
        lanes = self._session.lanes
        self._rights = {place: self._right_portal(place) for place in self._order.places}
        judging = [(right, row) for right in self._rights.values() for row in right.judges]
        lanes.run([Job(partial(self._judge_right, *pair)) for pair in judging], at_once, most)
        lanes.run([Job(partial(self._bear_witness, *pair)) for pair in self._witnesses()], at_once, most)
        for right in self._rights.values():
            self._tell_judges(right, final=True)
        self._note_not_served()
        lanes.run([Job(partial(self._try, *pair)) for pair in self._order.pairs], at_once, most)
        lanes.run([Job(partial(self._bear_witness, *pair)) for pair in self._witnesses()], at_once, most)

    def _right_portal(self, place: str) -> Right:
        judges, world = self._order.judges_on(place), self.context.world
        if not place:
            return Right(self._session, world, judges)
        target = self._variations[place]
        session = replace(self._session, target=target, recorder=self._recorder_of(place))
        return Right(session, world.with_variation(place, target.profile), judges)

    def _recorder_of(self, name: str) -> Recorder:
        known = self._session.recorder
        findings = Findings(browser=known.findings.browser, latency=known.findings.latency)
        return Recorder(known.folder, findings, f"{name}-")

    def _note_not_served(self) -> None:
        world = self.context.world
        for fault in {fault.id: fault for fault, _ in self._order.pairs}.values():
            if fault.id not in world.faults:
                self.broken[fault.id] = "the server does not have it"
            elif fault.on and fault.on not in world.variations:
                self.broken[fault.id] = f"the server does not have the variation {fault.on}"

    def _witnesses(self) -> Iterator[tuple[Right, ScenarioOutline]]:
        """The scenarios that do not judge on a right portal, journeys first."""
        for right in self._rights.values():
            others = [row for row in self._order.rows if row.id not in right.results]
            yield from ((right, row) for row in sorted(others, key=lambda row: "journey" not in row.tags))

    def _judge_right(self, right: Right, row: ScenarioOutline) -> None:
        """Run a scenario on a right portal, and once more where nothing can be told: the machine may be slow."""
        result, _ = self._play(row, right.session, right.world)
        if result.outcome is Outcome.CANT_TELL and not self.interrupted:
            result, _ = self._play(row, right.session, right.world)
        right.results[row.id] = result
        self._tell_judges(right, final=False)

    def _tell_judges(self, right: Right, *, final: bool) -> None:
        """Tell what judges came to, once each; of those that lack a witness only when there are no further ones."""
        for row in right.judges:
            result = right.results.get(row.id)
            if result and row.id not in right.told and (final or not lacks_witness(result, right.seen)):
                right.told.add(row.id)
                self._tell(None, settled(result, right.seen))

    def _bear_witness(self, right: Right, row: ScenarioOutline) -> None:
        """Run a scenario on a right portal while there are outcomes that rest on what was never in sight there."""
        faulty = [faulty for faulty in self._faulty.values() if faulty.right is right]
        if right.lacks_witness or any(one.lacks_witness for one in faulty):
            self._judge_right(right, row)

    def _try(self, fault: Fault, row: ScenarioOutline) -> None:
        """Run a scenario on the portal that has the fault, and keep what it came to."""
        faulty = self._portal(fault)
        if refused := faulty.right.refused(row):
            result, repeated = result_of(row, Outcome.UNTESTED, reason=refused), False
        elif fault.id in self.broken:
            result, repeated = result_of(row, Outcome.CANT_TELL, reason=self.broken[fault.id]), False
        else:
            result, repeated = self._play_surely(fault, row, faulty)
        if result.outcome is Outcome.CANT_TELL and self.interrupted:
            return  # it was broken off, which says nothing of the fault
        faulty.results[row.id] = result, repeated
        self._tell(fault, result)

    def _portal(self, fault: Fault) -> Faulty:
        if fault.id not in self._faulty:
            right = self._rights[fault.on]
            session = replace(right.session, recorder=self._recorder_of(fault.id))
            self._faulty[fault.id] = Faulty(right, session, right.world.with_fault(fault.id))
        return self._faulty[fault.id]

    def _play_surely(self, fault: Fault, row: ScenarioOutline, faulty: Faulty) -> tuple[ScenarioResult, bool]:
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

    def _seconds_to_sign_in(self, fault: Fault, faulty: Faulty) -> float:
        """How long a customer takes to sign in at the faulty portal, which is noted as broken where nobody can."""
        sign_in = load_part(self._session.root, "steps.tasks.still_working").sign_in

        def at(world: Any) -> float:
            return float(sign_in(world.beside(Recorder(self._session.recorder.folder))))

        found = control(partial(at, faulty.world), partial(at, faulty.right.world))
        if found.broken and not self.interrupted:
            self.broken[fault.id] = found.broken
        return found.seconds


def at_first(latency: Latency, most: float) -> float:
    """Seconds for which a faulty portal is waited for at first, by what pages have taken in this run, up to `most`."""
    return min(most, max(PATIENCE, latency.bound(most)))


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
