"""Pages that need no account: home, help and support."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from reference_server.seams import seam
from reference_server.visiting import Visit, page_for


async def home(visit: Visit) -> Response:
    """Show what the company sells."""
    return visit.page("home.html")


async def help_two_factor(visit: Visit) -> Response:
    """Explain what two-factor authentication is."""
    return visit.page("help_two_factor.html")


async def help_turn_off(visit: Visit) -> Response:
    """Explain how to turn two-factor authentication off."""
    return visit.page("help_turn_off.html")


@seam
async def support(visit: Visit) -> Response:
    """Show the ways to reach a person."""
    return visit.page("support.html")


ROUTES = [
    Route("/", page_for(None, home)),
    Route("/help/two-factor", page_for(None, help_two_factor)),
    Route("/help/turn-off", page_for(None, help_turn_off)),
    Route("/support", page_for(None, support)),
]
