"""What a browser's cookie stands for: nobody, a password given, or a signed-in customer."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from enum import IntEnum

import aiosqlite

from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.store import change, fetch


class Level(IntEnum):
    """How far a visitor has come; a page asks for at least one of these."""

    ANONYMOUS = 0
    PASSWORD = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class Session:
    """One row of the session table, as read at the start of a request."""

    id: int
    csrf: str
    level: Level
    username: str | None
    created_at: float
    seen_at: float
    next_path: str
    notice: str
    pending_method: str | None
    pending_sealed: bytes | None
    pending_at: float
    reveal_kind: str | None
    reveal_sealed: bytes | None
    reveal_ticket: str | None
    reveal_at: float

    def alive(self, policy: Policy, at: float) -> bool:
        """Tell whether the session is neither idle nor old at `at`, which is a time of its account."""
        life = policy.challenge_life if self.level is Level.PASSWORD else policy.session_life
        return at - self.seen_at < policy.session_idle and at - self.created_at < life


async def find(db: aiosqlite.Connection, token: str) -> Session | None:
    """Return the session of a cookie value, or None."""
    row = await fetch(db, "SELECT * FROM sessions WHERE token_digest = ?", _digest(token))
    return _session(row) if row else None


async def reread(db: aiosqlite.Connection, session_id: int) -> Session | None:
    """Return a session as it is now, inside a write transaction."""
    row = await fetch(db, "SELECT * FROM sessions WHERE id = ?", session_id)
    return _session(row) if row else None


async def start(
    db: aiosqlite.Connection, level: Level, username: str | None, at: float, next_path: str = ""
) -> tuple[str, Session]:
    """Open a session and return its cookie value with it."""
    token = secrets.token_urlsafe(32)
    sql = """INSERT INTO sessions (token_digest, csrf, level, username, created_at, seen_at, next_path)
             VALUES (?, ?, ?, ?, ?, ?, ?)"""
    csrf = secrets.token_urlsafe(24)
    await change(db, sql, _digest(token), csrf, int(level), username, at, at, next_path)
    session = await find(db, token)
    assert session is not None
    return token, session


@seam
async def renew(db: aiosqlite.Connection, session_id: int, level: Level, at: float) -> str:
    """Give a session a new cookie value and form token, as it changes in worth; the old value is dead."""
    token = secrets.token_urlsafe(32)
    sql = """UPDATE sessions SET token_digest = ?, csrf = ?, level = ?, seen_at = ? WHERE id = ?"""
    await change(db, sql, _digest(token), secrets.token_urlsafe(24), int(level), at, session_id)
    return token


async def touch(db: aiosqlite.Connection, session_id: int, at: float) -> None:
    """Note that the visitor was active at `at`."""
    await change(db, "UPDATE sessions SET seen_at = ? WHERE id = ?", at, session_id)


@seam
async def end(db: aiosqlite.Connection, session_id: int) -> None:
    """Forget a session."""
    await change(db, "DELETE FROM sessions WHERE id = ?", session_id)


@seam
async def end_others(db: aiosqlite.Connection, username: str, keep: int) -> None:
    """Sign an account out everywhere but in one session."""
    await change(db, "DELETE FROM sessions WHERE username = ? AND id <> ?", username, keep)


@seam
async def end_all(db: aiosqlite.Connection, username: str) -> None:
    """Sign an account out everywhere."""
    await change(db, "DELETE FROM sessions WHERE username = ?", username)


async def drop_old(db: aiosqlite.Connection, username: str | None, before: float) -> None:
    """Forget sessions of one account (or of nobody) that were opened before a moment of its clock."""
    await change(db, "DELETE FROM sessions WHERE username IS ? AND created_at < ?", username, before)


async def set_notice(db: aiosqlite.Connection, session_id: int, notice: str) -> None:
    """Keep a sentence for the next page; an empty one removes it."""
    await change(db, "UPDATE sessions SET notice = ? WHERE id = ?", notice, session_id)


async def set_next(db: aiosqlite.Connection, session_id: int, path: str) -> None:
    """Keep the page to which a sign-in goes on when it is complete."""
    await change(db, "UPDATE sessions SET next_path = ? WHERE id = ?", path, session_id)


async def set_pending(
    db: aiosqlite.Connection, session_id: int, method: str | None, sealed: bytes | None, at: float
) -> None:
    """Begin an enrolment in this session, or with None forget the one that was begun."""
    sql = "UPDATE sessions SET pending_method = ?, pending_sealed = ?, pending_at = ? WHERE id = ?"
    await change(db, sql, method, sealed, at, session_id)


async def set_reveal(db: aiosqlite.Connection, session_id: int, kind: str | None, sealed: bytes | None) -> None:
    """Keep a backup code to show once, or with None forget it."""
    sql = "UPDATE sessions SET reveal_kind = ?, reveal_sealed = ?, reveal_ticket = NULL, reveal_at = 0 WHERE id = ?"
    await change(db, sql, kind, sealed, session_id)


async def claim_reveal(db: aiosqlite.Connection, session_id: int, at: float) -> str | None:
    """Claim the one showing of a backup code; the ticket allows its download, None means that it was shown."""
    ticket = secrets.token_urlsafe(24)
    sql = """UPDATE sessions SET reveal_ticket = ?, reveal_at = ?
             WHERE id = ? AND reveal_sealed IS NOT NULL AND reveal_ticket IS NULL"""
    return ticket if await change(db, sql, ticket, at, session_id) else None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


def _session(row: sqlite3.Row) -> Session:
    values = {key: row[key] for key in row.keys() if key != "token_digest"}  # noqa: SIM118 - a Row is no mapping
    return Session(**{**values, "level": Level(row["level"])})
