"""Running the portal as a process: one socket, one line that says it is ready, and an end with its parent."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sqlite3
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from reference_server.app import create_app
from reference_server.clock import SystemClock
from reference_server.control import make_account
from reference_server.faults.catalogue import BadCatalogue
from reference_server.faults.families import all_faults
from reference_server.faults.hosts import Hosts
from reference_server.settings import Settings
from reference_server.variations.served import all_variations

DEMO = (("Ana Example", None), ("Ben Example", "time_based"), ("Cleo Example", "email"))


class CannotStart(Exception):
    """The server cannot be started as asked; the message is one line."""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, checked."""

    host: str
    port: int
    database: Path | None
    smtp: tuple[str, int] | None
    test_control: bool
    cheap_passwords: bool
    demo_accounts: bool
    stay: bool
    faults: bool
    variations: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """The right portal, and what answers requests: that portal, or one that hands them to others as well."""

    right: Starlette
    app: ASGIApp
    faults: tuple[str, ...] = ()
    variations: tuple[str, ...] = ()


class Server(uvicorn.Server):
    """uvicorn, but quiet, told when to end by us, and saying when it is ready."""

    def __init__(self, config: uvicorn.Config, served: Served, sock: socket.socket, options: Options) -> None:
        """Keep what the ready line needs."""
        super().__init__(config)
        self.served, self.sock, self.options = served, sock, options

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        """Leave signals to `run`: uvicorn would raise them again at the end, before our own tidying."""
        return contextlib.nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then print the ready line."""
        await super().startup(sockets)
        if self.started:
            print(json.dumps(await _ready(self.served, self.sock, self.options)), flush=True)

    def stop(self) -> None:
        """End soon, letting requests under way finish within a second."""
        self.should_exit = True


def serve(options: Options) -> None:
    """Serve until a signal or the end of standard input; raises CannotStart."""
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-")))
        checked = _settings(options, scratch)
        sock = stack.enter_context(_listen(options.host, options.port))
        settings = replace(checked, url=_url(sock))
        try:
            served = _served(settings, scratch, options)
        except BadCatalogue as error:
            raise CannotStart(f"the other portals cannot be served: {error}") from error
        except (OSError, ValueError) as error:
            raise CannotStart(f"the key of {settings.database} cannot be used: {error}") from error
        asyncio.run(_run(served, sock, options))


def _served(settings: Settings, folder: Path, options: Options) -> Served:
    def create(settings: Settings) -> Starlette:
        return create_app(settings, SystemClock())

    right = create(settings)
    faults = all_faults() if options.faults else {}
    variations = all_variations() if options.variations else {}
    others = {**faults, **variations}
    app = Hosts(right, settings, others, folder, create) if others else right
    return Served(right, app, tuple(faults), tuple(variations))


def _settings(options: Options, scratch: Path) -> Settings:
    database = options.database or scratch / "portal.sqlite3"
    if not database.absolute().parent.is_dir():
        raise CannotStart(f"the folder of the database does not exist: {database.parent}")
    try:
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")  # tells a file that is no database, or cannot be written
    except sqlite3.Error as error:
        raise CannotStart(f"the database {database} cannot be used: {error}") from error
    return Settings(
        database=database,
        smtp=options.smtp,
        control_token=secrets.token_urlsafe(24) if options.test_control else None,
        key_file=database.with_name(f"{database.name}.key") if options.database else None,
        cheap_passwords=options.cheap_passwords,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise CannotStart(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    return sock


async def _run(served: Served, sock: socket.socket, options: Options) -> None:
    config = uvicorn.Config(
        served.app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
        server_header=False,
    )
    server = Server(config, served, sock, options)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    if not options.stay:
        threading.Thread(target=_wait_for_end, args=(loop, server), daemon=True).start()
    try:
        await server.serve(sockets=[sock])
    except SystemExit as error:  # how uvicorn says that the lifespan did not start; its log has the reason
        raise CannotStart("the application did not start") from error


def _wait_for_end(loop: asyncio.AbstractEventLoop, server: Server) -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    with contextlib.suppress(RuntimeError):  # the loop has ended by itself
        loop.call_soon_threadsafe(server.stop)


async def _ready(served: Served, sock: socket.socket, options: Options) -> dict[str, object]:
    portal, url = served.right.state.portal, _url(sock)
    demo = DEMO if options.demo_accounts else ()
    accounts = [await make_account(portal, name, method, _address_of(name)) for name, method in demo]
    token = portal.settings.control_token
    control = {"url": f"{url}/_test", "token": token} if token else None
    faults = {"faults": list(served.faults)} if options.faults else {}
    variations = {"variations": list(served.variations)} if options.variations else {}
    return {"url": url, "control": control, "accounts": accounts, **faults, **variations}


def _url(sock: socket.socket) -> str:
    host, port = sock.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _address_of(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}-{secrets.token_hex(3)}@customers.example"
