"""Deeds that no page shows, in words for people who want to do the same by hand: requests, as a shell sends them.

`$COOKIES` stands for the cookies that the browser has at that moment.  Values that may be secret are left out.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from fixtures.traces.texts import HIDDEN

_ASK = "curl --include"
_COOKIES = ' --cookie "$COOKIES"'


def asked(address: str, *, cookies: bool) -> str:
    """Asking for an address without a page."""
    return f"{_ASK}{_COOKIES if cookies else ''} {shlex.quote(_harmless(address))}"


def sent(address: str, fields: Iterable[str]) -> str:
    """Sending a form with these fields, as any site can make a browser do it."""
    data = "".join(f" --data {shlex.quote(f'{name}={HIDDEN}')}" for name in fields)
    return f"{_ASK}{_COOKIES}{data} {shlex.quote(_harmless(address))}"


def _harmless(address: str) -> str:
    """The address without who signs in by it, and without values; names of values and of places on a page stay."""
    parts = urlsplit(address)
    path = re.sub(r";[^/]*", f";{HIDDEN}", parts.path)
    query = "&".join(map(_unvalued, parts.query.split("&"))) if parts.query else ""
    anchor = parts.fragment if re.fullmatch(r"[A-Za-z_-]*", parts.fragment) else _unvalued(parts.fragment)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path, query, anchor))


def _unvalued(piece: str) -> str:
    name, given, _ = piece.partition("=")
    return f"{name}={HIDDEN}" if given else HIDDEN
