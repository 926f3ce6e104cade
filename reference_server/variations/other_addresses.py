"""Every page has another address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_server.faults.deviation import Deviation
from reference_server.variations.tools import rewritten
from reference_server.visiting import Visit

_MOVED = {"/client": "/my", "/sign-in": "/login", "/sign-out": "/logout", "/help": "/faq", "/support": "/contact"}
_BACK = {new: old for old, new in _MOVED.items()}
_ADDRESS = re.compile(rf'((?:href|action)=")({"|".join(_MOVED)})(?=[/"?#])')

VARIATION = Deviation()
VARIATION.around(rewritten(lambda page: _ADDRESS.sub(lambda found: found[1] + _MOVED[found[2]], page), "text/html"))


def moved(path: str, to: Mapping[str, str]) -> str:
    """A path under its other first name."""
    first, slash, rest = path[1:].partition("/")
    name, mark, query = first.partition("?")
    return f"{to.get(f'/{name}', f'/{name}')}{mark}{query}{slash}{rest}"


@VARIATION.rule("visiting.link_to")
def led_elsewhere(right: Callable[[Visit, str], str], visit: Visit, path: str) -> str:
    """Mail the address as it is here."""
    return right(visit, moved(path, _MOVED))


@VARIATION.around
def elsewhere(app: ASGIApp) -> ASGIApp:
    """Answer under the other addresses, and only under them."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def turned(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "location" in headers:
                    headers["location"] = moved(headers["location"], _MOVED).replace("next=/client", "next=/my")
            await send(message)

        path = str(scope["path"])
        gone = moved(path, _MOVED) != path
        query = bytes(scope["query_string"]).replace(b"next=/my", b"next=/client")
        inside = {**scope, "path": "/gone" if gone else moved(path, _BACK), "query_string": query}
        await app(inside, receive, turned)

    return answer
