"""Inside a worker process: tasks come in, each is carried out in a thread of its own, and its answer goes out.

Whatever a task keeps in variables of its modules is there for the next one.  What it has opened, it has closed
`at_the_end`: when the parent wants no more, or is no longer there.

Nobody is at the terminal of a worker: it has no standard input, and what it prints is kept by its parent for the case
that it dies.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection

SIGN = b""
"""What is sent instead of an answer: the worker goes on, though there is no answer yet."""

_closings: list[Callable[[], object]] = []
_say: list[Callable[[bytes], None]] = []
"""How a worker says something to its parent; empty in any other process."""


def at_the_end(close: Callable[[], object]) -> None:
    """Call `close` before this process ends, unless it is killed."""
    _closings.append(close)


def sign_of_life() -> None:
    """Let the parent know that what it waits for goes on; without a parent, nothing is done."""
    for say in _say:
        say(SIGN)


def main(patience: float) -> None:
    """Carry out tasks until the parent wants no more, or is gone; closing may take `patience` seconds."""
    tasks, answers = _take_over_standard_streams()
    sending = threading.Lock()

    def say(message: bytes) -> None:
        with sending, contextlib.suppress(OSError):  # then nobody wants to know any more
            answers.send_bytes(message)

    _say.append(say)
    try:
        while True:
            message = tasks.recv_bytes()
            threading.Thread(target=_carry_out, args=(message, say), daemon=True).start()
    except (EOFError, OSError):
        last = threading.Timer(patience, os._exit, (1,))
        last.daemon = True
        last.start()
    for close in reversed(_closings):
        close()


def _carry_out(message: bytes, say: Callable[[bytes], None]) -> None:
    """Answer a task, a pickled `(number, call, args, kwargs)`, by a pickled `(number, whether, value or exception)`."""
    number, task = pickle.loads(message)
    try:
        call, args, kwargs = pickle.loads(task)
        answer = pickle.dumps((number, True, call(*args, **kwargs)))
    except BaseException as error:  # also SystemExit: it is the task's, not the worker's
        answer = _failure(number, error)
    say(answer)


def _failure(number: int, error: BaseException) -> bytes:
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(failure := pickle.dumps((number, False, error)))
    except Exception:  # whatever the exception carries around with it
        return pickle.dumps((number, False, RuntimeError(*error.__notes__)))
    return failure


def _take_over_standard_streams() -> tuple[Connection, Connection]:
    """The way in and the way out; neither what a task prints nor a process that it starts gets at them."""
    tasks, answers = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    with open(os.devnull, encoding="utf-8") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return tasks, answers
