"""From "Get Started" to "on": a secret that lives in one session until a right code proves that the customer has it."""

from __future__ import annotations

from dataclasses import dataclass

import aiosqlite

from reference_server import email_codes, sessions, totp, two_factor
from reference_server.policy import Policy
from reference_server.seams import seam
from reference_server.sessions import Session
from reference_server.two_factor import Answer
from reference_server.vault import Vault


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of a confirmation; the backup code is there when it was right."""

    answer: Answer
    backup_code: str = ""


@seam
async def begin_time_based(db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, at: float) -> None:
    """Keep a fresh secret in the session, in place of one that was offered before."""
    secret = totp.new_secret(policy.totp_secret_bytes)
    await sessions.set_pending(db, session_id, "time_based", vault.seal(secret, f"pending:{session_id}"), at)


@seam
async def cancel(db: aiosqlite.Connection, session: Session) -> None:
    """Forget an enrolment that was begun; its secret or code can no longer be confirmed."""
    if session.pending_method is not None:
        await sessions.set_pending(db, session.id, None, None, 0)
        await email_codes.forget(db, session.id)


def is_pending(policy: Policy, session: Session, method: str, at: float) -> bool:
    """Tell whether this session has an enrolment of this method that can still be confirmed."""
    return session.pending_method == method and at - session.pending_at < policy.enrolment_life


def pending_secret(vault: Vault, session: Session) -> bytes:
    """Return the secret that was offered in this session."""
    assert session.pending_sealed is not None
    return vault.open(session.pending_sealed, f"pending:{session.id}")


@seam
async def confirm(
    db: aiosqlite.Connection, vault: Vault, policy: Policy, session: Session, username: str, code: str, at: float
) -> Confirmed:
    """Switch two-factor authentication on if the code is right; the pending secret stays after a wrong one."""
    secret = pending_secret(vault, session) if session.pending_method == "time_based" else None
    step = -1

    async def right() -> bool:
        nonlocal step
        if secret is None:
            return await email_codes.use(db, vault, policy, session.id, "setup", two_factor.compact(code), at)
        found = _step_of(policy, secret, code, at)
        step = -1 if found is None else found
        return found is not None

    answer = await two_factor.judged(db, policy, username, at, right)
    if answer is not Answer.RIGHT:
        return Confirmed(answer)
    backup_code = await two_factor.enable(db, vault, policy, username, secret, step, at)
    await sessions.set_pending(db, session.id, None, None, 0)
    await sessions.end_others(db, username, keep=session.id)
    return Confirmed(answer, backup_code)


@seam
def _step_of(policy: Policy, secret: bytes, code: str, at: float) -> int | None:
    drift, digits, period = policy.totp_drift_steps, policy.totp_digits, policy.totp_step
    return totp.matching_step(secret, two_factor.compact(code), at, drift=drift, digits=digits, period=period)
