"""What another process writes into a named pipe, read without ever waiting for longer than a test may take."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

_SECONDS = 120.0
"""Nothing that is waited for takes so long; who waits longer has waited in vain, and fails."""


class News:
    """The reading end of a named pipe; it is there before anybody writes."""

    def __init__(self, path: Path) -> None:
        """Make the pipe at `path`."""
        self.path = path
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self._read = b""

    def fileno(self) -> int:
        """The number of the reading end, for whoever waits for several things."""
        return self._end

    def line(self) -> str:
        """The next line; fails when it does not come."""
        while b"\n" not in self._read:
            more = self._more()
            assert more, f"it ended after {self._read!r}"
            self._read += more
        line, _, self._read = self._read.partition(b"\n")
        return line.decode()

    def rest(self) -> str:
        """All that still comes, until the last one who could write has ended; fails when somebody stays."""
        while more := self._more():
            self._read += more
        return self._read.decode()

    def _more(self) -> bytes:
        ready, _, _ = select.select([self._end], [], [], _SECONDS)
        if not ready:
            pytest.fail(f"nothing more came after {self._read!r}")
        return os.read(self._end, 1024)

    def close(self) -> None:
        """Close the reading end."""
        os.close(self._end)
