"""Tools of the faults: another answer, another mail, another static file, and who a session belongs to."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import aiosqlite
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_server.faults.deviation import around
from reference_server.store import fetch

STYLES = "/static/portal.css"
SCRIPT = "/static/copy.js"


def with_text(response: Response, old: str, new: str) -> Response:
    """Return the page with the first `old` in it replaced; a redirect as it is."""
    body = bytes(response.body).decode()
    return HTMLResponse(body.replace(old, new, 1), response.status_code) if body else response


def rewritten(message: EmailMessage, change: Callable[[str], str], *, subtype: str = "") -> EmailMessage:
    """Return the mail with the text of its parts changed, of those of one `subtype` only if it is named."""
    for part in message.walk():
        found = part.get_content_subtype()
        if part.get_content_maintype() == "text" and subtype in ("", found):
            part.set_content(change(part.get_content()), subtype=found)
    return message


def appended(fault: str, path: str, text: str) -> None:
    """Let the static file at `path` end with `text`."""

    @around(fault)
    def wrapper(app: ASGIApp) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            async def longer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    headers = MutableHeaders(scope=message)
                    headers["Content-Length"] = str(int(headers["Content-Length"]) + len(text.encode()))
                elif not message.get("more_body"):
                    message = {**message, "body": message.get("body", b"") + text.encode()}
                await send(message)

            await app(scope, receive, longer if scope["path"] == path else send)

        return answer


def headers(fault: str, change: Callable[[MutableHeaders], None]) -> None:
    """Let every answer have other headers."""

    @around(fault)
    def wrapper(app: ASGIApp) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            async def changed(message: Message) -> None:
                if message["type"] == "http.response.start":
                    change(MutableHeaders(scope=message))
                await send(message)

            await app(scope, receive, changed)

        return answer


async def username_of(db: aiosqlite.Connection, session_id: int) -> str:
    """Return whose session it is."""
    row = await fetch(db, "SELECT username FROM sessions WHERE id = ?", session_id)
    return str(row["username"]) if row else ""
