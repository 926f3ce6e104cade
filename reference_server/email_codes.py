"""One-time codes sent by email: bound to a session and a purpose, valid for less than ten minutes, used once."""

from __future__ import annotations

import secrets
from typing import Literal, TypeAlias

import aiosqlite

from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.store import change, fetch
from reference_server.vault import Vault

Purpose: TypeAlias = Literal["setup", "sign-in"]


@seam
def new_code(digits: int) -> str:
    """Return a random code of this many decimal digits, leading zeros included."""
    return f"{secrets.randbelow(10**digits):0{digits}d}"


@seam
async def remember(
    db: aiosqlite.Connection, vault: Vault, session_id: int, purpose: Purpose, code: str, at: float
) -> None:
    """Make this the only code of the session for the purpose; one that was sent before is dead."""
    sql = """INSERT INTO email_codes (session_id, purpose, code_digest, issued_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (session_id, purpose)
             DO UPDATE SET code_digest = excluded.code_digest, issued_at = excluded.issued_at"""
    await change(db, sql, session_id, purpose, vault.digest(code, _binding(session_id, purpose)), at)


async def forget(db: aiosqlite.Connection, session_id: int) -> None:
    """Kill every code of a session."""
    await change(db, "DELETE FROM email_codes WHERE session_id = ?", session_id)


@seam
async def use(
    db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, code: str, at: float
) -> bool:
    """Accept a code once: True when it is the live code of this session and purpose, which then is gone."""
    sql = "SELECT code_digest, issued_at FROM email_codes WHERE session_id = ? AND purpose = ?"
    row = await fetch(db, sql, session_id, purpose)
    if row is None or not 0 <= at - row["issued_at"] < policy.email_code_life:
        return False
    if not vault.matches(code, _binding(session_id, purpose), row["code_digest"]):
        return False
    await forget(db, session_id)
    return True


def _binding(session_id: int, purpose: Purpose) -> str:
    return f"email:{session_id}:{purpose}"
