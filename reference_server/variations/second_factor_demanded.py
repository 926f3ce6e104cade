"""Nobody gets on without a second factor: whoever has none is led to its set-up, and it cannot be turned off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference_server import enrolment, two_factor
from reference_server.faults.deviation import Deviation
from reference_server.routes_two_factor import SETTINGS
from reference_server.sessions import Level
from reference_server.visiting import Visit, page_for, redirect

DEMAND = "/client/protect"
_ON_THE_WAY = (DEMAND, *(f"{SETTINGS}/{page}" for page in ("choose", "time-based", "email", "email/resend")))

VARIATION = Deviation()
VARIATION.templates["demand.html"] = f"""{{% extends "area.html" %}}
{{% block title %}}Protect your account{{% endblock %}}
{{% block main %}}
<h1>Protect your account first</h1>
<div class="card">
  <p>We ask every customer for a second factor. Once it is set up, you get on to your services.</p>
  <form method="get" action="{SETTINGS}/choose">
    <button type="submit">Set it up now</button>
  </form>
</div>
{{% endblock %}}
"""


def _without_a_way_off() -> None:
    source = VARIATION.source("two_factor.html")
    start = source.index('<section class="card danger"')
    VARIATION.edit("two_factor.html", source[start : source.index("</section>", start) + len("</section>\n")], "")


_without_a_way_off()
_unprotected: set[tuple[bytes, int]] = set()
"""Sessions of customers who have no second factor: the portal's key, the session's number."""


@VARIATION.rule("visiting._load")
async def look_for_a_factor(right: Callable[[Request], Awaitable[Visit]], request: Request) -> Visit:
    """Note whether who comes has a second factor."""
    visit = await right(request)
    if visit.session is not None and visit.account is not None:
        factor = await two_factor.find(visit.portal.store.reader, visit.account.username)
        (_unprotected.discard if factor else _unprotected.add)((visit.portal.vault.key, visit.session.id))
    return visit


@VARIATION.rule("visiting._turned_away")
def demand_it_first(
    right: Callable[[Visit, Level | None], Response | None], visit: Visit, needs: Level | None
) -> Response | None:
    """Lead to the demand whoever has to meet it first."""
    response = right(visit, needs)
    if response is not None or needs is not Level.FULL or visit.session is None:
        return response
    free = visit.request.url.path in _ON_THE_WAY or (visit.portal.vault.key, visit.session.id) not in _unprotected
    return None if free else redirect(DEMAND)


async def demand(visit: Visit) -> Response:
    """Say what is demanded; a set-up that was begun and left is forgotten."""
    session, account = visit.customer()
    if await two_factor.find(visit.portal.store.reader, account.username) is not None:
        return redirect("/client")
    async with visit.portal.store.write() as db:
        await enrolment.cancel(db, session)
    return visit.page("demand.html")


VARIATION.routes.append(Route(DEMAND, page_for(Level.FULL, demand), methods=["GET"]))
