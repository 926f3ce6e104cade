"""Counting what may happen only so often: wrong codes, wrong passwords, mails.

A count belongs to a subject, such as the codes of one account, and never to a session: a new session, another
browser or a fresh code leaves it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import aiosqlite

from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.store import change, fetch


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` events in `window` seconds; the last one closes the door for `lock` seconds."""

    subject: str
    count: int
    window: float
    lock: float


@seam
def codes(policy: Policy, username: str) -> Limit:
    """The limit on wrong codes, shared by every kind of code of an account."""
    return Limit(f"code:{username}", policy.wrong_codes, policy.wrong_code_window, policy.wrong_code_lock)


def passwords(policy: Policy, username: str, place: str) -> Limit:
    """The limit on wrong passwords at one place; an address without an account is counted alike."""
    subject = f"password:{place}:{username[:320]}"
    return Limit(subject, policy.wrong_passwords, policy.wrong_code_window, policy.wrong_code_lock)


def mails(policy: Policy, username: str) -> Limit:
    """The limit on emailed codes."""
    return Limit(f"mail:{username}", policy.emails_per_window, policy.email_window, 0)


def links(policy: Policy, username: str) -> Limit:
    """The limit on mails with a link, whatever it leads to."""
    return Limit(f"link:{username}", policy.emails_per_window, policy.email_window, 0)


async def locked(db: aiosqlite.Connection, limit: Limit, at: float) -> bool:
    """Tell whether the door is closed at `at`."""
    row = await fetch(db, "SELECT until FROM locks WHERE subject = ?", limit.subject)
    return row is not None and at < float(row["until"])


async def fail(db: aiosqlite.Connection, limit: Limit, at: float) -> bool:
    """Count one wrong try; True when it was the one too many and the door is closed now."""
    await _note(db, limit, at)
    if await _counted(db, limit, at) < limit.count:
        return False
    sql = "INSERT INTO locks (subject, until) VALUES (?, ?) ON CONFLICT (subject) DO UPDATE SET until = excluded.until"
    await change(db, sql, limit.subject, at + limit.lock)
    await change(db, "DELETE FROM events WHERE subject = ?", limit.subject)
    return True


async def clear(db: aiosqlite.Connection, limit: Limit) -> None:
    """Forget the wrong tries after a right one."""
    await change(db, "DELETE FROM events WHERE subject = ?", limit.subject)
    await change(db, "DELETE FROM locks WHERE subject = ?", limit.subject)


async def take(db: aiosqlite.Connection, limit: Limit, at: float) -> bool:
    """Use one of the allowed events; False when there is none left in the window."""
    if await _counted(db, limit, at) >= limit.count:
        return False
    await _note(db, limit, at)
    return True


async def give_back(db: aiosqlite.Connection, limit: Limit, at: float) -> None:
    """Undo `take`, for something that did not happen after all."""
    sql = "DELETE FROM events WHERE rowid = (SELECT rowid FROM events WHERE subject = ? AND at = ? LIMIT 1)"
    await change(db, sql, limit.subject, at)


async def _note(db: aiosqlite.Connection, limit: Limit, at: float) -> None:
    await change(db, "INSERT INTO events (subject, at) VALUES (?, ?)", limit.subject, at)


async def _counted(db: aiosqlite.Connection, limit: Limit, at: float) -> int:
    await change(db, "DELETE FROM events WHERE subject = ? AND at <= ?", limit.subject, at - limit.window)
    row = await fetch(db, "SELECT count(*) AS many FROM events WHERE subject = ?", limit.subject)
    return int(row["many"]) if row else 0
