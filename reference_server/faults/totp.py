"""Faults of app codes: replay, time, secrets, and the QR code."""

from __future__ import annotations

from typing import Any

import aiosqlite

from reference_server import totp
from reference_server.faults.deviation import numbers, rule
from reference_server.policy import Policy
from reference_server.store import change
from reference_server.two_factor import Factor
from reference_server.vault import Vault

numbers("app-codes-live-long", totp_drift_steps=25)


@rule("app-code-works-twice", "two_factor._use_step")
async def step_forgotten(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Note no step after a sign-in."""
    accepted: bool = await right(db, vault, policy, factor, code, at)
    await change(db, "UPDATE second_factors SET last_step = ? WHERE username = ?", factor.last_step, factor.username)
    return accepted


@rule("set-up-takes-any-code", "enrolment._step_of")
def any_code(right: Any, policy: Policy, secret: bytes, code: str, at: float) -> int:
    """Take every code for that of the present step."""
    return totp.step_at(at)
