"""The second step of signing in: a code from the app or the mail, or the backup code."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from reference_server import sessions, two_factor
from reference_server.portal import MAIL_FAILED
from reference_server.reveal import keep_backup_code
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.two_factor import Answer, Factor
from reference_server.visiting import Visit, page_for, redirect

WRONG_APP_CODE = "That code is not right."
WRONG_EMAIL_CODE = "That code is not right or has expired."
WRONG_BACKUP_CODE = "That backup code is not right."
TOO_MANY_CODES = "Too many wrong codes. Try again in 15 minutes."


async def challenge(visit: Visit) -> Response:
    """Ask for the code."""
    return await _challenge_page(visit, alert=await visit.take_notice())


@seam
async def verify(visit: Visit) -> Response:
    """Judge the code and complete the sign-in in one transaction."""
    session, account = visit.customer()
    portal = visit.portal
    async with portal.store.write() as db:
        factor = await two_factor.find(db, account.username)
        if factor is None:
            return redirect("/sign-in")
        code = visit.field("code")
        answer = await two_factor.check_code(db, portal.vault, portal.policy, factor, session.id, code, visit.at)
        if answer is Answer.RIGHT:
            visit.token = await sessions.renew(db, session.id, Level.FULL, visit.at)
            return redirect(session.next_path or "/client")
    wrong = WRONG_EMAIL_CODE if factor.method == "email" else WRONG_APP_CODE
    return await _challenge_page(visit, alert=wrong, answer=answer)


async def resend(visit: Visit) -> Response:
    """Send a new code, which ends the one before."""
    session, account = visit.customer()
    factor = await two_factor.find(visit.portal.store.reader, account.username)
    if factor is None or factor.method != "email":
        return redirect("/sign-in/challenge")
    problem = await visit.portal.send_code(account, session.id, "sign-in", visit.at)
    if problem:
        return await _challenge_page(visit, alert=problem, code=503 if problem == MAIL_FAILED else 429)
    return await _challenge_page(visit, status="We sent a new code. The one before no longer works.")


async def backup(visit: Visit) -> Response:
    """Ask for the backup code."""
    return visit.page("backup_sign_in.html")


@seam
async def use_backup(visit: Visit) -> Response:
    """Judge the backup code, replace it, and complete the sign-in in one transaction."""
    session, account = visit.customer()
    portal, at = visit.portal, visit.at
    async with portal.store.write() as db:
        factor = await two_factor.find(db, account.username)
        if factor is None:
            return redirect("/sign-in")
        answer = await two_factor.check_backup_code(db, portal.vault, portal.policy, factor, visit.field("code"), at)
        if answer is Answer.RIGHT:
            new = await two_factor.replace_backup_code(db, portal.vault, portal.policy, account.username)
            await keep_backup_code(db, portal.vault, session.id, "used", new)
            visit.token = await sessions.renew(db, session.id, Level.FULL, at)
    if answer is not Answer.RIGHT:
        locked = answer is Answer.LOCKED
        alert = TOO_MANY_CODES if locked else WRONG_BACKUP_CODE
        return visit.page("backup_sign_in.html", 429 if locked else 422, alert=alert)
    await portal.notify(account, "backup_used", at)
    return redirect("/client/security/two-factor/new-backup-code")


@seam
async def _challenge_page(
    visit: Visit, *, alert: str = "", status: str = "", answer: Answer = Answer.WRONG, code: int = 0
) -> Response:
    _, account = visit.customer()
    factor: Factor | None = await two_factor.find(visit.portal.store.reader, account.username)
    if factor is None:
        return redirect("/sign-in")
    locked = answer is Answer.LOCKED
    number = code or (429 if locked else 422 if alert and visit.request.method == "POST" else 200)
    values = {"alert": TOO_MANY_CODES if locked else alert, "status": status}
    return visit.page("challenge.html", number, method=factor.method, masked=account.masked_email, **values)


ROUTES = [
    Route("/sign-in/challenge", page_for(Level.PASSWORD, challenge), methods=["GET"]),
    Route("/sign-in/challenge", page_for(Level.PASSWORD, verify), methods=["POST"]),
    Route("/sign-in/challenge/resend", page_for(Level.PASSWORD, resend), methods=["POST"]),
    Route("/sign-in/backup", page_for(Level.PASSWORD, backup), methods=["GET"]),
    Route("/sign-in/backup", page_for(Level.PASSWORD, use_backup), methods=["POST"]),
]
