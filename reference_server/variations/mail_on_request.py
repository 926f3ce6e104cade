"""At sign-in the code is mailed once it is asked for, and not before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from reference_server.accounts import Account
from reference_server.faults.deviation import Deviation
from reference_server.portal import Portal

VARIATION = Deviation()
VARIATION.edit("challenge.html", "We sent a code to", "We send a code to")
VARIATION.edit("challenge.html", "</strong>. It expires", "</strong> when you ask for it. It expires")
VARIATION.edit("challenge.html", "Send a new code", "Send me a code")
_begun: set[int] = set()
"""Sessions whose sign-in has come to the question for a code."""


@VARIATION.rule("portal.Portal.send_code")
async def when_asked(
    right: Callable[..., Awaitable[str]], portal: Portal, account: Account, session_id: int, purpose: str, at: float
) -> str:
    """Send nothing for the sign-in itself, and a code for every wish after it."""
    if purpose == "sign-in" and session_id not in _begun:
        _begun.add(session_id)
        return ""
    return await right(portal, account, session_id, purpose, at)
