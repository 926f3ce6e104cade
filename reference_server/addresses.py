"""Another email address for an account: what may be one, and what happens when it was confirmed."""

from __future__ import annotations

import re

import aiosqlite

from reference_server import accounts, attempts, email_codes, links, sessions
from reference_server.links import Link
from reference_server.policy import Policy
from reference_server.sessions import Session

_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")
_LONGEST = 254
"""RFC 5321 section 4.5.3.1.3, without the brackets."""


def looks_right(email: str) -> bool:
    """Tell whether a mail could be sent there; whether one arrives is shown by the link in it."""
    return len(email) <= _LONGEST and _ADDRESS.fullmatch(email) is not None


async def change(db: aiosqlite.Connection, policy: Policy, link: Link, session: Session) -> bool:
    """Let a confirmed address take the place of the old one; False when it has become somebody else's.

    What was mailed to the old address opens nothing any more: its links, the codes of sign-ins that wait, and that of
    a set-up in this session.  The account is signed out everywhere else.
    """
    if await accounts.find_by_address(db, link.email) is not None:
        return False
    await accounts.set_email(db, link.account.username, link.email)
    await links.use_up(db, link.account.username)
    await sessions.end_others(db, link.account.username, keep=session.id)
    await sessions.set_pending(db, session.id, None, None, 0)
    await email_codes.forget(db, session.id)
    await attempts.clear(db, attempts.passwords(policy, link.email, "sign-in"))
    return True
