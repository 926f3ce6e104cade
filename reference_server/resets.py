"""What a link to a new password does: it replaces the password and nothing else, and signs nobody in."""

from __future__ import annotations

import aiosqlite

from reference_server import accounts, attempts, links, sessions
from reference_server.accounts import Account
from reference_server.policy import Policy
from reference_server.seams import seam


@seam
async def complete(db: aiosqlite.Connection, policy: Policy, account: Account, password_hash: str) -> None:
    """Replace the password, end the account's links and sessions, and forget its wrong passwords."""
    await accounts.set_password(db, account.username, password_hash)
    await links.use_up(db, account.username)
    await sessions.end_all(db, account.username)
    await attempts.clear(db, attempts.passwords(policy, account.email, "sign-in"))
