"""How long a target takes to show what comes, measured while it is used, and how long to wait for want of more news."""

from __future__ import annotations

from dataclasses import dataclass

_TIMES = 2.0
"""How much longer than the slowest thing so far the next one may take."""
_LEAST = 0.5
"""Seconds that are always waited: by then what a press of a key sets off is under way, and can be seen to be."""


@dataclass(slots=True)
class Latency:
    """What one run has measured of one portal, from one machine, with all else that goes on there."""

    longest: float = 0.0
    """Seconds of waiting after which the slowest thing so far came into sight; 0 before anything did."""

    def came(self, seconds: float) -> None:
        """Something came into sight after so many seconds of waiting."""
        self.longest = max(self.longest, seconds)

    def bound(self, most: float) -> float:
        """Seconds in which whatever comes should have come, never more than `most`; that before anything was measured.

        It is an expectation and no proof: what has not come by then may still come.
        """
        return min(most, max(_LEAST, _TIMES * self.longest)) if self.longest else most
