"""Every page takes most of a second."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from reference_server.clock import passing
from reference_server.faults.deviation import Deviation

SECONDS = 0.7

VARIATION = Deviation()


@VARIATION.around
def slowly(app: ASGIApp) -> ASGIApp:
    """Let time pass before a page is answered; files and the control endpoint are as quick as ever."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if not str(scope["path"]).startswith(("/static", "/_test")):
            await passing(SECONDS)
        await app(scope, receive, send)

    return answer
