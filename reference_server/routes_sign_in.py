"""Signing in with a password, going on to the second factor, and signing out."""

from __future__ import annotations

import re

from starlette.responses import Response
from starlette.routing import Route

from reference_server import accounts, attempts, sessions, two_factor
from reference_server.accounts import Account
from reference_server.portal import Portal
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.visiting import Visit, page_for, redirect

WRONG_PASSWORD = "The email address or password is not right."
TOO_MANY_PASSWORDS = "Too many wrong passwords. Try again in 15 minutes."
_SAFE_NEXT = re.compile(r"/client(/[a-z0-9-]+)*")


async def form(visit: Visit) -> Response:
    """Show the sign-in form; a sign-in that waited for its second factor is given up."""
    if visit.level is Level.FULL:
        return redirect("/client")
    next_path = safe_next(visit.request.query_params.get("next", ""))
    notice = await visit.take_notice()
    if visit.session is None or visit.level is Level.PASSWORD:
        await visit.become(Level.ANONYMOUS, None, visit.portal.clock.now())
    return visit.page("sign_in.html", next_path=next_path, email="", status=notice)


@seam
async def sign_in(visit: Visit) -> Response:
    """Check the password, then open a session: full, or waiting for the second factor."""
    portal, wall = visit.portal, visit.portal.clock.now()
    email, next_path = accounts.normalise(visit.field("email")), safe_next(visit.field("next"))
    account, locked = await _checked_password(portal, email, visit.field("password"), wall)
    if account is None:
        alert = TOO_MANY_PASSWORDS if locked else WRONG_PASSWORD
        status = 429 if locked else 422
        return visit.page("sign_in.html", status, next_path=next_path, email=visit.field("email"), alert=alert)
    at = account.time(wall)
    factor = await two_factor.find(portal.store.reader, account.username)
    level = Level.FULL if factor is None else Level.PASSWORD
    session = await visit.become(level, account.username, at, next_path)
    if factor is None:
        return redirect(next_path or "/client")
    if factor.method == "email":
        problem = await portal.send_code(account, session.id, "sign-in", at)
        await keep_notice(portal, session.id, problem)
    return redirect("/sign-in/challenge")


async def sign_out(visit: Visit) -> Response:
    """End the session, whether full or waiting, and offer to sign in again."""
    session = await visit.become(Level.ANONYMOUS, None, visit.portal.clock.now())
    await keep_notice(visit.portal, session.id, "You are signed out.")
    return redirect("/sign-in")


@seam
def safe_next(path: str) -> str:
    """Return a path of the client area to go on to, or nothing for anything else, such as another site."""
    return path if _SAFE_NEXT.fullmatch(path) else ""


async def keep_notice(portal: Portal, session_id: int, notice: str) -> None:
    """Keep a sentence for the next page, if there is one."""
    if notice:
        async with portal.store.write() as db:
            await sessions.set_notice(db, session_id, notice)


@seam
async def _checked_password(portal: Portal, email: str, password: str, wall: float) -> tuple[Account | None, bool]:
    """Return the account if the password is right, and whether there were too many wrong ones for the address."""
    limit = attempts.passwords(portal.policy, email, "sign-in")
    if await attempts.locked(portal.store.reader, limit, wall):
        return None, True
    account = await accounts.find_by_address(portal.store.reader, email)
    right = await portal.passwords.check(account.password_hash if account else None, password)
    async with portal.store.write() as db:
        if not right:
            return None, await attempts.fail(db, limit, wall)
        await attempts.clear(db, limit)
    return account, False


ROUTES = [
    Route("/sign-in", page_for(None, form), methods=["GET"]),
    Route("/sign-in", page_for(None, sign_in), methods=["POST"]),
    Route("/sign-out", page_for(None, sign_out), methods=["POST"]),
]
