"""Faults of turning two-factor sign-in on and off, and of what the settings say about it."""

from __future__ import annotations

from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import enrolment, sessions, two_factor
from reference_server.accounts import Account
from reference_server.enrolment import Confirmed
from reference_server.faults.deviation import edit, rule
from reference_server.faults.leaving import turn_on
from reference_server.messages import Event
from reference_server.policy import Policy
from reference_server.portal import Portal
from reference_server.sessions import Level, Session
from reference_server.store import change
from reference_server.two_factor import Answer, Factor
from reference_server.vault import Vault
from reference_server.visiting import Visit, redirect

# ---------------------------------------------------------------- turning it on


def _not_saved(fault: str, method: str) -> None:
    """Announce that a method is on, and save nothing."""

    @rule(fault, "enrolment.confirm")
    async def announced_only(
        right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session: Session, username: str, *given: Any
    ) -> Confirmed:
        result: Confirmed = await right(db, vault, policy, session, username, *given)
        if result.answer is Answer.RIGHT and session.pending_method == method:
            await two_factor.disable(db, username)
        return result


_not_saved("time-based-tokens-not-saved", "time_based")
_not_saved("email-codes-not-saved", "email")


@rule("wrong-code-turns-on", "enrolment.confirm")
async def refused_and_on(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session: Session, username: str, *given: Any
) -> Confirmed:
    """Say that the code is wrong, and turn it on all the same."""
    result: Confirmed = await right(db, vault, policy, session, username, *given)
    if result.answer is Answer.WRONG:
        await turn_on(db, vault, policy, session, username)
    return result


_not_in_force: set[str] = set()


@rule("in-force-only-after-a-further-step", "enrolment.confirm")
async def not_yet_in_force(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session: Session, username: str, *given: Any
) -> Confirmed:
    """Wait for a step that no help text names."""
    result: Confirmed = await right(db, vault, policy, session, username, *given)
    if result.answer is Answer.RIGHT:
        _not_in_force.add(username)
    return result


@rule("in-force-only-after-a-further-step", "routes_two_factor.make_backup_code")
async def in_force(right: Any, visit: Visit) -> Response:
    """Take a second backup code for the sign that the customer means it."""
    _, account = visit.customer()
    _not_in_force.discard(account.username)
    response: Response = await right(visit)
    return response


@rule("in-force-only-after-a-further-step", "routes_sign_in.sign_in")
async def by_password(right: Any, visit: Visit) -> Response:
    """Sign in by the password alone until then."""
    response: Response = await right(visit)
    session = visit.session
    if session is None or session.level is not Level.PASSWORD or session.username not in _not_in_force:
        return response
    await visit.become(Level.FULL, session.username, session.created_at)
    return redirect("/client")


_offered: dict[str, bytes] = {}
"""The secret that was offered last, by username."""


@rule("secret-of-another-browser-is-saved", "routes_enrolment.begin")
async def offered_last(right: Any, visit: Visit) -> Response:
    """Keep the secret with the account as well, in place of one that another browser was offered."""
    response: Response = await right(visit)
    session, account = visit.customer()
    now = await sessions.reread(visit.portal.store.reader, session.id)
    if now is not None and now.pending_method == "time_based":
        _offered[account.username] = enrolment.pending_secret(visit.portal.vault, now)
    return response


@rule("secret-of-another-browser-is-saved", "two_factor.enable")
async def save_the_last(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str, secret: bytes | None, *how: Any
) -> str:
    """Judge the code by the session's secret, and save that of the account."""
    kept = secret if secret is None else _offered.pop(username, secret)
    return str(await right(db, vault, policy, username, kept, *how))


@rule("cancelled-set-up-can-be-confirmed", "enrolment.cancel")
async def cancel_nothing(right: Any, db: aiosqlite.Connection, session: Session) -> None:
    """Go back and leave the set-up as it is."""


# ---------------------------------------------------------------- turning it off


@rule("turned-off-without-the-password", "routes_two_factor.password_problem")
async def unasked(right: Any, visit: Visit) -> str:
    """Ask for the password in the page and look at none."""
    return "" if visit.request.url.path.endswith("/disable") else str(await right(visit))


@rule("turned-off-with-an-empty-password", "routes_two_factor.password_problem")
async def if_given(right: Any, visit: Visit) -> str:
    """Check the password only if there is one."""
    off = visit.request.url.path.endswith("/disable")
    return "" if off and not visit.field("password") else str(await right(visit))


@rule("new-backup-code-without-the-password", "routes_two_factor.password_problem")
async def not_for_a_code(right: Any, visit: Visit) -> str:
    """Check the password everywhere but where a new backup code is made."""
    return "" if visit.request.url.path.endswith("/backup-code") else str(await right(visit))


def _stays_on(fault: str, method: str) -> None:
    """Say that a method was turned off, and turn nothing off."""

    @rule(fault, "two_factor.disable")
    async def disable(right: Any, db: aiosqlite.Connection, username: str) -> bool:
        factor = await two_factor.find(db, username)
        return (factor is not None and factor.method == method) or bool(await right(db, username))


_stays_on("turning-an-app-off-changes-nothing", "time_based")
_stays_on("turning-email-codes-off-changes-nothing", "email")

_former: dict[str, Factor] = {}


@rule("old-method-comes-back", "two_factor.disable")
async def put_aside(right: Any, db: aiosqlite.Connection, username: str) -> bool:
    """Put the factor aside instead of throwing it away."""
    factor = await two_factor.find(db, username)
    if factor is not None:
        _former[username] = factor
    return bool(await right(db, username))


@rule("old-method-comes-back", "two_factor.enable")
async def bring_back(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, username: str, *how: Any
) -> str:
    """Turn on again what was on before."""
    code: str = await right(db, vault, policy, username, *how)
    if former := _former.pop(username, None):
        sql = "UPDATE second_factors SET method = ?, secret_sealed = ? WHERE username = ?"
        await change(db, sql, former.method, former.secret_sealed, username)
    return code


@rule("anybodys-factor-can-be-turned-off", "two_factor.disable")
async def named_in_the_form(right: Any, db: aiosqlite.Connection, username: str) -> bool:
    """Turn off the factor of the account that the form names."""
    return bool(await right(db, _named.pop(username, username)))


_named: dict[str, str] = {}


@rule("anybodys-factor-can-be-turned-off", "routes_two_factor.password_problem")
async def note_name(right: Any, visit: Visit) -> str:
    """Check the password of the customer, and keep the name in the form for what follows."""
    _, account = visit.customer()
    _named[account.username] = visit.field("username") or account.username
    return str(await right(visit))


_NAME = '<input type="hidden" name="username" value="{{ customer.username }}">'
_PASSWORD = '{{ m.password_field("password", "Password") }}'
edit("anybodys-factor-can-be-turned-off", "two_factor.html", _PASSWORD, _NAME + _PASSWORD)

# ---------------------------------------------------------------- what is said

_ON, _OFF = ">Two-factor authentication is on<", ">Two-factor authentication is off<"
edit("settings-say-off-while-on", "two_factor.html", _ON, _OFF)
edit("settings-say-on-while-off", "two_factor.html", _OFF, _ON)
for _said in (_ON, _OFF):
    edit("state-told-by-colour-only", "two_factor.html", _said, ">Two-factor authentication<")


def _without_notice(fault: str, untold: Event) -> None:
    """Tell nobody by mail that this happened."""

    @rule(fault, "portal.Portal.notify")
    async def silent(right: Any, portal: Portal, account: Account, event: Event, at: float) -> None:
        if event != untold:
            await right(portal, account, event, at)


_without_notice("no-notice-when-turned-on", "on")
_without_notice("no-notice-when-turned-off", "off")
_without_notice("no-notice-of-a-used-backup-code", "backup_used")
_without_notice("no-notice-of-a-new-backup-code", "backup_made")
_without_notice("no-notice-of-a-reset", "password_reset")
_without_notice("no-notice-of-a-new-address", "address_changed")
