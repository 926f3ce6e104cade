"""Deeds that no page shows, in words for people who want to do the same by hand: requests, as a shell sends them.

`$COOKIES` stands for the cookies that the browser has at that moment.  Values that may be secret are left out.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from fixtures.traces.texts import HIDDEN, without_query

_ASK = "curl --include"
_COOKIES = ' --cookie "$COOKIES"'


def asked(address: str, *, cookies: bool) -> str:
    """Asking for an address without a page."""
    return f"{_ASK}{_COOKIES if cookies else ''} {shlex.quote(without_query(address))}"


def sent(address: str, fields: Iterable[str]) -> str:
    """Sending a form with these fields, as any site can make a browser do it."""
    data = "".join(f" --data {shlex.quote(f'{name}={HIDDEN}')}" for name in fields)
    return f"{_ASK}{_COOKIES}{data} {shlex.quote(without_query(address))}"
