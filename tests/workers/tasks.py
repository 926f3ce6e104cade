"""Tasks for worker processes of tests: what they can be asked to do, and what can happen to them meanwhile."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from portal2fa.workers import child
from portal2fa.workers.executor import Worker


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


class Demanding(Exception):
    """An exception that can be pickled, and not made anew."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def refuse_stubbornly() -> NoReturn:
    """Raise what cannot be handed back."""
    raise Stubborn


def refuse_demandingly() -> NoReturn:
    """Raise what cannot be made anew by who gets it."""
    raise Demanding("this", "that")


def leave() -> NoReturn:
    """Die."""
    print("I am dying", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives that")


def leave_by_exit_code() -> NoReturn:
    """Die with an exit code of its own."""
    os._exit(7)


def block(news: Path) -> NoReturn:
    """Say so, and do nothing for ever."""
    _tell(news, f"{os.getpid()}\n")
    while True:
        threading.Event().wait()


def give_signs(number: int) -> str:
    """Give so many signs of life before the answer."""
    for _ in range(number):
        child.sign_of_life()
    return "answered"


_met = threading.Barrier(2)


def meet() -> str:
    """Wait for another one who meets here."""
    _met.wait(60)
    return "met"


def open_something(news: Path) -> str:
    """Open what has to be closed before the process ends; the pipe is closed with the process."""
    end = _tell(news, "open\n")
    child.at_the_end(lambda: os.write(end, b"closed\n"))
    return "opened"


def open_what_does_not_close(news: Path) -> str:
    """Open what is never done with closing."""
    _tell(news, "open\n")
    child.at_the_end(threading.Event().wait)
    return "opened"


def parent(news: str, task: str, patience: float) -> None:
    """Be the parent of a worker that has opened something, and wait for ever."""
    worker = Worker(patience=patience)
    worker.submit(globals()[task], Path(news)).result()
    threading.Event().wait()


def _tell(news: Path, words: str) -> int:
    end = os.open(news, os.O_WRONLY)
    os.write(end, words.encode())
    return end
