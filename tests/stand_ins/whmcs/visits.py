"""Browsers that visit: who is signed in, who still owes a code, and what a set-up has begun."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, parse_qsl

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.stand_ins.whmcs.customers import Customer

COOKIE = "WHMCSstandin"


@dataclass(slots=True)
class Visit:
    """One browser's session; `token` stands in every form and request against forgery."""

    token: str = field(default_factory=lambda: secrets.token_hex(20))
    customer: Customer | None = None
    """Who is signed in completely."""
    owing: Customer | None = None
    """Who gave the password, and still owes the second factor."""
    secret: bytes | None = None
    """What the set-up that is under way offers."""
    replacement: str = ""
    """A new backup code that was not looked at yet."""


def visit_of(request: Request) -> Visit:
    """The session of the browser that asks."""
    visit: Visit = request.state.visit
    return visit


async def form_of(request: Request) -> dict[str, str]:
    """What a form or the script of the page sent."""
    return dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))


class Visits(BaseHTTPMiddleware):
    """Gives every request its session, by a cookie."""

    def __init__(self, app: ASGIApp) -> None:
        """Nobody has come yet."""
        super().__init__(app)
        self._known: dict[str, Visit] = {}

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Find the session, or begin one."""
        key = request.cookies.get(COOKIE, "")
        is_new = key not in self._known
        key = secrets.token_urlsafe(24) if is_new else key
        request.state.visit = self._known.setdefault(key, Visit())
        response = await call_next(request)
        if is_new:
            response.set_cookie(COOKIE, key, httponly=True, samesite="lax")
        return response


class Unfriendly:
    """Takes `/index.php?rp=/user/security` for `/user/security`, as where addresses cannot be rewritten."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on under its friendly address."""
        if scope["type"] == "http" and scope["path"] == "/index.php":
            asked = parse_qs(scope["query_string"].decode()).get("rp", ["/"])[0]
            scope = {**scope, "path": asked, "raw_path": asked.encode()}
        await self._app(scope, receive, send)
