"""One look of a judge at a copy: a command that is run to its end, to its first finding, or to its time-out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_GRACE_SECONDS = 120.0
"""How long a command that was interrupted may take to write its report and end."""

_under_way: set[int] = set()
_over = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a command came to; `status` is None where the time was up first."""

    status: int | None
    said: tuple[str, ...]


def look(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    seconds: float,
    enough: Callable[[Sequence[str]], bool] = lambda said: False,
) -> Look:
    """Run a command in `folder`; interrupt it as soon as it has said `enough`, end it with all its children."""
    if _over:
        raise Ended
    said: list[str] = []
    with subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        process_group=0,
    ) as process:
        timer = _Timer(process, seconds)
        _under_way.add(process.pid)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                said.append(line.rstrip())
                if not timer.interrupted and enough(said):
                    timer.interrupt()
            status = process.wait()
        finally:
            timer.stop()
            _end(process.pid)
            _under_way.discard(process.pid)
    return Look(None if timer.is_up else status, tuple(said))


class Warm:
    """Runs of pytest that share one start: a process forks for each of them (`mutation/warm.py`)."""

    def __init__(self, folder: Path, environment: Mapping[str, str], modules: Sequence[str]) -> None:
        """Start the process in `folder`; it imports what `modules` stand on."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mutation.warm", *modules],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        _under_way.add(self._process.pid)

    def look(self, arguments: Sequence[str], *, seconds: float) -> Look:
        """Run pytest once; raises `Ended` where the process has gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            print(json.dumps({"seconds": seconds, "arguments": list(arguments)}), file=self._process.stdin, flush=True)
            answer = json.loads(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise Ended from error
        return Look(answer["status"], tuple(answer["said"]))

    def close(self) -> None:
        """End the process, and a run that is under way."""
        self._process.terminate()
        self._process.communicate()
        _under_way.discard(self._process.pid)


class Ended(Exception):
    """A command is begun no more: nobody waits for what it says, or the process that would run it has gone."""


def end_all() -> None:
    """End every command that is under way, and begin none any more."""
    global _over  # noqa: PLW0603 - this process ends
    _over = True
    for group in tuple(_under_way):
        _end(group, signal.SIGTERM)


class _Timer:
    """Ends a process when its time is up, or some time after it was interrupted."""

    def __init__(self, process: subprocess.Popen[str], seconds: float) -> None:
        self._process = process
        self.is_up = False
        self.interrupted = False
        self._timer = self._started(seconds, self._up)

    def _started(self, seconds: float, then: Callable[[], None]) -> threading.Timer:
        timer = threading.Timer(seconds, then)
        timer.daemon = True
        timer.start()
        return timer

    def _up(self) -> None:
        self.is_up = True
        _end(self._process.pid)

    def interrupt(self) -> None:
        self.interrupted = True
        self.stop()
        self._process.send_signal(signal.SIGINT)
        self._timer = self._started(_GRACE_SECONDS, lambda: _end(self._process.pid))

    def stop(self) -> None:
        self._timer.cancel()


def _end(group: int, by: signal.Signals = signal.SIGKILL) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, by)
