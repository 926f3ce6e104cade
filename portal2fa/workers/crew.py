"""A run in several worker processes, as its parent has it: hand out scenarios, and put together what was found.

Here nothing is driven and nothing is waited for but news, which come as calls into one queue: a scenario has ended, its
worker was lost, a person presses Ctrl-C.  So whatever is done, is done in one thread, and one thing after the other.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

from portal2fa import clock
from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import CannotTell, EnvironmentProblem, Portal2faError
from portal2fa.interrupting import SEVERAL, kindly
from portal2fa.judging import result_of
from portal2fa.order import longest_first
from portal2fa.outcomes import Outcome, Result, ScenarioResult
from portal2fa.runner import Progress, Ran, whole
from portal2fa.selection import Selection
from portal2fa.session import Session
from portal2fa.side_by_side import divided, patience_on, waiting_on
from portal2fa.witnesses import settled
from portal2fa.workers import stage
from portal2fa.workers.executor import Seat, Worker
from portal2fa.workers.gathering import Gathered
from portal2fa.workers.handing_out import HandingOut
from portal2fa.workers.orders import Closed, Orders, Played
from portal2fa.workers.process import Heard, Lost


def run(
    session: Session,
    selection: Selection,
    *,
    workers: int,
    command: str,
    progress: Progress,
    heard: Heard = Connection.poll,
) -> Result:
    """Run the selected scenarios in so many processes, no more than `side_by_side.workers_on` allows.

    Raises what keeps all of them from starting; KeyboardInterrupt where a person does not wait for their end.
    """
    with tempfile.TemporaryDirectory(prefix="portal2fa-", ignore_cleanup_errors=True) as scratch:
        seats = [_worker(session, scratch, number, heard) for number in range(workers)]
        return run_with(seats, session, selection, command=command, progress=progress)


def run_with(
    seats: Sequence[Seat], session: Session, selection: Selection, *, command: str, progress: Progress
) -> Result:
    """Run the selected scenarios with these workers, which are used up by that; raises what `run` raises."""
    started = clock.now()
    crew = _Crew(session, selection, progress, seats)
    with kindly(crew.stop, SEVERAL, at_once=crew.break_off):
        ran = crew.run()
    return whole(session, selection, ran, started=started, command=command)


def _worker(session: Session, scratch: str, number: int, heard: Heard) -> Worker:
    """A worker whose temporary files lie where they are cleared away even after it was killed."""
    folder = Path(scratch) / str(number)
    folder.mkdir()
    environment: Mapping[str, str] = {**os.environ, "TMPDIR": str(folder)}
    return Worker(patience=patience_on(session.target.profile), environment=environment, heard=heard)


class _Crew:
    """The workers of one run."""

    def __init__(self, session: Session, selection: Selection, progress: Progress, workers: Sequence[Seat]) -> None:
        profile = session.target.profile
        pool = profile.accounts.kind == "pool"
        parts = divided(profile.accounts, len(workers)) if pool else [None] * len(workers)
        self._session = session
        self._progress = progress
        self._workers = workers
        self._orders = [
            Orders.of(session, selection, part, elsewhere=worker.elsewhere)
            for worker, part in zip(workers, parts, strict=True)
        ]
        rows = sorted(
            longest_first(selection.scenarios, session.times),
            key=lambda row: not (profile.clock.kind == "wait" and "needs.clock" in row.tags),
        )
        self._rows = HandingOut(rows, len(workers), waiting_on(profile, session.at_once))
        self._news: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._open: set[int] = set()
        """The workers that may have something open."""
        self._losses: list[Lost] = []
        """One for each process that was lost."""
        self._refusals: dict[int, BaseException] = {}
        self._results: dict[str, ScenarioResult] = {}
        self._gathered = Gathered(session)
        self._interrupted = False

    def run(self) -> Ran:
        """Play everything, and close."""
        try:
            self._hand_out()
            while not self._rows.is_over:
                self._news.get()()
                self._hand_out()
            self._close()
        except BaseException:
            for worker in self._workers:
                worker.kill()
            raise
        finally:
            for worker in self._workers:
                worker.shutdown()
        return Ran(tuple(self._results.values()), self._interrupted, self._problems())

    # --- for the handler of a signal, which may come in the middle of anything -----------------------------------

    def stop(self) -> None:
        """Begin nothing more."""
        self._interrupted = True
        self._news.put(self._stop)

    def break_off(self) -> None:
        """Interrupt what is under way."""
        self._news.put(self._break_off)

    def _stop(self) -> None:
        self._rows.stop()
        for number in self._open:
            self._workers[number].submit(stage.stop)

    def _break_off(self) -> None:
        for number in self._open:
            self._workers[number].submit(stage.break_off)

    # --- scenarios ----------------------------------------------------------------------------------------------

    def _hand_out(self) -> None:
        for number, worker in enumerate(self._workers):
            while not self._interrupted and (row := self._rows.next_for(number)):
                self._open.add(number)
                future = worker.submit(stage.play, self._orders[number], row.id)
                future.add_done_callback(partial(self._tell, number, row))

    def _tell(self, number: int, row: ScenarioOutline, future: Future[Played | None]) -> None:
        """In the thread of the worker."""
        self._news.put(partial(self._ended, number, row, future))

    def _ended(self, number: int, row: ScenarioOutline, future: Future[Played | None]) -> None:
        error = future.exception()
        if isinstance(error, Lost):
            self._lose(number, error)
            if told := self._rows.lost(number, row.id, str(error)):
                self._keep(_lost(row, told))
        elif error is not None:
            self._refusals.setdefault(number, error)
            self._rows.refused(number, row.id)
        else:
            self._rows.ended(number, row.id)
            if played := future.result():
                self._gathered.take(number, played.findings)
                self._gathered.write(played.files)
                self._keep(played.result)

    def _lose(self, number: int, lost: Lost) -> None:
        """A process was lost, which is told by each of its tasks, and maybe only when another one has begun."""
        if lost not in self._losses:
            self._losses.append(lost)
            self._open.discard(number)
            self._gathered.lose(number, self._orders[number].usernames)

    def _keep(self, result: ScenarioResult) -> None:
        result = settled(result, self._session.recorder.findings.seen)
        self._results[result.id] = result
        self._progress(result)

    # --- the end ------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        """Let all close what they have opened; raises what kept each of them from beginning."""
        if self._refusals and not (self._results or self._losses or self._interrupted):
            raise self._refusals[min(self._refusals)]
        left = set(self._open)
        for number in self._open:
            future = self._workers[number].submit(stage.close)
            future.add_done_callback(partial(self._tell_closed, number, left))
        while left:
            self._news.get()()
        self._gathered.look_at_lost(self._still_open)

    def _still_open(self, number: int, usernames: frozenset[str]) -> list[str]:
        """Which of its accounts a lost worker has left open, by the journal of its machine."""
        profile, worker = self._session.target.profile, self._workers[number]
        if not usernames or not worker.elsewhere:
            return stage.still_open(profile.name, profile.url, usernames)
        try:
            return worker.submit(stage.still_open, profile.name, profile.url, usernames).result()
        except (Lost, Portal2faError):  # nobody can look there any more
            return sorted(usernames)

    def _tell_closed(self, number: int, left: set[int], future: Future[Closed | None]) -> None:
        """In the thread of the worker."""
        self._news.put(partial(self._closed, number, left, future))

    def _closed(self, number: int, left: set[int], future: Future[Closed | None]) -> None:
        left.discard(number)
        error = future.exception()
        if isinstance(error, Lost):
            self._gathered.lose(number, self._orders[number].usernames)
            self._gathered.problem(f"a worker was lost while it closed what it had opened: {error}")
        elif isinstance(error, EnvironmentProblem):  # its machine has gone, which was told when it did
            return
        elif told := future.result():
            self._gathered.take(number, told.findings)
            self._gathered.problem(*told.problems)

    def _problems(self) -> tuple[str, ...]:
        for number, error in self._refusals.items():
            told = f"worker {number + 1} could not begin, or begin anew, and was done without: {error}"
            if self._rows.remaining:
                self._session.recorder.remark(told)
            else:
                self._gathered.problem(told)
        return self._gathered.problems


def _lost(row: ScenarioOutline, told: list[str]) -> ScenarioResult:
    """A scenario of which nobody can tell, because of what became of its workers."""
    error = CannotTell(
        "The worker process was lost in the middle of this scenario.",
        cause="; and once more: ".join(told),
        hint="run it with --workers 1, and look at the memory of this machine",
    )
    return result_of(row, Outcome.CANT_TELL, reason=str(error))
