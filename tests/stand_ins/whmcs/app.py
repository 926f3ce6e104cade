"""A client area with the ids, labels and traps of WHMCS's public themes, in pages and words of our own.

What is known of the product and what is made up is said in README.md beside this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from tests.stand_ins.whmcs import dialog
from tests.stand_ins.whmcs.customers import Customer
from tests.stand_ins.whmcs.pages import Pages, pages_of
from tests.stand_ins.whmcs.sign_in import ROUTES as SIGN_IN
from tests.stand_ins.whmcs.visits import Unfriendly, Visits, visit_of

THEMES = ("twenty-one", "six")
HERE = Path(__file__).parent


async def home(request: Request) -> Response:
    """The public front page."""
    return pages_of(request).show(request, "home.html")


async def contact(request: Request) -> Response:
    """Where a ticket can be opened without an account."""
    return pages_of(request).show(request, "contact.html")


async def client_area(request: Request) -> Response:
    """The first page behind the sign-in, or the customer's details."""
    details = request.query_params.get("action") == "details"
    return _behind_sign_in(request, "details.html" if details else "client_area.html")


async def security(request: Request) -> Response:
    """The security settings, which hold the two-factor settings."""
    return _behind_sign_in(request, "security.html")


def _behind_sign_in(request: Request, page: str) -> Response:
    if visit_of(request).customer is None:
        return RedirectResponse("/login", 302)
    return pages_of(request).show(request, page)


def create_app(theme: str, customers: Sequence[Customer]) -> ASGIApp:
    """The portal in one theme, with its customers."""
    app = Starlette(
        routes=[
            Route("/", home),
            Route("/contact.php", contact),
            Route("/clientarea.php", client_area),
            Route("/user/security", security),
            *SIGN_IN,
            *dialog.ROUTES,
            Mount("/assets", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(Unfriendly), Middleware(Visits)],
    )
    app.state.pages = Pages(theme)
    app.state.customers = {customer.email: customer for customer in customers}
    return app
