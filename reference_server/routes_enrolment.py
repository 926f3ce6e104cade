"""Switching two-factor authentication on: choose a method, prove that it works, get the backup code."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from reference_server import enrolment, qr, sessions, totp, two_factor
from reference_server.portal import MAIL_FAILED
from reference_server.reveal import keep_backup_code
from reference_server.routes_challenge import TOO_MANY_CODES, WRONG_EMAIL_CODE
from reference_server.routes_two_factor import SETTINGS
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.two_factor import Answer
from reference_server.visiting import Handler, Visit, page_for, redirect

WRONG_APP_CODE = "That code is not right. Enter the code that your app shows now."


@seam
async def choose(visit: Visit) -> Response:
    """Offer the two methods."""
    return visit.page("choose.html")


@seam
async def begin(visit: Visit) -> Response:
    """Begin with the chosen method: a fresh secret, or a code by mail."""
    session, account = visit.customer()
    portal, method = visit.portal, visit.field("method")
    if method not in two_factor.METHODS:
        return visit.page("choose.html", 422, alert="Choose a method first.")
    if method == "email":
        problem = await portal.send_code(account, session.id, "setup", visit.at)
        if problem:
            return visit.page("choose.html", _status_of(problem), alert=problem)
    async with portal.store.write() as db:
        if method == "time_based":
            await enrolment.begin_time_based(db, portal.vault, portal.policy, session.id, visit.at)
        else:
            await sessions.set_pending(db, session.id, "email", None, visit.at)
    return redirect(f"{SETTINGS}/{_page_of(method)}")


async def time_based(visit: Visit) -> Response:
    """Show the secret as a QR code and as text; a reload shows the same one."""
    return _time_based_page(visit)


async def confirm_time_based(visit: Visit) -> Response:
    """Switch it on if the code shows that the app holds the secret."""
    return await _confirm(visit)


async def email(visit: Visit) -> Response:
    """Ask for the code that was mailed."""
    return _email_page(visit)


async def confirm_email(visit: Visit) -> Response:
    """Switch it on if the code is the one that was mailed."""
    return await _confirm(visit)


async def resend(visit: Visit) -> Response:
    """Mail a new code, which ends the one before."""
    session, account = visit.customer()
    problem = await visit.portal.send_code(account, session.id, "setup", visit.at)
    if problem:
        return _email_page(visit, _status_of(problem), alert=problem)
    return _email_page(visit, status="We sent a new code. The one before no longer works.")


async def _confirm(visit: Visit) -> Response:
    session, account = visit.customer()
    portal, at = visit.portal, visit.at
    async with portal.store.write() as db:
        now = await sessions.reread(db, session.id)
        if now is None or now.pending_method is None or await two_factor.find(db, account.username) is not None:
            return redirect(SETTINGS)
        code, username = visit.field("code"), account.username
        result = await enrolment.confirm(db, portal.vault, portal.policy, now, username, code, at)
        if result.answer is Answer.RIGHT:
            await keep_backup_code(db, portal.vault, session.id, "enabled", result.backup_code)
            visit.token = await sessions.renew(db, session.id, Level.FULL, at)
    if result.answer is not Answer.RIGHT:
        return _refused(visit, locked=result.answer is Answer.LOCKED)
    await portal.notify(account, "on", at)
    return redirect(f"{SETTINGS}/enabled")


def _refused(visit: Visit, *, locked: bool) -> Response:
    session, _ = visit.customer()
    status = 429 if locked else 422
    if session.pending_method == "email":
        return _email_page(visit, status, alert=TOO_MANY_CODES if locked else WRONG_EMAIL_CODE)
    return _time_based_page(visit, status, alert=TOO_MANY_CODES if locked else WRONG_APP_CODE)


@seam
def _time_based_page(visit: Visit, status: int = 200, *, alert: str = "") -> Response:
    session, account = visit.customer()
    secret = enrolment.pending_secret(visit.portal.vault, session)
    uri = totp.provisioning_uri(secret, account.email, visit.portal.policy.product)
    key = totp.in_groups(totp.as_base32(secret))
    return visit.page("time_based.html", status, picture=qr.picture(uri), key=key, alert=alert)


@seam
def _email_page(visit: Visit, code: int = 200, *, alert: str = "", status: str = "") -> Response:
    _, account = visit.customer()
    return visit.page("email.html", code, masked=account.masked_email, alert=alert, status=status)


def _status_of(problem: str) -> int:
    return 503 if problem == MAIL_FAILED else 429


def _page_of(method: str) -> str:
    return "email" if method == "email" else "time-based"


def _only_while_off(handler: Handler, pending: str | None = None) -> Handler:
    """Keep a page to accounts whose two-factor authentication is off and, if told, whose enrolment has begun."""

    async def guarded(visit: Visit) -> Response:
        session, account = visit.customer()
        if await two_factor.find(visit.portal.store.reader, account.username) is not None:
            return redirect(SETTINGS)
        if pending and not enrolment.is_pending(visit.portal.policy, session, pending, visit.at):
            return redirect(f"{SETTINGS}/choose")
        return await handler(visit)

    return guarded


def _route(path: str, method: str, handler: Handler, pending: str | None = None) -> Route:
    endpoint = page_for(Level.FULL, _only_while_off(handler, pending))
    return Route(f"{SETTINGS}/{path}", endpoint, methods=[method])


ROUTES = [
    _route("choose", "GET", choose),
    _route("choose", "POST", begin),
    _route("time-based", "GET", time_based, "time_based"),
    _route("time-based", "POST", confirm_time_based, "time_based"),
    _route("email", "GET", email, "email"),
    _route("email", "POST", confirm_email, "email"),
    _route("email/resend", "POST", resend, "email"),
]
