"""A browser that somebody else runs: a Playwright server, or a Chromium with its DevTools protocol open.

The address may carry a token in its query, so it is shown without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from portal2fa.errors import UsageError

ENDPOINT_VARIABLE = "PORTAL2FA_BROWSER_ENDPOINT"
CDP_VARIABLE = "PORTAL2FA_CDP"

Kind = Literal["playwright", "cdp"]
_SCHEMES: dict[Kind, tuple[str, ...]] = {"playwright": ("ws", "wss"), "cdp": ("http", "https", "ws", "wss")}


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a running browser, or a server that starts one, is reached."""

    kind: Kind
    address: str
    source: str
    """The option or the environment variable that names it."""

    @property
    def shown(self) -> str:
        """The address as it may be told: without user, password and query."""
        parts = urlsplit(self.address)
        host = parts.hostname or ""
        name = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{name}{f':{parts.port}' if parts.port else ''}{parts.path}"

    def told(self, text: str) -> str:
        """`text` with the address as it may be told."""
        return text.replace(self.address, self.shown)


def find_remote(environment: Mapping[str, str], *, endpoint: str | None, cdp: str | None) -> Remote | None:
    """Return the remote browser that options or variables name, options first; None where nothing does.

    Raises:
        UsageError: both kinds are named in the same way, or the address is none.
    """
    options = {"playwright": ("--browser-endpoint", endpoint), "cdp": ("--cdp", cdp)}
    variables = {
        "playwright": (ENDPOINT_VARIABLE, environment.get(ENDPOINT_VARIABLE)),
        "cdp": (CDP_VARIABLE, environment.get(CDP_VARIABLE)),
    }
    for place in (options, variables):
        named = [(kind, *where) for kind, where in place.items() if where[1]]
        if len(named) > 1:
            raise UsageError(
                f"{named[0][1]} and {named[1][1]} name two browsers.", hint="a run uses one: leave one of them out"
            )
        for kind, source, address in named:
            return _checked(Remote("playwright" if kind == "playwright" else "cdp", str(address), source))
    return None


def _checked(remote: Remote) -> Remote:
    schemes = _SCHEMES[remote.kind]
    try:
        parts = urlsplit(remote.address)
        fits = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits:
        example = "ws://browsers.example:3000/" if remote.kind == "playwright" else "http://127.0.0.1:9222"
        raise UsageError(
            f"{remote.source} is no address of a browser.",
            cause=f"it has to begin with {' or '.join(f'{scheme}://' for scheme in schemes)} and name a host",
            hint=f"write, for example, {example}",
        )
    return remote
