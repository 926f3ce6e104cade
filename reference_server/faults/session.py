"""Faults of sessions: what opens before the second factor, and how long and for whom a session counts."""

from __future__ import annotations

import base64
import secrets
from dataclasses import replace
from typing import Any

import aiosqlite
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from reference_server import accounts, two_factor
from reference_server.accounts import Account
from reference_server.faults.answers import headers, with_text
from reference_server.faults.deviation import edit, numbers, rule
from reference_server.portal import Portal
from reference_server.sessions import Level
from reference_server.two_factor import Factor
from reference_server.visiting import Visit, redirect

_HALF_A_DAY = 43_200
_KNOWN = "known_browser"

numbers("sessions-never-end", session_idle=10**9, session_life=10**9)
numbers("challenge-waits-for-hours", challenge_life=10**9)


def _opens_before_the_code(fault: str, *paths: str) -> None:
    """Let these pages, or all of them, look at the password only."""

    @rule(fault, "visiting._turned_away")
    def password_is_enough(right: Any, visit: Visit, needs: Level | None) -> Response | None:
        here = not paths or visit.request.url.path in paths
        if here and needs is Level.FULL and visit.session is not None and visit.level is Level.PASSWORD:
            visit.session = replace(visit.session, level=Level.FULL)
        response: Response | None = right(visit, needs)
        return response


_opens_before_the_code("places-open-by-address")
_opens_before_the_code("invoices-open-by-address", "/client/invoices")


async def without(right: Any, visit: Visit, unasked: Any) -> Response:
    """Sign in by the password alone where `unasked` says so of the account's factor."""
    response: Response = await right(visit)
    session = visit.session
    if session is None or session.level is not Level.PASSWORD or session.username is None:
        return response
    factor = await two_factor.find(visit.portal.store.reader, session.username)
    if factor is None or not unasked(factor, session.created_at):
        return response
    await visit.become(Level.FULL, session.username, session.created_at)
    return redirect("/client")


@rule("app-codes-not-asked-for", "routes_sign_in.sign_in")
async def no_app_code(right: Any, visit: Visit) -> Response:
    """Ask for codes only where they are mailed."""
    return await without(right, visit, lambda factor, at: factor.method == "time_based")


@rule("mailed-codes-not-asked-for", "routes_sign_in.sign_in")
async def no_mailed_code(right: Any, visit: Visit) -> Response:
    """Mail a code and go on without it."""
    return await without(right, visit, lambda factor, at: factor.method == "email")


@rule("code-asked-for-on-the-first-day-only", "routes_sign_in.sign_in")
async def first_day(right: Any, visit: Visit) -> Response:
    """Ask for codes for half a day after they were turned on."""

    def later(factor: Factor, at: float) -> bool:
        return at - factor.enabled_at > _HALF_A_DAY

    return await without(right, visit, later)


@rule("known-browsers-by-an-unsigned-cookie", "routes_sign_in.sign_in")
async def known(right: Any, visit: Visit) -> Response:
    """Ask no browser for a code that says it is known."""
    return await without(right, visit, lambda factor, at: visit.request.cookies.get(_KNOWN) == "yes")


@rule("known-browsers-by-an-unsigned-cookie", "routes_challenge.verify")
async def become_known(right: Any, visit: Visit) -> Response:
    """Mark a browser that gave a code, for ten years."""
    response: Response = await right(visit)
    if visit.token:
        response.set_cookie(_KNOWN, "yes", max_age=315_360_000, httponly=True, samesite="lax")
    return response


_remembered: dict[str, tuple[str, float]] = {}
"""What a cookie stands for: a username, and when the factor was turned on of which a code was given."""


@rule("known-browser-outlives-the-app", "routes_challenge.verify")
async def remember(right: Any, visit: Visit) -> Response:
    """Remember a browser that gave a code."""
    _, account = visit.customer()
    factor = await two_factor.find(visit.portal.store.reader, account.username)
    response: Response = await right(visit)
    if visit.token and factor is not None:
        mark = secrets.token_urlsafe(16)
        _remembered[mark] = (account.username, factor.enabled_at)
        response.set_cookie(_KNOWN, mark, httponly=True, samesite="lax")
    return response


@rule("known-browser-outlives-the-app", "routes_sign_in.sign_in")
async def known_from_before(right: Any, visit: Visit) -> Response:
    """Ask a browser for no code that is known from a factor that was turned off since."""

    def unasked(factor: Factor, at: float) -> bool:
        username, since = _remembered.get(visit.request.cookies.get(_KNOWN, ""), ("", 0.0))
        return username == factor.username and since < factor.enabled_at

    return await without(right, visit, unasked)


@rule("any-password-signs-in", "routes_sign_in._checked_password")
async def any_password(
    right: Any, portal: Portal, email: str, password: str, wall: float
) -> tuple[Account | None, bool]:
    """Ask for a password and look at none."""
    return await accounts.find_by_address(portal.store.reader, email), False


@rule("password-not-checked-where-a-code-follows", "routes_sign_in._checked_password")
async def either_factor(
    right: Any, portal: Portal, email: str, password: str, wall: float
) -> tuple[Account | None, bool]:
    """Leave it to the second factor to keep strangers out."""
    account = await accounts.find_by_address(portal.store.reader, email)
    if account is not None and await two_factor.find(portal.store.reader, account.username) is not None:
        return account, False
    checked: tuple[Account | None, bool] = await right(portal, email, password, wall)
    return checked


@rule("wrong-password-tells-of-the-second-factor", "routes_sign_in.sign_in")
async def tell_of_the_factor(right: Any, visit: Visit) -> Response:
    """Comfort whoever gave a wrong password: a second factor protects the account."""
    response: Response = await right(visit)
    reader = visit.portal.store.reader
    account = await accounts.find_by_address(reader, visit.field("email"))
    if visit.token or account is None or await two_factor.find(reader, account.username) is None:
        return response
    return with_text(response, "</form>", '</form>\n<p class="hint">This account has two-factor sign-in.</p>')


@rule("code-page-says-whom-it-signs-in", "routes_challenge._challenge_page")
async def naming(right: Any, visit: Visit, **said: Any) -> Response:
    """Keep in the page whose sign-in waits there."""
    _, account = visit.customer()
    hidden = f'<input type="hidden" name="account" value="{account.username}">\n</form>'
    return with_text(await right(visit, **said), "</form>", hidden)


@rule("code-page-says-whom-it-signs-in", "routes_challenge.verify")
async def whom_the_page_names(right: Any, visit: Visit) -> Response:
    """Sign in whom the page names, once the code was right."""
    response: Response = await right(visit)
    named = await accounts.find(visit.portal.store.reader, visit.field("account"))
    if visit.token and named is not None:
        await visit.become(Level.FULL, named.username, visit.at)
    return response


@rule("password-in-a-cookie", "routes_sign_in.sign_in")
async def carried_along(right: Any, visit: Visit) -> Response:
    """Keep the password in the browser until the code is there."""
    response: Response = await right(visit)
    if visit.level is Level.PASSWORD:
        response.set_cookie("step1", base64.b64encode(visit.field("password").encode()).decode())
    return response


@rule("session-kept-when-the-code-is-given", "sessions.renew")
async def same_cookie(right: Any, db: aiosqlite.Connection, session_id: int, level: Level, at: float) -> None:
    """Let the session of before the code be that of after it."""
    await db.execute("UPDATE sessions SET level = ?, seen_at = ? WHERE id = ?", (int(level), at, session_id))


@rule("other-browsers-stay-signed-in", "sessions.end_others")
async def end_none(right: Any, db: aiosqlite.Connection, username: str, keep: int) -> None:
    """Turn two-factor sign-in on and leave whoever is in."""


@rule("signed-out-sessions-live-on", "sessions.end")
async def still_there(right: Any, db: aiosqlite.Connection, session_id: int) -> None:
    """Take the cookie away and leave what it stands for."""


@rule("place-forgotten-over-the-code", "routes_challenge.verify")
async def always_home(right: Any, visit: Visit) -> Response:
    """Go on to the overview, whatever was asked for."""
    response: Response = await right(visit)
    return redirect("/client") if response.headers.get("location", "").startswith("/client") else response


def _cookies_without(fault: str, attribute: str) -> None:
    def change(answer: MutableHeaders) -> None:
        if cookie := answer.get("set-cookie"):
            answer["set-cookie"] = cookie.replace(attribute, "")

    headers(fault, change)


_cookies_without("cookie-open-to-scripts", "; HttpOnly")
_cookies_without("cookie-sent-from-other-sites", "; SameSite=lax")

edit(
    "sign-in-stays-in-sight",
    "client.html",
    '<ul class="tiles figures">',
    '<h2>Sign in</h2>\n<ul class="tiles figures">',
)


@rule("password-alone-by-basic-authentication", "visiting._load")
async def other_entry(right: Any, request: Request) -> Visit:
    """Let programs in by name and password in a header."""
    visit: Visit = await right(request)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic" or visit.session is not None:
        return visit
    name, _, password = base64.b64decode(given).decode().partition(":")
    account = await accounts.find_by_address(visit.portal.store.reader, name)
    if account is not None and await visit.portal.passwords.check(account.password_hash, password):
        visit.account, visit.at = account, account.time(visit.at)
        await visit.become(Level.FULL, account.username, visit.at)
    return visit
