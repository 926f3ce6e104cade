"""Tools of the variations: files and scripts of their own, another stylesheet, answers written anew."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_server.faults.deviation import Deviation, Wrapper
from reference_server.pages import STATIC, TEMPLATES

_HEAD = "{% block head %}{% endblock %}"
STYLES = "portal.css"
SCRIPT = "copy.js"


def own_file(variation: Deviation, name: str, text: str, media_type: str) -> None:
    """Serve `text` as `/static/NAME`, in the place of the portal's own file of that name."""

    async def answer(request: Request) -> Response:
        return Response(text, media_type=media_type)

    variation.routes.append(Route(f"/static/{name}", answer))


def script(variation: Deviation, text: str) -> None:
    """Run a script on every page, once it is there."""
    own_file(variation, "variation.js", text, "text/javascript")
    variation.edit("base.html", _HEAD, f'<script src="/static/variation.js" defer></script>\n{_HEAD}')


def restyle(variation: Deviation, change: Callable[[str], str]) -> None:
    """Serve another stylesheet, made from the portal's."""
    own_file(variation, STYLES, change((STATIC / STYLES).read_text(encoding="utf-8")), "text/css")


def in_every(variation: Deviation, template: str, old: str, new: str) -> None:
    """Replace `old`, which has to stand in the template at least once, wherever it stands."""
    source = variation.source(template)
    if old not in source:
        raise ValueError(f"{template} does not hold {old!r}")
    variation.templates[template] = source.replace(old, new)


def links_to_the_stores() -> str:
    """The paragraph of the right portal that leads to the app in the stores."""
    source = (TEMPLATES / "choose.html").read_text(encoding="utf-8")
    start = source.index('<p class="stores">')
    return source[start : source.index("</p>", start) + len("</p>")]


def rewritten(change: Callable[[str], str], *types: str) -> Wrapper:
    """A wrapper that changes the text of every answer whose type begins with one of `types`."""

    def wrapper(app: ASGIApp) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await app(scope, receive, _Rewriting(send, change, types))

        return answer

    return wrapper


class _Rewriting:
    """Holds an answer back until it is whole, and sends it changed."""

    def __init__(self, send: Send, change: Callable[[str], str], types: tuple[str, ...]) -> None:
        self._send, self._change, self._types = send, change, types
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            told = MutableHeaders(scope=message).get("content-type", "")
            self._start = message if told.startswith(self._types) else None
        if self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_changed(self._start)

    async def _send_changed(self, start: Message) -> None:
        body = self._change(self._body.decode()).encode()
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
