"""Scenarios interleaved in one thread: while one waits for its browser, its mail or its clock, others go on.

A lane is a greenlet that runs one scenario.  Playwright's synchronous calls are made of greenlets already: each call
puts its work on one event loop, gives the thread to the greenlet in which that loop runs, and has it back when the
work is done.  So scenarios in greenlets of their own give way to each other at every call of Playwright and at every
pause of ours, and nowhere else: what stands between two of them is never seen half done, and needs no lock.

Two things follow for all code below a step.  Whatever may wait for more than some tens of milliseconds waits by
`portal2fa.clock.pause` or a call of Playwright, or it holds everybody up.  And whatever one scenario may not see of
another belongs to the scenario's own world and recorder, or to its account; what the machine has only once is used
in a block of `alone`.

Of Playwright no more is needed than to await something of ours as one of its calls would be; whoever has the browser
lends that (`interleave_by`).  All else is asyncio's.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterable, Iterator
from functools import partial
from typing import Any

from greenlet import getcurrent, greenlet

from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.jobs import Job, Queue

__all__ = ["LONG_SECONDS", "Job", "Lanes", "Wait"]

LONG_SECONDS = 60.0
"""Who waits for so long lets another scenario begin, and is waited for by all others when the time has come."""

Wait = Callable[[Coroutine[Any, Any, None]], None]
"""Awaits something on the event loop, and lets other greenlets have the thread until it is done."""


class Lanes:
    """Runs scenarios, so many of them at once; those in a long wait do not count."""

    def __init__(self) -> None:
        """Run one after the other, until `interleave_by` says how to give way."""
        self._wait: Wait | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[asyncio.Future[None]] = []
        """What will be done when there is news, one for each who waits for it, in the order in which they came."""
        self._running: dict[greenlet, Job] = {}
        self._paused: set[greenlet] = set()
        self._far: set[greenlet] = set()
        """Those in a long wait."""
        self._urgent: set[greenlet] = set()
        """Those that have been in one: a code grows old while they are held up."""
        self._taken: set[str] = set()
        self._stopped = self._broken_off = False
        self._fault: BaseException | None = None

    def interleave_by(self, wait: Wait) -> None:
        """Give way by `wait`; it is called in the thread, and at first in the greenlet, that runs the scenarios."""
        self._wait = wait

    def stop(self) -> None:
        """Begin no further scenario, and end all long waits; short ones go on: accounts may be put back in them.

        May be called by a signal's handler, in the middle of anything.
        """
        self._stopped = True
        self.look()

    def look(self) -> None:
        """Let all who wait for something look again, be it for a job; may be called from any thread."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile, and nobody waits any more
                self._loop.call_soon_threadsafe(self._tell)

    def break_off(self) -> None:
        """Stop, and raise `KeyboardInterrupt` in every scenario that runs beside this one; from any thread.

        That is done once: what they do next is to put their accounts back.
        """
        if self._broken_off:
            return
        self._stopped = self._broken_off = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._interrupt_all, getcurrent())

    def _interrupt_all(self, but: greenlet) -> None:
        for lane in self._running:
            if self._loop is not None and lane is not but:
                self._loop.call_soon(self._throw, lane, KeyboardInterrupt())

    @property
    def stopped(self) -> bool:
        """Whether the run was stopped."""
        return self._stopped

    @property
    def side_by_side(self) -> bool:
        """Whether other scenarios run beside this one."""
        return len(self._running) > 1

    # --- from inside a scenario ---------------------------------------------------------------------------------

    def pause(self, seconds: float) -> None:
        """Let `seconds` pass, while others go on; raises `CannotTell` when a long wait was ended with the run."""
        lane = getcurrent()
        if lane not in self._running:
            clock.pause(seconds)
            return
        long = seconds >= LONG_SECONDS
        self._paused.add(lane)
        if long:
            self._far.add(lane)
            self._urgent.add(lane)
        self._tell()
        try:
            self._await(self._wait_out(seconds) if long else clock.passing(max(0.0, seconds)))
        finally:
            self._paused.discard(lane)
            self._far.discard(lane)
        if long and self._stopped:
            raise CannotTell("The run was stopped while this scenario waited.")

    async def _wait_out(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._until(lambda: self._stopped), seconds)

    def between_steps(self) -> None:
        """Let scenarios go on whose long wait is over, until they wait again or have ended."""
        lane = getcurrent()
        if lane in self._running and lane not in self._urgent and not self._calm():
            self._await(self._until(self._calm))

    def _calm(self) -> bool:
        return self._stopped or self._urgent <= self._paused

    @contextlib.contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Wait until no other scenario is in a block with the same `what`, a clipboard for example, and keep it."""
        while what in self._taken:
            self._await(self._until(lambda: what not in self._taken))
        self._taken.add(what)
        try:
            yield
        finally:
            self._taken.discard(what)
            self._tell()

    def _await(self, something: Coroutine[Any, Any, None]) -> None:
        assert self._wait is not None, "a lane runs only where there is a way to wait"
        self._wait(something)

    # --- from outside -------------------------------------------------------------------------------------------

    def run(self, jobs: Iterable[Job] | Queue, at_once: int, most: int) -> None:
        """Run all jobs, `at_once` at a time and up to `most` with those in a long wait.

        More may come into a `Queue` meanwhile, whose filler calls `look`; it is run until it is over.  What one of them
        raises breaks the others off, and is raised when they have ended.
        """
        queue = jobs if isinstance(jobs, Queue) else Queue.of(jobs)
        if self._wait is not None:
            self._interleave(queue, at_once, most)
        while not self._stopped and (job := queue.wait_for_one()):
            job.run()  # nothing to give way by, or no longer: the browser's driver has ended
        if self._fault is not None:
            raise self._fault

    def _interleave(self, jobs: Queue, at_once: int, most: int) -> None:
        """Run until all jobs have ended, or the loop has; Ctrl-C while all are waiting is raised here."""
        try:
            self._interruptible(jobs, at_once, most)
        except Exception as error:  # whatever the driver says when it ends
            for lane in [*self._running]:
                self._throw(lane, error)
        finally:
            self._loop = None

    def _interruptible(self, jobs: Queue, at_once: int, most: int) -> None:
        try:
            self._await(self._begin_all(jobs, at_once, most))
        except KeyboardInterrupt as error:
            self._fault = error
            self.break_off()
            self._await(self._until(lambda: not self._running))

    async def _begin_all(self, jobs: Queue, at_once: int, most: int) -> None:
        self._loop = asyncio.get_running_loop()
        while self._running or not (jobs.is_over or self._stopped):
            while len(self._running) < min(most, at_once + len(self._far)) and (job := self._take(jobs)):
                lane = greenlet(partial(self._follow, job))
                self._running[lane] = job
                self._loop.call_soon(lane.switch)  # never from here: a task must not be left in the middle
            await self._hear()

    def _take(self, jobs: Queue) -> Job | None:
        if self._stopped:
            return None
        return jobs.take(but_two_accounts=any(job.two_accounts for job in self._running.values()))

    def _follow(self, job: Job) -> None:
        """Run a job in the present greenlet, which has context variables of its own."""
        clock.pause_by(self.pause)
        try:
            job.run()
        except BaseException as error:  # raised where it is seen, not in the event loop
            self._fault = self._fault or error
            self.break_off()
        finally:
            lane = getcurrent()
            del self._running[lane]
            self._urgent.discard(lane)
            self._tell()

    def _throw(self, lane: greenlet, error: BaseException) -> None:
        if lane:  # it has begun, and has not ended meanwhile
            lane.throw(error)

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await self._hear()

    async def _hear(self) -> None:
        """Wait for news."""
        news = asyncio.get_running_loop().create_future()
        self._waiting.append(news)
        try:
            await news
        finally:
            self._waiting.remove(news)

    def _tell(self) -> None:
        """Let all who wait for something look again; whoever is missed by an interrupt here hears the next news."""
        for news in [*self._waiting]:
            if not news.done():
                news.set_result(None)
