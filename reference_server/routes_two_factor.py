"""The two-factor settings: is it on, turning it off, and the backup code."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reference_server import attempts, enrolment, reveal, sessions, two_factor
from reference_server.routes_client import drop_shown_code
from reference_server.routes_sign_in import TOO_MANY_PASSWORDS
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.visiting import Visit, page_for, redirect

SETTINGS = "/client/security/two-factor"
WRONG_PASSWORD = "That password is not right."


@seam
async def settings(visit: Visit) -> Response:
    """Show whether it is on; an enrolment that was begun and left is forgotten."""
    session, _ = visit.customer()
    await drop_shown_code(visit)
    if session.pending_method is not None:
        async with visit.portal.store.write() as db:
            await enrolment.cancel(db, session)
    return await _settings_page(visit, status=await visit.take_notice())


async def disable(visit: Visit) -> Response:
    """Turn it off for whoever knows the password, and sign the account out everywhere else."""
    session, account = visit.customer()
    problem = await password_problem(visit)
    if problem:
        return await _settings_page(visit, alert=problem)
    async with visit.portal.store.write() as db:
        was_on = await two_factor.disable(db, account.username)
        if not was_on:
            return redirect(SETTINGS)
        await sessions.end_others(db, account.username, keep=session.id)
        visit.token = await sessions.renew(db, session.id, Level.FULL, visit.at)
        await sessions.set_notice(db, session.id, "Two-factor authentication was turned off.")
    await visit.portal.notify(account, "off", visit.at)
    return redirect(SETTINGS)


@seam
async def make_backup_code(visit: Visit) -> Response:
    """Make a new backup code for whoever knows the password, and show it once."""
    session, account = visit.customer()
    problem = await password_problem(visit)
    if problem:
        return await _settings_page(visit, alert=problem)
    portal = visit.portal
    async with portal.store.write() as db:
        if await two_factor.find(db, account.username) is None:
            return redirect(SETTINGS)
        code = await two_factor.replace_backup_code(db, portal.vault, portal.policy, account.username)
        await reveal.keep_backup_code(db, portal.vault, session.id, "made", code)
    await portal.notify(account, "backup_made", visit.at)
    return redirect(f"{SETTINGS}/new-backup-code")


async def enabled(visit: Visit) -> Response:
    """Say that it is on now and show the backup code, once."""
    return await _show_code(visit, "enabled.html", {"enabled"}, SETTINGS)


async def new_backup_code(visit: Visit) -> Response:
    """Show a backup code that takes the place of another, once."""
    return await _show_code(visit, "new_backup_code.html", {"used", "made"}, "/client")


async def download(visit: Visit) -> Response:
    """Give the shown backup code as a text file while its page is alive."""
    session, account = visit.customer()
    portal, ticket = visit.portal, visit.field("ticket")
    code = reveal.downloadable(portal.vault, portal.policy, session, ticket, visit.at)
    if code is None:
        text = "The page that showed the code is closed. You can generate a new code in the security settings."
        return visit.page("error.html", 410, title="That code is no longer shown", text=text)
    lines = f"Backup code for {portal.policy.product}\nAccount: {account.email}\n\n{code}\n\nIt works once.\n"
    name = 'attachment; filename="harbour-hosting-backup-code.txt"'
    return PlainTextResponse(lines, headers={"Content-Disposition": name})


async def _show_code(visit: Visit, template: str, kinds: set[str], otherwise: str) -> Response:
    session, _ = visit.customer()
    async with visit.portal.store.write() as db:
        shown = await reveal.show_once(db, visit.portal.vault, session.id, kinds, visit.at)
    return visit.page(template, shown=shown) if shown else redirect(otherwise)


@seam
async def password_problem(visit: Visit) -> str:
    """Return "" when the password in the form is right, else the sentence that says what is wrong."""
    _, account = visit.customer()
    portal, limit = visit.portal, attempts.passwords(visit.portal.policy, account.username, "confirm")
    if await attempts.locked(portal.store.reader, limit, visit.at):
        return TOO_MANY_PASSWORDS
    right = await portal.passwords.check(account.password_hash, visit.field("password"))
    async with portal.store.write() as db:
        if right:
            await attempts.clear(db, limit)
            return ""
        return TOO_MANY_PASSWORDS if await attempts.fail(db, limit, visit.at) else WRONG_PASSWORD


@seam
async def _settings_page(visit: Visit, *, alert: str = "", status: str = "") -> Response:
    _, account = visit.customer()
    factor = await two_factor.find(visit.portal.store.reader, account.username)
    number = 429 if alert == TOO_MANY_PASSWORDS else 422 if alert else 200
    return visit.page("two_factor.html", number, factor=factor, alert=alert, status=status)


ROUTES = [
    Route(SETTINGS, page_for(Level.FULL, settings), methods=["GET"]),
    Route(f"{SETTINGS}/disable", page_for(Level.FULL, disable), methods=["POST"]),
    Route(f"{SETTINGS}/backup-code", page_for(Level.FULL, make_backup_code), methods=["POST"]),
    Route(f"{SETTINGS}/enabled", page_for(Level.FULL, enabled), methods=["GET"]),
    Route(f"{SETTINGS}/new-backup-code", page_for(Level.FULL, new_backup_code), methods=["GET"]),
    Route(f"{SETTINGS}/backup-code/download", page_for(Level.FULL, download), methods=["POST"]),
]
