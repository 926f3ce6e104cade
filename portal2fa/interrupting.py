"""Ctrl-C, and SIGTERM as CI sends it, kindly: the scenarios under way end, so that their accounts are put back.

A keyboard interrupt in the middle of a browser call would leave both the browser and the account in between.  The
second Ctrl-C is the hard one.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

LEFT_CHANGED = "An account of yours may be left changed: `portal2fa restore` puts it back."
"""What follows when a scenario is not let end."""
ONE = "Stopping after this scenario, so that its account is put back."
SEVERAL = "Stopping after the scenarios that are under way, so that their accounts are put back."


@contextlib.contextmanager
def kindly(stop: Callable[[], None], words: str = ONE, *, at_once: Callable[[], None] | None = None) -> Iterator[None]:
    """Say `words` and call `stop` at the first interrupt in the block; the next warns and raises KeyboardInterrupt.

    Where there is something to do `at_once`, the next one calls that instead, and only the third one raises.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def first(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, second)
        print(f"\n{words} Ctrl-C again stops at once.", file=sys.stderr)
        stop()

    def second(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        print(f"\nStopped at once. {LEFT_CHANGED}", file=sys.stderr)
        if at_once is None:
            raise KeyboardInterrupt
        at_once()

    before = signal.signal(signal.SIGINT, first)
    before_term = signal.signal(signal.SIGTERM, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, before_term)


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Let processes that are started in the block ignore Ctrl-C: ending them is our own doing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
