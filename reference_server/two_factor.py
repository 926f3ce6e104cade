"""The second factor of an account: switching it on and off, and judging the codes that are given for it.

Every function runs inside one write transaction of its caller, so of two requests with the same code exactly one
finds it unused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

import aiosqlite

from reference_server import attempts, backup_codes, email_codes, totp
from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.store import change, fetch
from reference_server.vault import Vault

Method: TypeAlias = Literal["time_based", "email"]
METHODS: dict[str, str] = {"time_based": "Time Based Tokens", "email": "Email Two-Factor Authentication"}


class Answer(Enum):
    """What became of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Factor:
    """An account's second factor; that it exists means that two-factor authentication is on."""

    username: str
    method: str
    secret_sealed: bytes | None
    last_step: int
    backup_digest: bytes
    enabled_at: float

    @property
    def method_name(self) -> str:
        """The method in the words of the pages."""
        return METHODS[self.method]


@seam
async def find(db: aiosqlite.Connection, username: str) -> Factor | None:
    """Return the second factor of an account, or None when two-factor authentication is off."""
    row = await fetch(db, "SELECT * FROM second_factors WHERE username = ?", username)
    return Factor(**dict(row)) if row else None


@seam
async def enable(
    db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str, secret: bytes | None, step: int, at: float
) -> str:
    """Switch the factor on, with app codes when there is a `secret`, else with emailed ones; return the backup code.

    `step` is the TOTP step whose code confirmed the secret: neither it nor an older one is accepted again.
    """
    code = backup_codes.new_code(policy.backup_code_length)
    method = "email" if secret is None else "time_based"
    sealed = None if secret is None else vault.seal(secret, f"totp:{username}")
    sql = "INSERT INTO second_factors VALUES (?, ?, ?, ?, ?, ?)"
    await change(db, sql, username, method, sealed, step, backup_codes.digest(vault, username, code), at)
    return code


@seam
async def disable(db: aiosqlite.Connection, username: str) -> bool:
    """Switch the factor off and forget its secret and backup code; False when it was off already."""
    return await change(db, "DELETE FROM second_factors WHERE username = ?", username) > 0


@seam
async def replace_backup_code(db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str) -> str:
    """Make a new backup code; the one before is dead."""
    code = backup_codes.new_code(policy.backup_code_length)
    sql = "UPDATE second_factors SET backup_digest = ? WHERE username = ?"
    await change(db, sql, backup_codes.digest(vault, username, code), username)
    return code


async def check_code(
    db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, session_id: int, code: str, at: float
) -> Answer:
    """Judge a code given at sign-in, from the app or from the mail as the account's method asks."""

    async def right() -> bool:
        if factor.method == "email":
            return await email_codes.use(db, vault, policy, session_id, "sign-in", compact(code), at)
        return await _use_step(db, vault, policy, factor, code, at)

    return await judged(db, policy, factor.username, at, right)


@seam
async def check_backup_code(
    db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> Answer:
    """Judge a backup code; the caller replaces it when it was right."""

    async def right() -> bool:
        return backup_codes.matches(vault, factor.username, code, factor.backup_digest)

    return await judged(db, policy, factor.username, at, right)


@seam
async def judged(
    db: aiosqlite.Connection, policy: Policy, username: str, at: float, right: Callable[[], Awaitable[bool]]
) -> Answer:
    """Ask `right` unless the account is locked, and count a wrong answer towards the lock."""
    limit = attempts.codes(policy, username)
    if await attempts.locked(db, limit, at):
        return Answer.LOCKED
    if await right():
        await attempts.clear(db, limit)
        return Answer.RIGHT
    return Answer.LOCKED if await attempts.fail(db, limit, at) else Answer.WRONG


@seam
def compact(code: str) -> str:
    """Return a typed code without the spaces that apps show between its groups."""
    return "".join(code.split())


@seam
async def _use_step(
    db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Accept an app code whose step is newer than every accepted one (RFC 6238 section 5.2, last paragraph)."""
    assert factor.secret_sealed is not None
    secret = vault.open(factor.secret_sealed, f"totp:{factor.username}")
    drift, digits, period = policy.totp_drift_steps, policy.totp_digits, policy.totp_step
    step = totp.matching_step(secret, compact(code), at, drift=drift, digits=digits, period=period)
    if step is None:
        return False
    sql = "UPDATE second_factors SET last_step = ? WHERE username = ? AND last_step < ?"
    return await change(db, sql, step, factor.username, step) > 0
