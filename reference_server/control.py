"""What a test may do without clicking: accounts, sessions, clocks, mail failures. Only behind the random token."""

from __future__ import annotations

import hmac
import json
import math
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from reference_server import accounts, sessions, totp, two_factor
from reference_server.accounts import Account
from reference_server.portal import Portal
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.visiting import cookie_name

LATEST = 253_402_300_799  # 9999-12-31, the last day that a mail's Date can name
Body = dict[str, Any]


class Refused(Exception):
    """A request that cannot be done, with its HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        """Keep both for the answer."""
        super().__init__(reason)
        self.status = status


@seam
async def make_account(portal: Portal, name: str, method: str | None, username: str | None = None) -> Body:
    """Open an account with a random password, and switch its second factor on if a method is named."""
    password = secrets.token_urlsafe(12)
    hashed = await portal.passwords.hash(password)
    secret = totp.new_secret(portal.policy.totp_secret_bytes) if method == "time_based" else None
    async with portal.store.write() as db:
        account = await accounts.add(db, name, hashed, username)
        code, at = None, portal.clock.now()
        if method is not None:
            code = await two_factor.enable(db, portal.vault, portal.policy, account.username, secret, -1, at)
    shown = {"username": account.username, "password": password, "email": account.email, "name": name}
    return {**shown, "secret": totp.as_base32(secret) if secret else None, "backup_code": code}


async def _accounts(portal: Portal, request: Request, body: Body) -> Body:
    method = body.get("two_factor")
    if method is not None and method not in two_factor.METHODS:
        raise Refused(400, f"two_factor is null or one of {', '.join(two_factor.METHODS)}")
    name = str(body.get("name") or "Ana Example").strip()
    if len(name) not in range(1, 81):
        raise Refused(400, "name is 1 to 80 characters")
    return await make_account(portal, name, method)


async def _close_account(portal: Portal, request: Request, body: Body) -> Body:
    account = await _account(portal, request.query_params.get("username"))
    async with portal.store.write() as db:
        await accounts.remove(db, account.username)
    return {"username": account.username}


async def _session(portal: Portal, request: Request, body: Body) -> Body:
    account = await _account(portal, body.get("username"))
    async with portal.store.write() as db:
        at = account.time(portal.clock.now())
        token, _ = await sessions.start(db, Level.FULL, account.username, at)
    return {"name": cookie_name(request.url), "value": token}


async def _set_clock(portal: Portal, request: Request, body: Body) -> Body:
    account = await _account(portal, body.get("username"))
    offset, frozen = _number(body.get("offset", 0)), body.get("at")
    frozen = None if frozen is None else _number(frozen)
    if not 0 <= (portal.clock.now() + offset if frozen is None else frozen) <= LATEST:
        raise Refused(400, "the time is between 1970 and 9999")
    async with portal.store.write() as db:
        await accounts.set_clock(db, account.username, offset, frozen)
    return _time_of(portal, await _account(portal, account.username))


async def _get_clock(portal: Portal, request: Request, body: Body) -> Body:
    return _time_of(portal, await _account(portal, request.query_params.get("username")))


async def _mail(portal: Portal, request: Request, body: Body) -> Body:
    account = await _account(portal, body.get("username"))
    failing = body.get("failing") is True
    async with portal.store.write() as db:
        await accounts.set_mail_failing(db, account.username, failing=failing)
    return {"username": account.username, "failing": failing}


async def _account(portal: Portal, username: object) -> Account:
    account = await accounts.find(portal.store.reader, username) if isinstance(username, str) else None
    if account is None:
        raise Refused(404, "there is no such account")
    return account


def _time_of(portal: Portal, account: Account) -> Body:
    return {"now": account.time(portal.clock.now()), "offset": account.clock_offset, "at": account.clock_frozen}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(400, "a time is a finite number of seconds")
    return float(value)


Action = Callable[[Portal, Request, Body], Awaitable[Body]]


def _endpoint(action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        portal: Portal = request.app.state.portal
        expected, given = portal.settings.control_token or "", request.headers.get("x-test-token", "")
        if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
            return Response(status_code=404)
        try:
            body = await _body(request)
            return JSONResponse(await action(portal, request, body))
        except Refused as refused:
            return JSONResponse({"error": str(refused)}, status_code=refused.status)

    return endpoint


async def _body(request: Request) -> Body:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError as error:
        raise Refused(400, f"the body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise Refused(400, "the body is a JSON object")
    return body


def routes() -> list[BaseRoute]:
    """Return the routes of `/_test`, for `create_app` to add when there is a token."""
    return [
        Mount(
            "/_test",
            routes=[
                Route("/accounts", _endpoint(_accounts), methods=["POST"]),
                Route("/accounts", _endpoint(_close_account), methods=["DELETE"]),
                Route("/session", _endpoint(_session), methods=["POST"]),
                Route("/clock", _endpoint(_set_clock), methods=["POST"]),
                Route("/clock", _endpoint(_get_clock), methods=["GET"]),
                Route("/mail", _endpoint(_mail), methods=["POST"]),
            ],
        )
    ]
