"""What a command says while it is measured: its output is kept, and how far it has come is told now and then."""

from __future__ import annotations

import re
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from typing import IO

from bench import clock
from bench.left import Left, Say

_EVERY_SECONDS = 20.0
"""How often it is told that a command goes on."""
_LAST_LINES = 5
_COUNT = re.compile(r"\[\s*(\d+)/(\d+)\]")
"""How runs, and scripts beside them, begin the line of each scenario that has ended."""


class Listener:
    """Reads both outputs of a process to their ends, each in a thread of its own."""

    def __init__(
        self, process: subprocess.Popen[str], say: Say | None, now: Callable[[], float] = clock.stopwatch
    ) -> None:
        """Begin to read; `say` is told of the lines in which a run counts its scenarios."""
        self._process = process
        self._say = say
        self._now = now
        self._told = now()
        self._left: Left | None = None
        self.said = ""
        """All of the standard output, once it has ended."""
        self._complained: deque[str] = deque(maxlen=_LAST_LINES)
        self._threads = [threading.Thread(target=read, daemon=True) for read in (self._keep, self._hear)]
        for thread in self._threads:
            thread.start()

    @property
    def complained(self) -> str:
        """The last lines of the other output."""
        return "".join(self._complained).strip()

    def wait(self, limit: float) -> None:
        """Wait until both outputs and the process have ended; raises `TimeoutExpired` after `limit` seconds."""
        end = self._now() + limit
        for thread in self._threads:
            thread.join(max(0.0, end - self._now()))
            if thread.is_alive():
                raise subprocess.TimeoutExpired(self._process.args, limit)
        self._process.wait(max(0.0, end - self._now()))

    def _keep(self) -> None:
        self.said = _open(self._process.stdout).read()

    def _hear(self) -> None:
        for line in _open(self._process.stderr):
            self._complained.append(line)
            self._tell(line)

    def _tell(self, line: str) -> None:
        count = _COUNT.match(line)
        if self._say is None or count is None:
            return
        done, whole = map(int, count.groups())
        self._left = self._left or Left(whole)
        if self._now() - self._told >= _EVERY_SECONDS:
            self._told = self._now()
            self._say(f"{done} of {whole}, {self._left.once(done)}")


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
