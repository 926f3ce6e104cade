"""The address of the portal leads to the sign-in straight away."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference_server.faults.deviation import Deviation
from reference_server.visiting import redirect

VARIATION = Deviation()


async def front(request: Request) -> Response:
    """Lead to the sign-in."""
    return redirect("/sign-in")


VARIATION.routes.append(Route("/", front))
