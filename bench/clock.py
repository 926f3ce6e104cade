"""The benchmarks' own time, in one place."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def stopwatch() -> float:
    """Seconds that only ever grow; two readings give a duration."""
    return time.perf_counter()


def now() -> float:
    """The present in Unix time, for codes of an authenticator app."""
    return time.time()


def today() -> str:
    """The date in UTC, as 2030-12-31."""
    return datetime.now(UTC).date().isoformat()
