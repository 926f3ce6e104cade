"""One worker as a `concurrent.futures.Executor`: tasks go in, futures come out, and a process that is lost is replaced.

`ProcessPoolExecutor` is not used because a process that dies breaks all of it, and one that hangs is never ended.
Here a process that is lost costs the tasks that it had: their futures raise `Lost`, and the next task begins another
process.  All tasks of a worker are carried out side by side, in the order in which they came; how many there are at a
time is for the one who hands them out.

A task is a function of some module and its arguments, all of which can be pickled, as with every executor of processes.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from threading import Condition, Thread
from typing import Any, ParamSpec, TypeVar

from portal2fa.workers.process import Heard, Lost, WorkerProcess

P = ParamSpec("P")
T = TypeVar("T")

Pending = dict[int, Future[Any]]
"""The tasks that a process has, by their numbers."""


class Seat(Executor):
    """An executor that can be ended in the middle of whatever it does."""

    elsewhere = False
    """Whether its tasks are carried out on another machine, which has files and a journal of its own."""

    def kill(self) -> None:
        """End what it does, at once, and take no further task."""
        raise NotImplementedError


class Worker(Seat):
    """A worker process, which is begun with its first task, and anew with the first one after it was lost."""

    def __init__(
        self, *, patience: float, environment: Mapping[str, str] = os.environ, heard: Heard = Connection.poll
    ) -> None:
        """A process that has tasks and is silent for `patience` seconds hangs, and is ended."""
        self._begin = partial(WorkerProcess, patience, environment, heard)
        self._news = Condition()
        """Held by whoever looks at what follows."""
        self._process: WorkerProcess | None = None
        self._pending: Pending = {}
        self._numbers = count()
        self._closing = False
        self._listeners: list[Thread] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let the worker call `fn`; the future raises what it raises, or `Lost` when the process was lost."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        task = pickle.dumps((fn, args, kwargs))
        with self._news:
            if self._closing:
                raise RuntimeError("cannot schedule new futures after shutdown")
            try:
                process = self._process or self._begin_another()
            except OSError as error:  # no process, or no file for what it says
                future.set_exception(Lost(f"it could not be started: {error}"))
                return future
            number = next(self._numbers)
            self._pending[number] = future
            process.give(pickle.dumps((number, task)))
            self._news.notify_all()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no further task, and let the process end when it has none any more; none can be cancelled."""
        with self._news:
            self._closing = True
            self._news.notify_all()
        if wait:
            for listener in self._listeners:
                listener.join()

    def kill(self) -> None:
        """End the process at once, in the middle of whatever it does, and take no further task."""
        with self._news:
            self._closing = True
            if self._process is not None:
                self._process.kill()
            self._news.notify_all()

    def _begin_another(self) -> WorkerProcess:
        process, pending = self._begin(), Pending()
        self._process, self._pending = process, pending
        listener = Thread(target=self._listen, args=(process, pending), daemon=True)
        self._listeners.append(listener)
        listener.start()
        return process

    # --- in the thread of one process ---------------------------------------------------------------------------

    def _listen(self, process: WorkerProcess, pending: Pending) -> None:
        try:
            while self._has_task(pending):
                self._settle(process.answer(), pending)
        except Lost as lost:
            with self._news:  # from here on nobody gives it anything, or ends it
                self._process = None
            process.discard()
            for future in pending.values():
                future.set_exception(lost)
        else:
            process.end()
            with self._news:
                self._process = None

    def _has_task(self, pending: Pending) -> bool:
        """Whether there is an answer to wait for, once that can be said; there is none when all is over."""
        with self._news:
            self._news.wait_for(lambda: pending or self._closing)
            return bool(pending)

    def _settle(self, answer: bytes, pending: Pending) -> None:
        number, returned, value = pickle.loads(answer)
        with self._news:
            future = pending.pop(number)
        if returned:
            future.set_result(value)
        else:
            future.set_exception(value)
