"""Links by which a forgotten password is replaced: random, mailed to the account alone, short-lived, used once.

A link replaces the password and nothing else: the second factor stays as it is, and nobody is signed in by it.
"""

from __future__ import annotations

import hashlib
import secrets

import aiosqlite

from reference_server import accounts, attempts, sessions
from reference_server.accounts import Account
from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.store import change, fetch


@seam
def new_token(length: int) -> str:
    """Return what makes a link one that nobody can guess, from `length` random bytes."""
    return secrets.token_urlsafe(length)


async def remember(db: aiosqlite.Connection, username: str, token: str, at: float) -> None:
    """Let a link count from now on; it is known before it is mailed, so that no mail is faster than the portal."""
    await change(db, "INSERT INTO reset_links VALUES (?, ?, ?)", _digest(token), username, at)


async def forget(db: aiosqlite.Connection, token: str) -> None:
    """End one link, as its mail could not be sent."""
    await change(db, "DELETE FROM reset_links WHERE token_digest = ?", _digest(token))


async def forget_others(db: aiosqlite.Connection, username: str, token: str) -> None:
    """End every link of an account but the one that was just sent."""
    sql = "DELETE FROM reset_links WHERE username = ? AND token_digest <> ?"
    await change(db, sql, username, _digest(token))


async def owner(db: aiosqlite.Connection, policy: Policy, token: str, wall: float) -> Account | None:
    """Return the account of a link that counts while the wall clock shows `wall`, or None."""
    row = await fetch(db, "SELECT username, issued_at FROM reset_links WHERE token_digest = ?", _digest(token))
    account = await accounts.find(db, row["username"]) if row else None
    if row is None or account is None:
        return None
    return account if 0 <= account.time(wall) - row["issued_at"] < policy.reset_link_life else None


@seam
async def complete(db: aiosqlite.Connection, policy: Policy, account: Account, password_hash: str) -> None:
    """Replace the password, end the account's links and sessions, and forget its wrong passwords."""
    await accounts.set_password(db, account.username, password_hash)
    await use_up(db, account.username)
    await sessions.end_all(db, account.username)
    await attempts.clear(db, attempts.passwords(policy, account.username, "sign-in"))


@seam
async def use_up(db: aiosqlite.Connection, username: str) -> None:
    """End every link of an account."""
    await change(db, "DELETE FROM reset_links WHERE username = ?", username)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
