"""The only place of the server that looks at the wall clock or lets time pass; everything else is told the time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time as seconds since 1970-01-01 UTC."""

    def now(self) -> float:
        """Return the current time in seconds since the epoch."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        """Return the wall time in seconds since the epoch."""
        return time.time()


async def passing(seconds: float) -> None:
    """Let so much time pass, while other requests are answered."""
    await asyncio.sleep(seconds)
