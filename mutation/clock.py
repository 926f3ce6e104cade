"""The mutation runs' own time, in one place."""

from __future__ import annotations

import time


def stopwatch() -> float:
    """Seconds that only ever grow; two readings give a duration."""
    return time.perf_counter()
