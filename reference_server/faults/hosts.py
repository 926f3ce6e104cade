"""One process, many portals: the right one, and beside it under `<name>.localhost` one for every fault or variation.

    request ──Host──▶  shop.example, 127.0.0.1, localhost   the right portal
                       app-code-works-twice.localhost       the portal with that fault
                       anything-else.localhost              404

Such a portal is the same application with a deviation, and with a database of its own; it is made when it is asked for
the first time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_server import pages
from reference_server.faults.deviation import Deviation
from reference_server.faults.words import Words
from reference_server.seams import Substitute, replaced
from reference_server.settings import Settings

CreateApp = Callable[[Settings], Starlette]
_BELOW = ".localhost"


class DeviatingPortal:
    """The portal with one fault or as one variation, as an ASGI application."""

    def __init__(self, app: Starlette, deviation: Deviation) -> None:
        """Surround `app` with the wrappers of the deviation, add its routes, and keep what is replaced inside."""
        app.router.routes[:0] = deviation.routes
        self.app: ASGIApp = app
        for wrapper in deviation.wrappers:
            self.app = wrapper(self.app)
        self.substitutes = dict(deviation.substitutes)
        if deviation.templates or deviation.words:
            self.substitutes["pages.templates"] = _returning(_environment(deviation))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the deviation has it."""
        with replaced(self.substitutes):
            await self.app(scope, receive, send)


class Hosts:
    """Hands each request to the portal of its host; the lifespan is that of the right portal and all others."""

    def __init__(
        self, right: Starlette, settings: Settings, others: Mapping[str, Deviation], folder: Path, create: CreateApp
    ) -> None:
        """Serve `right`, and every one of `others` by `create` with a database in `folder`."""
        self.right, self.settings, self.others, self.folder, self.create = right, settings, others, folder, create
        self._portals: dict[str, DeviatingPortal] = {}
        self.opened = AsyncExitStack()
        """Holds the other portals that are open."""
        self._turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the portal that is asked."""
        name = _host(scope).removesuffix(_BELOW) if _host(scope).endswith(_BELOW) else ""
        app: ASGIApp = self.right
        if scope["type"] == "lifespan":
            app = self._lifespan
        elif name:
            app = await self._portal(name) if name in self.others else _unknown(name)
        await app(scope, receive, send)

    async def _portal(self, name: str) -> DeviatingPortal:
        async with self._turn:
            if name not in self._portals:
                deviation = self.others[name]
                app = self.create(
                    replace(
                        self.settings,
                        database=self.folder / f"{name}.sqlite3",
                        url=_beside(self.settings.url, name),
                        key_file=None,
                        policy=replace(self.settings.policy, **deviation.policy),
                    )
                )
                await self.opened.enter_async_context(app.router.lifespan_context(app))
                self._portals[name] = DeviatingPortal(app, deviation)
        return self._portals[name]

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def closing(message: Message) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                await self.opened.aclose()
            await send(message)

        await self.right(scope, receive, closing)


def _host(scope: Scope) -> str:
    if scope["type"] != "http":
        return ""
    given = next((value for key, value in scope["headers"] if key == b"host"), b"")
    return str(given.decode("latin-1")).lower().partition(":")[0]


def _beside(url: str, name: str) -> str:
    """The address of a portal beside the one at `url`: another name, the same port."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{name}{_BELOW}{port}"


def _unknown(name: str) -> ASGIApp:
    return PlainTextResponse(f"This server knows no portal called {name}.\n", status_code=404)


def _environment(deviation: Deviation) -> Environment:
    kept: BaseLoader = pages.templates().loader or DictLoader({})
    loader: BaseLoader = ChoiceLoader([DictLoader(deviation.templates), kept])
    if not deviation.words:
        return pages.templates().overlay(loader=loader)
    words = Words(deviation.words)
    return pages.templates().overlay(loader=words.of(loader), finalize=words.said)


def _returning(environment: Environment) -> Substitute:
    def templates(right: object) -> Environment:
        return environment

    return templates
