"""After the sign-in there is news to be put away first."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_server.faults.deviation import Deviation
from reference_server.routes_sign_in import safe_next
from reference_server.sessions import Level
from reference_server.visiting import Visit, page_for

_NEWS = "/sign-in/news"

VARIATION = Deviation()
VARIATION.templates["news.html"] = """{% extends "base.html" %}
{% block title %}News{% endblock %}
{% block main %}
<section class="card narrow">
  <h1>Something is new here</h1>
  <p>Invoices can be sorted now.</p>
  <p><a class="button" href="{{ next_path }}">Continue to the portal</a></p>
</section>
{% endblock %}
"""


async def news(visit: Visit) -> Response:
    """Show the news, and lead on to where the sign-in would have led."""
    next_path = safe_next(visit.request.query_params.get("next", "")) or "/client"
    return visit.page("news.html", next_path=next_path, customer=None)


VARIATION.routes.append(Route(_NEWS, page_for(Level.FULL, news)))


@VARIATION.around
def by_way_of_the_news(app: ASGIApp) -> ASGIApp:
    """Send whoever has just come in to the news first."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def turned(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if safe_next(headers.get("location", "")) and "backup-code" not in headers["location"]:
                    headers["location"] = f"{_NEWS}?next={headers['location']}"
            await send(message)

        comes_in = scope["method"] == "POST" and scope["path"] in ("/sign-in", "/sign-in/challenge")
        await app(scope, receive, turned if comes_in else send)

    return answer
