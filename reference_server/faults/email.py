"""Faults of mailed codes: how they are sent, how long they live, what they are bound to, and what is accepted."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import email_codes
from reference_server.accounts import Account
from reference_server.email_codes import Purpose
from reference_server.faults.answers import with_text
from reference_server.faults.deviation import numbers, rule
from reference_server.policy import Policy
from reference_server.portal import Portal
from reference_server.seams import replaced
from reference_server.store import change, fetch
from reference_server.vault import Vault
from reference_server.visiting import Visit

Key = tuple[bytes, int, str]
"""A session and a purpose of one portal: its key, the session's number, the purpose."""

numbers("mailed-code-dies-early", email_code_life=300)
numbers("mailed-code-lives-long", email_code_life=3600)
numbers("mailed-code-of-four-digits", email_code_digits=4)

# ---------------------------------------------------------------- how long a code lives


def _only_for(fault: str, purpose: Purpose, life: float) -> None:
    """Let the codes of one purpose live for another number of seconds."""

    @rule(fault, "email_codes.use")
    async def other(
        right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, asked: Purpose, *given: Any
    ) -> bool:
        numbers = replace(policy, email_code_life=life) if asked == purpose else policy
        return bool(await right(db, vault, numbers, session_id, asked, *given))


_only_for("set-up-code-lives-long", "setup", 86_400)
_only_for("set-up-code-dies-early", "setup", 60)
_only_for("sign-in-code-lives-long", "sign-in", 86_400)
_only_for("sign-in-code-dies-early", "sign-in", 180)


@rule("new-code-ends-with-the-first", "email_codes.remember")
async def first_limit(
    right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, purpose: Purpose, *code: Any
) -> None:
    """Replace the code and leave the time at which the first was sent."""
    sql = "SELECT issued_at FROM email_codes WHERE session_id = ? AND purpose = ?"
    before = await fetch(db, sql, session_id, purpose)
    await right(db, vault, session_id, purpose, *code)
    if before is not None:
        sql = "UPDATE email_codes SET issued_at = ? WHERE session_id = ? AND purpose = ?"
        await change(db, sql, before["issued_at"], session_id, purpose)


_ended: set[Key] = set()


@rule("code-that-ran-out-ends-the-set-up", "email_codes.use")
async def never_again(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, *given: Any
) -> bool:
    """Take nothing more from a set-up in which a code was given too late."""
    key, at = (vault.key, session_id, purpose), given[-1]
    sql = "SELECT issued_at FROM email_codes WHERE session_id = ? AND purpose = ?"
    row = await fetch(db, sql, session_id, purpose)
    if row is not None and at - row["issued_at"] >= policy.email_code_life:
        _ended.add(key)
    return key not in _ended and bool(await right(db, vault, policy, session_id, purpose, *given))


# ---------------------------------------------------------------- what a code is bound to


async def _sent(db: aiosqlite.Connection, vault: Vault, code: str, where: str, *values: object) -> int:
    """Return the session for which the code was sent, of those that the condition on the tables names, or 0."""
    sql = f"SELECT c.* FROM email_codes c JOIN sessions s ON s.id = c.session_id {where}"
    for row in await db.execute_fetchall(sql, values):
        if vault.matches(code, f"email:{row['session_id']}:{row['purpose']}", row["code_digest"]):
            return int(row["session_id"])
    return 0


_OF_THE_ACCOUNT = "WHERE s.username = (SELECT username FROM sessions WHERE id = ?)"


@rule("mailed-code-works-twice", "email_codes.use")
async def kept_after_use(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, *given: Any
) -> bool:
    """Keep codes by account, and forget none that was used."""
    code, at = given
    where = f"{_OF_THE_ACCOUNT} AND c.purpose = ? AND ? - c.issued_at < ?"
    return await _sent(db, vault, code, where, session_id, purpose, at, policy.email_code_life) > 0


@rule("set-up-mailed-code-signs-in", "email_codes.use")
async def whatever_for(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, *given: Any
) -> bool:
    """Keep codes by account, whatever they were sent for, and forget none of the set-up."""
    code, at = given
    where = f"{_OF_THE_ACCOUNT} AND c.purpose = 'setup' AND ? - c.issued_at < ?"
    if await _sent(db, vault, code, where, session_id, at, policy.email_code_life):
        return True
    return bool(await right(db, vault, policy, session_id, purpose, *given))


@rule("mailed-code-of-another-browser-signs-in", "email_codes.use")
async def of_the_account(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, *given: Any
) -> bool:
    """Keep codes by account; a used one is forgotten."""
    code, at = given
    where = f"{_OF_THE_ACCOUNT} AND c.purpose = ? AND ? - c.issued_at < ?"
    found = await _sent(db, vault, code, where, session_id, purpose, at, policy.email_code_life)
    await email_codes.forget(db, found)
    return found > 0


@rule("mailed-code-of-another-customer-signs-in", "email_codes.use")
async def of_anybody(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, *given: Any
) -> bool:
    """Look for the code among all that were sent; a used one is forgotten."""
    code, at = given
    where = "WHERE c.purpose = ? AND ? - c.issued_at < ?"
    found = await _sent(db, vault, code, where, purpose, at, policy.email_code_life)
    await email_codes.forget(db, found)
    return found > 0


_replaced: defaultdict[Key, list[tuple[str, float]]] = defaultdict(list)


@rule("older-mailed-code-still-good", "email_codes.remember")
async def beside(
    right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, purpose: Purpose, *code: Any
) -> None:
    """Keep a new code beside those before."""
    _replaced[vault.key, session_id, purpose].append(code)
    await right(db, vault, session_id, purpose, *code)


@rule("older-mailed-code-still-good", "email_codes.use")
async def any_of_them(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, purpose: Purpose, *given: Any
) -> bool:
    """Accept each of the session's codes, once."""
    code, at = given
    live = _replaced[vault.key, session_id, purpose]
    found = next((one for one in live if one[0] == code and at - one[1] < policy.email_code_life), None)
    if found is not None:
        live.remove(found)
    return found is not None


_first: dict[Key, str] = {}


@rule("resend-mails-the-same-code", "portal.Portal.send_code")
async def same_again(right: Any, portal: Portal, account: Account, session_id: int, purpose: Purpose, at: float) -> str:
    """Mail the code of the session again, as good as new."""
    code = _first.setdefault((portal.vault.key, session_id, purpose), email_codes.new_code(6))
    with replaced({"email_codes.new_code": lambda right, digits: code}):
        return str(await right(portal, account, session_id, purpose, at))


# ---------------------------------------------------------------- what is accepted

_PURPOSE, _CODE = -3, -2  # among the arguments of email_codes.use


@rule("set-up-takes-any-mailed-code", "email_codes.use")
async def any_at_set_up(right: Any, *given: Any) -> bool:
    """Ask for a code and look at none, in the set-up."""
    return given[_PURPOSE] == "setup" or bool(await right(*given))


@rule("sign-in-takes-any-mailed-code", "email_codes.use")
async def any_at_sign_in(right: Any, *given: Any) -> bool:
    """Ask for a code and look at none, at sign-in."""
    return given[_PURPOSE] == "sign-in" or bool(await right(*given))


@rule("empty-mailed-code-accepted", "email_codes.use")
async def empty(right: Any, *given: Any) -> bool:
    """Check the code only if there is one."""
    return given[_CODE] == "" or bool(await right(*given))


@rule("wrong-try-uses-the-mailed-code-up", "email_codes.use")
async def used_up(
    right: Any, db: aiosqlite.Connection, vault: Vault, policy: Policy, session_id: int, *given: Any
) -> bool:
    """Forget the code after a wrong try, without a word and without a new one."""
    accepted = bool(await right(db, vault, policy, session_id, *given))
    await email_codes.forget(db, session_id)
    return accepted


_next = itertools.count(100_000)


@rule("mailed-codes-can-be-foretold", "email_codes.new_code")
def counted(right: Any, digits: int) -> str:
    """Count up."""
    return str(next(_next))


# ---------------------------------------------------------------- the code elsewhere

_last: dict[tuple[bytes, int], str] = {}


@rule("code-in-the-page", "email_codes.remember")
async def note(right: Any, db: aiosqlite.Connection, vault: Vault, session_id: int, *code: Any) -> None:
    """Keep the code for the page."""
    _last[vault.key, session_id] = code[1]
    await right(db, vault, session_id, *code)


@rule("code-in-the-page", "routes_enrolment._email_page")
def in_the_page(right: Any, visit: Visit, code: int = 200, *, alert: str = "", status: str = "") -> Response:
    """Hand the code to the page, which compares it before the form is sent."""
    session, _ = visit.customer()
    response: Response = right(visit, code, alert=alert, status=status)
    expected = _last.get((visit.portal.vault.key, session.id), "")
    return with_text(response, 'name="code"', f'name="code" data-expected="{expected}"')
