"""Scenarios whose long waits overlap: while one waits for the end of ten minutes, others go on, in the same thread.

A lane is a greenlet; it gives the thread away only while it waits, or between two steps to one whose wait is over.
So no scenario ever sees another one in the middle of a step, and nothing here needs a lock.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from greenlet import getcurrent, greenlet

from portal2fa import clock
from portal2fa.errors import CannotTell

LONG_SECONDS = 60.0
"""Only while everybody waits for so long is another scenario begun: it must not make them late."""
_SLICE = 0.5
"""How often a wait looks whether the run was stopped, in seconds."""


@dataclass(frozen=True, slots=True)
class Job:
    """A scenario to run."""

    run: Callable[[], None]
    waits_long: bool = False
    """Whether it waits for minutes: these begin first, so that most of their waits overlap."""
    two_accounts: bool = False
    """Whether it takes a second account while it has one; of these only one runs at a time, or two could block."""


@dataclass(order=True)
class _Waiting:
    due: float
    number: int
    lane: greenlet = field(compare=False)


class Lanes:
    """Runs scenarios one after the other, and side by side where they wait."""

    def __init__(
        self, *, pause: Callable[[float], None] = clock.pause, moment: Callable[[], float] = clock.moment
    ) -> None:
        """Wait with `pause`, by the clock `moment`; both count seconds."""
        self._pause, self._moment = pause, moment
        self._hub: greenlet | None = None
        self._waiting: list[_Waiting] = []
        self._running: dict[greenlet, Job] = {}
        self._urgent: set[greenlet] = set()
        self._numbers = itertools.count()
        self._stopped = False

    def stop(self) -> None:
        """Begin no further scenario, and end all long waits; short ones go on: accounts may be put back in them."""
        self._stopped = True

    @property
    def side_by_side(self) -> bool:
        """Whether other scenarios run beside this one."""
        return len(self._running) > 1

    # --- from inside a scenario ---------------------------------------------------------------------------------

    def pause(self, seconds: float) -> None:
        """Let `seconds` pass, while others go on; raises `CannotTell` when a long wait was ended with the run."""
        if self._hub is None:
            self._pause(seconds)
            return
        due, long = self._moment() + seconds, seconds >= LONG_SECONDS
        if long:
            self._urgent.add(getcurrent())
        if not self._stopped:
            self._give_way(due)
        if self._stopped and long:
            raise CannotTell("The run was stopped while this scenario waited.")
        if (left := due - self._moment()) > 0:  # the run was stopped, and what is under way ends properly
            self._pause(left)

    def between_steps(self) -> None:
        """Let a scenario go on whose long wait is over."""
        if self._hub is None or getcurrent() in self._urgent or self._stopped:
            return
        if any(other.lane in self._urgent and other.due <= self._moment() for other in self._waiting):
            self._give_way(self._moment())

    def _give_way(self, due: float) -> None:
        assert self._hub is not None
        heapq.heappush(self._waiting, _Waiting(due, next(self._numbers), getcurrent()))
        self._hub.switch()

    # --- from outside -------------------------------------------------------------------------------------------

    def run(self, jobs: Sequence[Job], most: int) -> None:
        """Run all jobs, at most `most` at a time; what one raises ends the others where they are."""
        pending = sorted(jobs, key=lambda job: not job.waits_long)
        self._hub = getcurrent()
        try:
            while self._waiting or (pending and not self._stopped):
                self._go_on(pending, most)
        finally:
            self._hub = None

    def _go_on(self, pending: list[Job], most: int) -> None:
        """Resume whoever is due, else begin a scenario, else wait."""
        left = self._waiting[0].due - self._moment() if self._waiting else float("inf")
        if left <= 0 or (self._waiting and self._stopped):
            self._enter(heapq.heappop(self._waiting).lane)
        elif left >= LONG_SECONDS and len(self._running) < most and (job := self._take(pending)):
            lane = greenlet(job.run)
            self._running[lane] = job
            self._enter(lane)
        else:
            self._pause(min(left, _SLICE))

    def _take(self, pending: list[Job]) -> Job | None:
        paired = any(job.two_accounts for job in self._running.values())
        found = next((job for job in pending if not (paired and job.two_accounts)), None)
        if found and not self._stopped:
            pending.remove(found)
            return found
        return None

    def _enter(self, lane: greenlet) -> None:
        lane.switch()
        if lane.dead:
            del self._running[lane]
            self._urgent.discard(lane)
