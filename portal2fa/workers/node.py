"""On a node of a cluster: what Dask is given to call there.

A run has one `Guest` on a node: a worker process of the same kind as on the machine of the run, with the same patience.
So Playwright lives in a process and a thread of its own, however many threads Dask gives to tasks, and a scenario that
kills its process does not take the node with it.

Dask keeps the guest for as long as the run wants it.  When the run is no longer there, the guest goes: its process lets
the scenarios end that are under way, and closes.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any

from distributed import get_worker, secede

import portal2fa
from portal2fa.feature_files import suite_digest
from portal2fa.profile_files import find_root
from portal2fa.workers.executor import Worker


@dataclass(frozen=True, slots=True)
class Identity:
    """Which version of portal2fa is installed, and which suite belongs to it."""

    version: str
    suite_digest: str


def identity() -> Identity:
    """Those of this node."""
    return Identity(portal2fa.__version__, suite_digest(find_root()))


class Guest:
    """What one run has on one node; its temporary files lie in the folder that Dask uses there."""

    def __init__(self, patience: float, folder: str) -> None:
        """Begin nothing yet; a process that has tasks and is silent for `patience` seconds is ended."""
        scratch = tempfile.TemporaryDirectory(prefix="portal2fa-", dir=folder, ignore_cleanup_errors=True)
        self._worker = Worker(patience=patience, environment={**os.environ, "TMPDIR": scratch.name})
        self._end = partial(_end, self._worker, scratch)
        # in a thread of its own: Dask forgets a guest in the middle of other things
        weakref.finalize(self, Thread(target=self._end, daemon=True).start)

    def submit(self, call: Callable[..., Any], *args: Any) -> Future[Any]:
        """Let the process call it."""
        return self._worker.submit(call, *args)

    def leave(self, *, at_once: bool) -> None:
        """End the process, when it has no task any more or in the middle of whatever it does, and wait for that."""
        if at_once:
            self._worker.kill()
        self._end()


def _end(worker: Worker, scratch: tempfile.TemporaryDirectory[str]) -> None:
    """Wait until the process has ended, and clear away what it has left; harmless to repeat."""
    worker.shutdown()
    scratch.cleanup()


def arrive(patience: float) -> Guest:
    """A guest on the node where this is called."""
    return Guest(patience, get_worker().local_directory)


def carry_out(guest: Guest, call: Callable[..., Any], *args: Any) -> Any:
    """Let the process of a guest call it; meanwhile the thread of Dask is free for the next task."""
    future = guest.submit(call, *args)
    secede()
    return future.result()


def leave(guest: Guest, at_once: bool) -> None:
    """Let a guest go, and wait until it has gone; meanwhile the thread of Dask is free."""
    secede()
    guest.leave(at_once=at_once)
