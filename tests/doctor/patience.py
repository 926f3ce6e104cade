"""How long a portal takes to show what it shows, so that what is not there is waited for no longer than is sure."""

from __future__ import annotations

from types import TracebackType

from playwright.sync_api import Locator as Found

from fixtures.portal import Portal
from portal2fa import clock

_TIMES = 4
"""So many times the longest wait that was seen is patience enough."""
_LEAST = 4.0
"""Seconds of patience with the quickest portal: a machine may be busy for a moment, and clicks are not measured."""


class Waits:
    """Measures, in a `with` block, how long was waited for what came into sight."""

    def __init__(self) -> None:
        """Nothing was waited for yet."""
        self.longest = 0.0
        self._appears = Portal._appears

    def patience(self, most: float) -> float:
        """Seconds after which what did not come will not come; never more than the profile grants."""
        return min(most, max(_LEAST, _TIMES * self.longest))

    def __enter__(self) -> Waits:
        """Measure every wait from now on."""
        appears = self._appears

        def measured(portal: Portal, found: Found, seconds: float) -> bool:
            begun = clock.moment()
            came = appears(portal, found, seconds)
            if came:
                self.longest = max(self.longest, clock.moment() - begun)
            return came

        setattr(Portal, "_appears", measured)  # noqa: B010 -- a method, which mypy lets nobody assign
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Measure no more."""
        setattr(Portal, "_appears", self._appears)  # noqa: B010
