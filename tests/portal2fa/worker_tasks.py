"""Tasks for worker processes of tests: what they can be asked to do, and what can happen to them meanwhile."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from portal2fa.interrupting import kindly
from portal2fa.workers import Workers


def identity() -> tuple[int, int]:
    """The number of the process, and that of its group."""
    return os.getpid(), os.getpgrp()


def talk() -> str:
    """Print to both streams, as a process would that is started here, and try to read."""
    print("to standard output")
    print("to standard error", file=sys.stderr)
    os.system("echo of a process")
    return sys.stdin.read()


def refuse(what: str) -> NoReturn:
    """Raise."""
    raise ValueError(what)


class Stubborn(Exception):
    """An exception that cannot be pickled."""

    def __init__(self) -> None:
        super().__init__("stubborn")
        self.lock = threading.Lock()


def refuse_stubbornly() -> NoReturn:
    """Raise what cannot be handed back."""
    raise Stubborn


def leave(log: Path, number: int) -> str:
    """Write a line, then die, as long as there are no more than `number` lines."""
    lines = _write(log)
    if lines <= number:
        print("I am dying", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    return f"survived after {lines - 1}"


def leave_by_exit_code() -> NoReturn:
    """Die with an exit code of its own."""
    os._exit(7)


def block(log: Path, fifo: Path) -> NoReturn:
    """Write a line, say so, and do nothing for ever."""
    _write(log)
    with fifo.open("w") as news:
        news.write(f"{os.getpid()}\n")
        news.flush()
        while True:
            signal.pause()


def block_once(log: Path, fifo: Path) -> str:
    """Block, but not where another process did so before."""
    if log.exists():
        return "went on elsewhere"
    block(log, fifo)


def until_stopped(fifo: Path) -> str:
    """Say so, wait to be stopped, and then put back what was changed; the file is closed with the process."""
    stopped = threading.Event()
    news = os.open(fifo, os.O_WRONLY)
    with kindly(stopped.set):
        os.write(news, b"begun\n")
        stopped.wait()
    os.write(news, b"put back\n")
    return "put back"


def parent(fifo: str, name: str, patience: float) -> None:
    """Be a parent of one worker that is busy with a task of that name."""
    with Workers(1, patience=patience) as workers:
        if name == "block":
            workers.submit(block, Path(f"{fifo}.log"), Path(fifo)).result()
        workers.submit(until_stopped, Path(fifo)).result()


def _write(log: Path) -> int:
    with log.open("a") as lines:
        lines.write(f"{os.getpid()}\n")
    return len(log.read_text().split())
