"""The signed-in client area but for two-factor authentication."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from reference_server import reveal
from reference_server.sessions import Level
from reference_server.visiting import Visit, page_for


async def overview(visit: Visit) -> Response:
    """Show the first page of the client area; a backup code that was shown just before is dropped."""
    await drop_shown_code(visit)
    return visit.page("client.html")


async def services(visit: Visit) -> Response:
    """Show what the customer rents."""
    return visit.page("services.html")


async def invoices(visit: Visit) -> Response:
    """Show what the customer was charged."""
    return visit.page("invoices.html")


async def security(visit: Visit) -> Response:
    """Show the security settings and the way to two-factor authentication."""
    return visit.page("security.html")


async def drop_shown_code(visit: Visit) -> None:
    """Forget a backup code once its reader is on another page."""
    session, _ = visit.customer()
    if session.reveal_ticket is not None:
        async with visit.portal.store.write() as db:
            await reveal.forget(db, session)


ROUTES = [
    Route("/client", page_for(Level.FULL, overview), methods=["GET"]),
    Route("/client/services", page_for(Level.FULL, services), methods=["GET"]),
    Route("/client/invoices", page_for(Level.FULL, invoices), methods=["GET"]),
    Route("/client/security", page_for(Level.FULL, security), methods=["GET"]),
]
