"""What scripts of a page have asked the portal for and still wait for: until it came the page is not at rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, Request

from portal2fa import clock

_BY_SCRIPTS = ("xhr", "fetch")
_LONGEST_SECONDS = 4.0
"""What is not answered by then is an open line, by which a portal tells of news whenever there are any."""


@dataclass
class Traffic:
    """The requests of scripts that are on their way, with the moment at which each began, in seconds."""

    _since: dict[Request, float] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Follow the requests of a page from now on."""
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def is_awaited(self) -> bool:
        """Whether an answer is still to come."""
        return any(clock.moment() - since < _LONGEST_SECONDS for since in self._since.values())

    def _begin(self, request: Request) -> None:
        if request.resource_type in _BY_SCRIPTS:
            self._since[request] = clock.moment()

    def _end(self, request: Request) -> None:
        self._since.pop(request, None)
