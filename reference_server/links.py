"""Links that are mailed: random, kept as digests, short-lived, used once, and only for what they were mailed for."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal, TypeAlias

import aiosqlite

from reference_server import accounts
from reference_server.accounts import Account
from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.store import change, fetch

Purpose: TypeAlias = Literal["password", "address"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link before it is mailed: what for, whose, to which address, and its secret."""

    purpose: Purpose
    account: Account
    email: str
    token: str


@seam
def new_token(length: int) -> str:
    """Return what makes a link one that nobody can guess, from `length` random bytes, in small letters and digits."""
    return secrets.token_hex(length)


async def remember(db: aiosqlite.Connection, link: Link, at: float) -> None:
    """Let a link count from now on; it is known before it is mailed, so that no mail is faster than the portal."""
    sql = "INSERT INTO mailed_links VALUES (?, ?, ?, ?, ?)"
    await change(db, sql, _digest(link.token), link.account.username, link.purpose, link.email, at)


async def forget(db: aiosqlite.Connection, link: Link) -> None:
    """End one link, as its mail could not be sent."""
    await change(db, "DELETE FROM mailed_links WHERE token_digest = ?", _digest(link.token))


async def forget_others(db: aiosqlite.Connection, link: Link) -> None:
    """End every link of the account for the same purpose but the one that was just sent."""
    sql = "DELETE FROM mailed_links WHERE username = ? AND purpose = ? AND token_digest <> ?"
    await change(db, sql, link.account.username, link.purpose, _digest(link.token))


async def find(db: aiosqlite.Connection, policy: Policy, purpose: Purpose, token: str, wall: float) -> Link | None:
    """Return the link that counts for a purpose while the wall clock shows `wall`, or None."""
    sql = "SELECT * FROM mailed_links WHERE token_digest = ? AND purpose = ?"
    row = await fetch(db, sql, _digest(token), purpose)
    account = await accounts.find(db, row["username"]) if row else None
    if row is None or account is None or not 0 <= account.time(wall) - row["issued_at"] < policy.mailed_link_life:
        return None
    return Link(purpose, account, row["email"], token)


@seam
async def use_up(db: aiosqlite.Connection, username: str) -> None:
    """End every link of an account, whatever it is for."""
    await change(db, "DELETE FROM mailed_links WHERE username = ?", username)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
