"""Worker processes as a `concurrent.futures.Executor`: tasks go in, futures come out.

`ProcessPoolExecutor` is not used because a process that dies breaks all of it, and one that hangs is never ended.
Here either costs one process: it is replaced, and the task that it had is run once more by another.  Only a task that
is lost twice has no result, and then nobody can tell.

Each process has a thread here that hands it one task after the other.  A task is a function of some module and its
arguments, all of which can be pickled, as with every executor of processes; processes are begun when there is work.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Condition, Thread
from typing import Any, ParamSpec, TypeVar

from portal2fa.errors import CannotTell
from portal2fa.worker_process import Answered, Lost, WorkerProcess

P = ParamSpec("P")
T = TypeVar("T")

_TRIES = 2
"""So often a task is begun at most: what two processes did not survive, a third one would not either."""


@dataclass(slots=True, eq=False)
class _Task:
    """A pickled call, and who waits for its result."""

    message: bytes
    future: Future[Any]
    lost: tuple[str, ...] = ()
    """How the processes ended that had it."""


class Workers(Executor):
    """So many worker processes, each with one task at a time, which are begun in the order in which they came."""

    def __init__(self, processes: int, *, patience: float, answered: Answered = Connection.poll) -> None:
        """Have up to `processes`; one that gives no answer for `patience` seconds hangs, and is ended."""
        self._patience = patience
        self._answered = answered
        self._news = Condition()
        """Held by whoever looks at what follows."""
        self._tasks: deque[_Task] = deque()
        self._processes: set[WorkerProcess] = set()
        self._closing = self._stopped = False
        self._keepers = [Thread(target=self._keep, daemon=True) for _ in range(processes)]
        for keeper in self._keepers:
            keeper.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker call `fn`; the future raises what it raises, or `CannotTell` when it was lost twice."""
        future: Future[T] = Future()
        task = _Task(pickle.dumps((fn, args, kwargs)), future)
        with self._news:
            if self._closing:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._tasks.append(task)
            self._news.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no further task; with `cancel_futures`, begin none either, and ask those that run to come to an end."""
        with self._news:
            self._closing = True
            if cancel_futures:
                self._stop()
            self._news.notify_all()
        if wait:
            for keeper in self._keepers:
                keeper.join()

    def kill_workers(self) -> None:
        """End all processes at once, in the middle of whatever they do."""
        with self._news:
            self._closing = True
            self._stop()
            for process in self._processes:
                process.kill()
            self._news.notify_all()

    def _stop(self) -> None:
        self._stopped = True
        while self._tasks:
            _give_up(self._tasks.popleft())
        for process in self._processes:
            process.stop()

    # --- in the thread of one process ---------------------------------------------------------------------------

    def _keep(self) -> None:
        process: WorkerProcess | None = None
        while task := self._next():
            try:
                process = process or WorkerProcess(self._patience, self._answered)
                if self._begin(task, process):
                    _settle(task.future, process.answer())
            except Lost as lost:
                self._leave(process).discard()
                process = None
                self._lost(task, str(lost))
            except OSError as error:  # no process, or no file for what it says
                task.lost = (*task.lost, f"it could not be started: {error}")
                _give_up(task)
        if process:
            self._leave(process).end()

    def _leave(self, process: WorkerProcess | None) -> WorkerProcess:
        """Let nobody else send it anything, or end it, from now on."""
        assert process is not None, "only a process can be lost"
        with self._news:
            self._processes.discard(process)
        return process

    def _next(self) -> _Task | None:
        """The next task that is still wanted; nothing when there will be none."""
        with self._news:
            self._news.wait_for(lambda: self._tasks or self._closing)
            return self._tasks.popleft() if self._tasks else None

    def _begin(self, task: _Task, process: WorkerProcess) -> bool:
        """Hand a task over, unless it is no longer wanted: nothing is begun after a stop."""
        with self._news:
            self._processes.add(process)
            if self._stopped:
                _give_up(task)
                return False
            if not task.lost and not task.future.set_running_or_notify_cancel():
                return False
            process.give(task.message)
            return True

    def _lost(self, task: _Task, how: str) -> None:
        """Let another process try, before anything else, or say that nobody can tell."""
        task.lost = (*task.lost, how)
        with self._news:
            if len(task.lost) < _TRIES and not self._stopped:
                self._tasks.appendleft(task)
                self._news.notify()
            else:
                _give_up(task)


def _settle(future: Future[Any], answer: bytes) -> None:
    try:
        returned, value = pickle.loads(answer)
    except Exception as error:  # an exception, mostly, that cannot be made anew from what it was made of
        returned, value = False, error
    if returned:
        future.set_result(value)
    else:
        future.set_exception(value)


def _give_up(task: _Task) -> None:
    """Cancel a task that no process has had; of one that was lost, nobody can tell."""
    if task.future.cancel():
        task.future.set_running_or_notify_cancel()  # wakes those who wait for several futures
    elif not task.future.cancelled():
        cause = ", then ".join(task.lost) or "the workers were stopped"
        task.future.set_exception(CannotTell("The worker process was lost in the middle of this.", cause=cause))
