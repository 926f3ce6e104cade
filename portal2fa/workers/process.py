"""A worker process as its parent has it: started, given tasks, and ended by its number if need be."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from portal2fa.workers.child import SIGN

Heard = Callable[[Connection, float], bool]
"""Waits until something can be heard, be it the end of it all, for so many seconds at most; whether there is."""

_BEGIN = "import sys; sys.path[:] = sys.argv[2:]; from portal2fa.workers.child import main; main(float(sys.argv[1]))"
"""Instead of `-m`, so that modules are found where the parent finds them, and never in the folder it was called in."""


class Lost(Exception):
    """The process ended, or had to be ended, before it had answered; says how, in words, and which one it was.

    Each task of a process tells of the same loss, also where they come from another machine.
    """

    def __init__(self, how: str, process: int = 0) -> None:
        """Keep both; 0 where there never was a process, or where it went with all others of its machine."""
        super().__init__(how, process)

    def __str__(self) -> str:
        """How it was lost."""
        return str(self.args[0])

    def __eq__(self, other: object) -> bool:
        """Whether it is the same loss."""
        return isinstance(other, Lost) and self.args == other.args

    def __hash__(self) -> int:
        """Of what is compared."""
        return hash(self.args)


class WorkerProcess:
    """A Python process of its own, not a fork of this one.

    It is the first of a process group: Ctrl-C at the terminal does not reach it, and whatever it leaves behind in the
    group can be ended with it.
    """

    def __init__(
        self, patience: float, environment: Mapping[str, str] = os.environ, heard: Heard = Connection.poll
    ) -> None:
        """Start it with `environment`; it may be silent for `patience` seconds, and take as long for ending."""
        self._patience = patience
        self._heard = heard
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process, as the pipes are
        theirs_in, self._tasks = Pipe(duplex=False)
        self._answers, theirs_out = Pipe(duplex=False)
        with theirs_in, theirs_out:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _BEGIN, str(patience), *(path or os.getcwd() for path in sys.path)],
                    stdin=theirs_in.fileno(),
                    stdout=theirs_out.fileno(),
                    stderr=self._said,
                    env=dict(environment),
                    process_group=0,
                )
            except OSError:
                self._close()
                raise

    def give(self, task: bytes) -> None:
        """Hand a task over; whether it was taken shows when an answer is asked for."""
        with contextlib.suppress(OSError):
            self._tasks.send_bytes(task)

    def answer(self) -> bytes:
        """Wait for the next answer, whatever it answers; raises `Lost` when there will be none."""
        try:
            while self._heard(self._answers, self._patience):
                if (answer := self._answers.recv_bytes()) != SIGN:
                    return answer
        except (EOFError, OSError) as error:
            ended = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
            how = f"it ended by itself, with {_status(ended)}{self._last_words()}"
            raise Lost(how, self._process.pid) from error
        how = f"it gave no sign of life for {self._patience:g} seconds and was ended{self._last_words()}"
        raise Lost(how, self._process.pid)

    def end(self) -> None:
        """Let it close what it has opened, or end it when it does not, and wait until it has ended."""
        self._tasks.close()
        try:
            self._process.wait(self._patience)
        except subprocess.TimeoutExpired:
            self.kill()
        self._forget()

    def discard(self) -> None:
        """End it at once, with what it has started, and wait until it has ended."""
        self.kill()
        self._process.wait()
        self._forget()

    def kill(self) -> None:
        """End it at once, if it has not ended; for any thread."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _last_words(self) -> str:
        """The last line that it printed, as part of a sentence."""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return f"; the last it said was: {said[-1]}" if said else ""

    def _forget(self) -> None:
        self._process.wait()
        self._close()

    def _close(self) -> None:
        for resource in (self._tasks, self._answers, self._said):
            resource.close()


def _status(ended: os.waitid_result | None) -> str:
    assert ended is not None, "only WNOHANG brings nothing"
    if ended.si_code == os.CLD_EXITED:
        return f"exit code {ended.si_status}"
    return signal.Signals(ended.si_status).name
