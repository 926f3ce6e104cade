"""The time of this machine for the command and the suite, and the one place that waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime


def now() -> str:
    """The present as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def since(when: str) -> float:
    """Seconds that have passed since `now` said `when`."""
    return (datetime.now(UTC) - datetime.fromisoformat(when)).total_seconds()


def moment() -> float:
    """A number of seconds that only ever grows, for measuring how long something takes."""
    return time.monotonic()


_pausing: ContextVar[Callable[[float], None]] = ContextVar("_pausing", default=time.sleep)


def pause(seconds: float) -> None:
    """Let real seconds pass; where scenarios run side by side, others go on meanwhile."""
    _pausing.get()(max(0.0, seconds))


def pause_by(how: Callable[[float], None]) -> None:
    """Let `pause` do this instead, in the present context and no other: every greenlet has one of its own."""
    _pausing.set(how)


async def passing(seconds: float) -> None:
    """Let real seconds pass on an event loop."""
    await asyncio.sleep(seconds)
