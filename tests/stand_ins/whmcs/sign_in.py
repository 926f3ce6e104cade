"""Signing in: the password, the challenge, and a backup code that is replaced when it is used."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reference_server.clock import SystemClock
from tests.stand_ins.whmcs.customers import Customer
from tests.stand_ins.whmcs.pages import pages_of
from tests.stand_ins.whmcs.visits import form_of, visit_of

CLIENT_AREA = "/clientarea.php"
CHALLENGE = "/login/challenge"


async def login(request: Request) -> Response:
    """The form, with a captcha in it; who owes a code is asked for that."""
    visit = visit_of(request)
    if visit.customer or visit.owing:
        return RedirectResponse(CLIENT_AREA if visit.customer else CHALLENGE, 302)
    return pages_of(request).show(request, "login.html", incorrect=False)


async def validate(request: Request) -> Response:
    """Check the password; whatever was typed for the captcha will do."""
    sent = await form_of(request)
    visit = visit_of(request)
    customer = _known(request, sent)
    if customer is None:
        return pages_of(request).show(request, "login.html", incorrect=True)
    visit.customer, visit.owing = (None, customer) if customer.secret else (customer, None)
    return RedirectResponse(CHALLENGE if visit.owing else CLIENT_AREA, 302)


def _known(request: Request, sent: Mapping[str, str]) -> Customer | None:
    customer: Customer | None = request.app.state.customers.get(sent.get("username", "").lower())
    password = sent.get("password", "")
    right = customer is not None and secrets.compare_digest(password.encode(), customer.password.encode())
    return customer if right and sent.get("token") == visit_of(request).token else None


async def challenge(request: Request) -> Response:
    """Ask for the code; the form for the backup code is there too, out of sight."""
    if visit_of(request).owing is None:
        return RedirectResponse("/login", 302)
    return _ask(request)


def _ask(request: Request, *, incorrect: bool = False, using_backup: bool = False) -> Response:
    return pages_of(request).show(request, "challenge.html", incorrect=incorrect, using_backup=using_backup)


async def verify(request: Request) -> Response:
    """Take the code of the app."""
    visit, sent = visit_of(request), await form_of(request)
    if visit.owing is None:
        return RedirectResponse("/login", 302)
    if not visit.owing.takes(sent.get("key", ""), SystemClock().now()):
        return _ask(request, incorrect=True)
    visit.customer, visit.owing = visit.owing, None
    return RedirectResponse(CLIENT_AREA, 302)


async def verify_backup(request: Request) -> Response:
    """Take the backup code, and make a new one."""
    visit, sent = visit_of(request), await form_of(request)
    if visit.owing is None:
        return RedirectResponse("/login", 302)
    if not visit.owing.takes_backup_code(sent.get("twofabackupcode", "")):
        return _ask(request, incorrect=True, using_backup=True)
    visit.customer, visit.owing = visit.owing, None
    visit.replacement = visit.customer.new_backup_code()
    return RedirectResponse(f"{CHALLENGE}/backup/new", 302)


async def new_backup_code(request: Request) -> Response:
    """Show the new backup code, once."""
    visit = visit_of(request)
    code, visit.replacement = visit.replacement, ""
    if not code:
        return RedirectResponse(CLIENT_AREA, 302)
    return pages_of(request).show(request, "new_backup_code.html", code=code)


async def logout(request: Request) -> Response:
    """Forget who was signed in."""
    visit = visit_of(request)
    visit.customer, visit.owing, visit.secret = None, None, None
    return RedirectResponse("/", 302)


ROUTES = [
    Route("/login", login),
    Route("/login", validate, methods=["POST"]),
    Route(CHALLENGE, challenge),
    Route(f"{CHALLENGE}/verify", verify, methods=["POST"]),
    Route(f"{CHALLENGE}/backup", verify_backup, methods=["POST"]),
    Route(f"{CHALLENGE}/backup/new", new_backup_code),
    Route("/logout.php", logout),
]
