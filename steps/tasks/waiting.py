"""Polling for what no browser event announces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from portal2fa import clock

T = TypeVar("T")
_PAUSE = 0.05


def until(question: Callable[[], T], seconds: float, *, pause: float = _PAUSE) -> T:
    """Ask until the answer is true or `seconds` have passed, with a `pause` between; the last answer either way."""
    end = clock.moment() + seconds
    while not (answer := question()) and clock.moment() < end:
        clock.pause(pause)
    return answer
