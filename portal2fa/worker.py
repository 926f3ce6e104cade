"""Inside a worker process: tasks come in one at a time, and what became of each goes back.

Whatever a task keeps in variables of its modules is there for the next one, and is put away by `atexit`.

Nobody is at the terminal of a worker: it has no standard input, and what it prints is kept by its parent for the case
that it dies.  When it is to stop, or its parent is no longer there, it gets SIGTERM as a command would from CI, so that
a task that runs can put back what it changed (`interrupting.kindly`); then it ends.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from multiprocessing.connection import Connection
from queue import SimpleQueue

STOP = b""
"""What is sent instead of a task: there will be none any more."""


def main(patience: float) -> None:
    """Carry out tasks until the parent says `STOP`, or is gone; what runs then has `patience` seconds left."""
    tasks, answers = _take_over_standard_streams()
    inbox: SimpleQueue[bytes] = SimpleQueue()
    signal.signal(signal.SIGTERM, lambda number, frame: None)  # without it, a task would be ended in the middle
    threading.Thread(target=_listen, args=(tasks, inbox, patience), daemon=True).start()
    while (task := inbox.get()) != STOP:
        try:
            answers.send_bytes(answer(task))
        except BrokenPipeError:  # nobody wants to know any more
            return


def answer(task: bytes) -> bytes:
    """What became of a task, a pickled `(call, args, kwargs)`: a pickled `(True, value)` or `(False, exception)`."""
    try:
        call, args, kwargs = pickle.loads(task)
        return pickle.dumps((True, call(*args, **kwargs)))
    except BaseException as error:  # also SystemExit: it is the task's, not the worker's
        error.add_note("".join(traceback.format_exception(error)))
        return _failure(error)


def _failure(error: BaseException) -> bytes:
    try:
        return pickle.dumps((False, error))
    except Exception:  # whatever the exception carries around with it
        return pickle.dumps((False, RuntimeError(*error.__notes__)))


def _take_over_standard_streams() -> tuple[Connection, Connection]:
    """The way in and the way out; neither what a task prints nor a process that it starts gets at them."""
    tasks, answers = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    with open(os.devnull, encoding="utf-8") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return tasks, answers


def _listen(tasks: Connection, inbox: SimpleQueue[bytes], patience: float) -> None:
    while True:
        try:
            message = tasks.recv_bytes()
        except (EOFError, OSError):
            break
        inbox.put(message)
        if message == STOP:
            _ask_to_stop()
    inbox.put(STOP)
    _ask_to_stop()
    last = threading.Timer(patience, os._exit, (1,))
    last.daemon = True
    last.start()


def _ask_to_stop() -> None:
    ident = threading.main_thread().ident
    assert ident is not None, "the main thread has begun"
    signal.pthread_kill(ident, signal.SIGTERM)
