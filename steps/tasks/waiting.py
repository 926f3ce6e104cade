"""The one place that waits: polling for what no browser event announces, and letting real seconds pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_PAUSE = 0.05


def until(question: Callable[[], T], seconds: float, *, pause: float = _PAUSE) -> T:
    """Ask until the answer is true or `seconds` have passed, with a `pause` between; the last answer either way."""
    end = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(pause)
    return answer


def moment() -> float:
    """A moment of this machine that only ever goes forward, in seconds; to be compared with another one only."""
    return time.monotonic()


def let_pass(seconds: float) -> None:
    """Let real seconds pass, where the portal's clock cannot be moved."""
    time.sleep(max(0.0, seconds))
