"""The time of this machine for the command and the suite, and the one place that waits."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> str:
    """The present as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment() -> float:
    """A number of seconds that only ever grows, for measuring how long something takes."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Let real seconds pass."""
    time.sleep(max(0.0, seconds))
