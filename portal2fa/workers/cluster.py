"""A run on the nodes of a Dask cluster: each is a worker of the run, and an executor like those of this machine.

Dask brings tasks to the nodes, carries back what they hand back, and tells which node has gone; that is all that is
left to it.  Which scenario goes where is decided as in every other run, by `handing_out`, so accounts of a pool are
divided over nodes as they are over processes.

Whoever reaches the scheduler can run any code on the nodes, and tasks travel as they are: this is for a network where
everybody may do that, or for `tls://` with certificates, which Dask reads from its own settings.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from distributed import Client

import portal2fa
from portal2fa.errors import EnvironmentProblem, UsageError
from portal2fa.workers import node
from portal2fa.workers.executor import Seat
from portal2fa.workers.process import Lost

P = ParamSpec("P")
T = TypeVar("T")

_SECONDS = 10
"""A scheduler that does not answer for so long cannot be reached."""


class Node(Seat):
    """One worker of the run on a node; when the node has gone, so has the worker."""

    elsewhere = True

    def __init__(self, client: Client, address: str, patience: float) -> None:
        """Let a guest arrive there; its process is begun with the first task."""
        self.address = address
        self._tasks = client.get_executor(workers=[address], allow_other_workers=False, pure=False)
        self._guest = client.submit(node.arrive, patience, workers=[address], allow_other_workers=False, pure=False)
        self._news = Lock()
        """Held by whoever looks at what follows."""
        self._pending: set[Future[Any]] = set()
        self._gone = False
        self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let the process there call `fn`; the future raises what it raises, or `Lost` with the process or the node."""
        return self._submit(node.carry_out, partial(fn, **kwargs) if kwargs else fn, *args)

    def _submit(self, call: Callable[..., Any], *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        with self._news:
            if not self._gone:
                self._pending.add(future)
        if self._gone:
            future.set_exception(_left(self.address))
        else:
            self._tasks.submit(call, self._guest, *args).add_done_callback(partial(self._settle, future))
        return future

    def _settle(self, future: Future[Any], done: Future[Any]) -> None:
        """In the thread of Dask's client: hand on what came of a task, unless the node has gone meanwhile."""
        with self._news:
            if future not in self._pending:
                return
            self._pending.discard(future)
        if done.cancelled():
            future.set_exception(Lost(f"the node {self.address} could not be reached any more"))
        elif (error := done.exception()) is not None:
            future.set_exception(_in_words(error, self.address))
        else:
            future.set_result(done.result())

    def lose(self) -> None:
        """The node has gone, with all that it had; for any thread."""
        with self._news:
            self._gone = True
            lost, self._pending = self._pending, set()
        error = Lost(f"the node {self.address} left the cluster")
        for future in lost:
            future.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no further task, and let the guest leave when it has none any more; none can be cancelled."""
        self._end(wait=wait, at_once=False)

    def kill(self) -> None:
        """End the process there at once, and take no further task."""
        self._end(wait=False, at_once=True)

    def _end(self, *, wait: bool, at_once: bool) -> None:
        if not self._ended:
            self._ended = True
            self._last = self._submit(node.leave, at_once)
        if wait:
            self._last.exception()
            self._tasks.shutdown(wait=False)
            self._guest.release()


class Cluster:
    """The nodes that were there when the run began."""

    def __init__(self, client: Client, scheduler: str) -> None:
        """Ask for the nodes, and hear from now on which ones go."""
        self._client = client
        self._staff: list[Node] = []
        self._gone: set[str] = set()
        client.subscribe_topic("all", self._hear)
        self.nodes = tuple(sorted(client.nthreads()))
        if not self.nodes:
            raise EnvironmentProblem(
                f"No node has joined the scheduler at {scheduler}.",
                hint=f"on each machine that is to take part, start one: dask worker {scheduler}",
            )

    def check(self, suite_digest: str) -> None:
        """Raise `EnvironmentProblem` where a node would judge by another version or another suite."""
        wanted = node.Identity(portal2fa.__version__, suite_digest)
        found: Mapping[str, node.Identity | BaseException] = self._client.run(node.identity, on_error="return")
        for address, identity in sorted(found.items()):
            if isinstance(identity, BaseException):
                raise _in_words(identity, address)
            if identity != wanted:
                raise _of_another(address, identity, wanted)

    def staff(self, number: int, patience: float) -> list[Seat]:
        """So many workers, each on a node of its own."""
        self._staff = [Node(self._client, address, patience) for address in self.nodes[:number]]
        for seat in self._staff:
            if seat.address in self._gone:
                seat.lose()
        return [*self._staff]

    def _hear(self, event: tuple[float, Any]) -> None:
        """In the thread of Dask's client: something has happened in the cluster."""
        _, told = event
        if isinstance(told, dict) and told.get("action") == "remove-worker":
            self._gone.add(told["worker"])
            for seat in self._staff:
                if seat.address == told["worker"]:
                    seat.lose()


@contextlib.contextmanager
def joined(scheduler: str, seconds: float = _SECONDS) -> Iterator[Cluster]:
    """The cluster whose scheduler is at this address, and answers within so many seconds.

    Raises:
        UsageError: the address is none.
        EnvironmentProblem: nobody answers there, or no node is there.
    """
    if not re.fullmatch(r"(tcp|tls)://[^/\s]+:\d{1,5}", scheduler):
        raise UsageError(
            f"--cluster {scheduler} is no address of a scheduler.", hint="write, for example, tcp://127.0.0.1:8786"
        )
    try:
        client = Client(scheduler, timeout=seconds, set_as_default=False, name="portal2fa")
    except (OSError, ValueError) as error:
        raise EnvironmentProblem(
            f"The scheduler at {scheduler} cannot be reached.",
            cause=str(error),
            hint="start one with `dask scheduler`, and give the address that it tells",
        ) from error
    with client:
        yield Cluster(client, scheduler)


def _in_words(error: BaseException, address: str) -> BaseException:
    """What a node raised; that it lacks something of ours is told in our words."""
    if not isinstance(error, ModuleNotFoundError):
        return error
    return EnvironmentProblem(
        f"The node {address} cannot play scenarios.",
        cause=str(error),
        hint="start scheduler and nodes in an environment that has portal2fa with its extra `cluster`",
    )


def _of_another(address: str, found: node.Identity, wanted: node.Identity) -> EnvironmentProblem:
    told = (
        f"version {found.version} there and {wanted.version} here"
        if found.version != wanted.version
        else f"suite {found.suite_digest[:12]} there and {wanted.suite_digest[:12]} here"
    )
    return EnvironmentProblem(
        f"The node {address} has another portal2fa than this machine.",
        cause=told,
        hint="install the same one on all machines, and start their nodes anew",
    )


def _left(address: str) -> EnvironmentProblem:
    return EnvironmentProblem(f"The node {address} left the cluster.", hint="start it anew for the next run")
