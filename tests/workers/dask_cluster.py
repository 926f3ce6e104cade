"""A Dask cluster for tests: a scheduler and nodes, each a process of its own with an installation of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from portal2fa.profile_files import find_root
from tests.workers.installation import of


@dataclass(frozen=True)
class Process:
    """A process of the cluster: its number, and the address that it told."""

    pid: int
    address: str

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        os.kill(self.pid, signal.SIGKILL)


@contextlib.contextmanager
def scheduler() -> Iterator[Process]:
    """A scheduler on a free port of this machine."""
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with _started("scheduler", options, r"Scheduler at:\s+(tcp://\S+)", find_root(), {}) as process:
        yield process


@contextlib.contextmanager
def node(scheduler: Process, home: Path, **environment: str) -> Iterator[Process]:
    """A node that has joined, with one thread for tasks, and its installation, state and files below `home`."""
    for name in ("local", "state"):
        (home / name).mkdir(exist_ok=True)
    options = [scheduler.address, "--host", "127.0.0.1", "--no-nanny", "--no-dashboard", "--nthreads", "1"]
    options += ["--local-directory", str(home / "local")]
    own = {**of(home), "PORTAL2FA_STATE": str(home / "state"), **environment}
    said = r"Start worker at:\s+(tcp://\S+)"
    with _started("worker", options, said, home, own, then="Registered to:") as process:
        yield process


@contextlib.contextmanager
def _started(
    what: str, options: list[str], says: str, folder: Path, environment: dict[str, str], then: str = ""
) -> Iterator[Process]:
    command = [sys.executable, "-P", "-m", f"distributed.cli.dask_{what}", *options]
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as process:
        assert process.stderr is not None
        try:
            told = iter(process.stderr.readline, "")
            address = next((found[1] for line in told if (found := re.search(says, line))), "")
            assert address, "it ended without telling where it listens"
            assert not then or any(then in line for line in told)
            Thread(target=lambda: [*told], daemon=True).start()  # or it would wait for somebody to listen
            yield Process(process.pid, address)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
            process.wait()
