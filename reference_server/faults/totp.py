"""Faults of app codes: which are accepted, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import sessions, totp, two_factor
from reference_server.clock import passing
from reference_server.faults.deviation import numbers, rule
from reference_server.policy import Policy
from reference_server.sessions import Level
from reference_server.store import change
from reference_server.two_factor import Factor
from reference_server.vault import Vault
from reference_server.visiting import Visit, redirect

_STEPS_IN_TEN_MINUTES = 20
_FOUR_MINUTES = 8
"""Steps, likewise."""
_OTHERS_TURN = 0.5
"""Seconds between the look at a code and the note that it was used."""
_LAST_SECOND_OF_32_BITS = 2**31 - 1

numbers("app-codes-live-long", totp_drift_steps=25)
numbers("app-window-of-four-minutes", totp_drift_steps=_FOUR_MINUTES)


@rule("sign-in-window-of-four-minutes", "two_factor._use_step")
async def wide_at_sign_in(right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, *given: Any) -> bool:
    """Have a number of its own for how far the clock of a phone may be off."""
    return bool(await right(db, vault, replace(policy, totp_drift_steps=_FOUR_MINUTES), *given))


@rule("app-codes-of-the-future", "totp.matching_step")
def future(right: Any, secret: bytes, code: str, at: float, **options: Any) -> int | None:
    """Look for the code in the next ten minutes."""
    times = (at + 30 * ahead for ahead in range(_STEPS_IN_TEN_MINUTES + 1))
    return next((step for time in times if (step := right(secret, code, time, **options)) is not None), None)


@rule("app-codes-of-the-past", "totp.matching_step")
def past(right: Any, secret: bytes, code: str, at: float, **options: Any) -> int | None:
    """Look for the code in the last ten minutes."""
    times = (at - 30 * ago for ago in range(_STEPS_IN_TEN_MINUTES + 1))
    return next((step for time in times if (step := right(secret, code, time, **options)) is not None), None)


@rule("server-clock-five-minutes-slow", "totp.matching_step")
def slow_clock(right: Any, secret: bytes, code: str, at: float, **options: Any) -> int | None:
    """Take the time from a clock that nobody sets."""
    step: int | None = right(secret, code, at - 300, **options)
    return step


@rule("app-codes-end-in-2038", "totp.matching_step")
def until_2038(right: Any, secret: bytes, code: str, at: float, **options: Any) -> int | None:
    """Count seconds in a signed number of 32 bits."""
    return right(secret, code, at, **options) if at <= _LAST_SECOND_OF_32_BITS else None


@rule("app-code-works-twice", "two_factor._use_step")
async def step_forgotten(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Note no step after a sign-in."""
    accepted: bool = await right(db, vault, policy, factor, code, at)
    await change(db, "UPDATE second_factors SET last_step = ? WHERE username = ?", factor.last_step, factor.username)
    return accepted


@rule("used-app-code-works-with-a-space", "two_factor._use_step")
async def known_as_typed(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Look a code up among the used ones before its spaces are taken out."""
    if code == two_factor.compact(code):
        return bool(await right(db, vault, policy, factor, code, at))
    assert factor.secret_sealed is not None
    secret = vault.open(factor.secret_sealed, f"totp:{factor.username}")
    return totp.matching_step(secret, two_factor.compact(code), at) is not None


@rule("set-up-app-code-signs-in", "two_factor.enable")
async def step_not_passed_on(right: Any, *given: Any) -> str:
    """Begin to note steps at the first sign-in only."""
    *first, _, at = given
    return str(await right(*first, -1, at))


@rule("app-code-with-spaces-refused", "two_factor.compact")
def as_typed(right: Any, code: str) -> str:
    """Judge a code with the space that apps show in it."""
    return code


@rule("set-up-takes-any-code", "enrolment._step_of")
def any_code(right: Any, policy: Policy, secret: bytes, code: str, at: float) -> int:
    """Take every code for that of the present step."""
    return totp.step_at(at)


@rule("set-up-takes-an-empty-code", "enrolment._step_of")
def empty_code(right: Any, policy: Policy, secret: bytes, code: str, at: float) -> int | None:
    """Check the code only if there is one."""
    return right(policy, secret, code, at) if code.strip() else totp.step_at(at)


@rule("set-up-takes-letters", "enrolment._step_of")
def letters(right: Any, policy: Policy, secret: bytes, code: str, at: float) -> int | None:
    """Go on as if all was well when the code cannot be read as a number."""
    return totp.step_at(at) if code.strip().isalpha() else right(policy, secret, code, at)


@rule("set-up-takes-longer-codes", "enrolment._step_of")
def longer(right: Any, policy: Policy, secret: bytes, code: str, at: float) -> int | None:
    """Look at the first six digits only."""
    step: int | None = right(policy, secret, two_factor.compact(code)[: policy.totp_digits], at)
    return step


@rule("set-up-takes-shorter-codes", "enrolment._step_of")
def shorter(right: Any, policy: Policy, secret: bytes, code: str, at: float) -> int | None:
    """Compare as many digits as were given."""
    given, present = two_factor.compact(code), totp.step_at(at)
    steps = range(present - 1, present + 2)
    return next((step for step in steps if given and totp.code_of_step(secret, step).startswith(given)), None)


@rule("sign-in-takes-any-app-code", "two_factor._use_step")
async def any_at_sign_in(right: Any, *given: Any) -> bool:
    """Ask for a code and look at none."""
    return True


@rule("sign-in-takes-an-empty-app-code", "two_factor._use_step")
async def empty_at_sign_in(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Check the code only if there is one."""
    return not code.strip() or bool(await right(db, vault, policy, factor, code, at))


@rule("sign-in-takes-letters", "two_factor._use_step")
async def letters_at_sign_in(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Go on as if all was well when the code cannot be read as a number."""
    return code.strip().isalpha() or bool(await right(db, vault, policy, factor, code, at))


@rule("app-code-of-another-customer-signs-in", "two_factor._use_step")
async def anybodys_app(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, factor: Factor, code: str, at: float
) -> bool:
    """Look the code up among those of all customers."""
    if await right(db, vault, policy, factor, code, at):
        return True
    rows = await db.execute_fetchall("SELECT username, secret_sealed FROM second_factors WHERE secret_sealed NOT NULL")
    secrets = [vault.open(row["secret_sealed"], f"totp:{row['username']}") for row in rows]
    return any(totp.matching_step(secret, two_factor.compact(code), at) is not None for secret in secrets)


@rule("app-code-works-in-parallel", "routes_challenge.verify")
async def looked_at_before(right: Any, visit: Visit) -> Response:
    """Look whether the code was used, and note that it is only when others have had their turn."""
    session, account = visit.customer()
    portal, code = visit.portal, two_factor.compact(visit.field("code"))
    factor = await two_factor.find(portal.store.reader, account.username)
    if factor is None or factor.secret_sealed is None:
        response: Response = await right(visit)
        return response
    step = totp.matching_step(portal.vault.open(factor.secret_sealed, f"totp:{account.username}"), code, visit.at)
    if step is None or step <= factor.last_step:
        response = await right(visit)
        return response
    await passing(_OTHERS_TURN)
    async with portal.store.write() as db:
        await change(db, "UPDATE second_factors SET last_step = ? WHERE username = ?", step, account.username)
        visit.token = await sessions.renew(db, session.id, Level.FULL, visit.at)
    return redirect("/client")
