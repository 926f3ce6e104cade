"""The application: which parts it has, which pages, and what surrounds them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reference_server import (
    control,
    routes_address,
    routes_challenge,
    routes_client,
    routes_enrolment,
    routes_public,
    routes_reset,
    routes_sign_in,
    routes_two_factor,
)
from reference_server.clock import Clock
from reference_server.mail import Mailer, SmtpMailer, TerminalMailer
from reference_server.pages import STATIC, Headers
from reference_server.passwords import Passwords
from reference_server.portal import Portal
from reference_server.settings import Settings
from reference_server.store import Store
from reference_server.vault import Vault, load_key
from reference_server.visiting import Visit, page_for


def create_app(settings: Settings, clock: Clock, mailer: Mailer | None = None) -> Starlette:
    """Build the portal; its store is open while the application's lifespan runs.

    Raises OSError or ValueError when the key file cannot be used.
    """
    portal = Portal(
        settings=settings,
        clock=clock,
        store=Store(settings.database),
        vault=Vault(load_key(settings.key_file)),
        passwords=Passwords.make(cheap=settings.cheap_passwords),
        mailer=mailer or (SmtpMailer(*settings.smtp) if settings.smtp else TerminalMailer()),
    )
    app = Starlette(
        routes=_routes(settings),
        lifespan=_lifespan,
        middleware=[Middleware(Headers)],
        exception_handlers={HTTPException: _error_page},
    )
    app.state.portal = portal
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    portal: Portal = app.state.portal
    await portal.store.open()
    try:
        yield
    finally:
        await portal.store.close()


def _routes(settings: Settings) -> list[BaseRoute]:
    modules = (
        routes_public,
        routes_sign_in,
        routes_reset,
        routes_challenge,
        routes_client,
        routes_two_factor,
        routes_enrolment,
        routes_address,
    )
    pages: list[BaseRoute] = [route for module in modules for route in module.ROUTES]
    tests = control.routes() if settings.control_token else []
    return [*pages, Mount("/static", StaticFiles(directory=STATIC)), *tests]


async def _error_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    titles = {404: "This page does not exist", 405: "This page cannot be used like that"}
    title = titles.get(error.status_code, "That did not work")
    text = "Check the address, or go on from one of the pages below."

    async def handler(visit: Visit) -> Response:
        return visit.page("error.html", error.status_code, title=title, text=text)

    request.scope["method"] = "GET"
    response = await page_for(None, handler)(request)
    response.headers.update(error.headers or {})
    return response
