"""Faults of what surrounds the pages: headers, cookies, addresses."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_server.faults.deviation import around


@around("pages-may-be-cached")
def cacheable(app: ASGIApp) -> ASGIApp:
    """Leave `no-store` out."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def without(message: Message) -> None:
            if message["type"] == "http.response.start":
                del MutableHeaders(scope=message)["Cache-Control"]
            await send(message)

        await app(scope, receive, without)

    return answer
