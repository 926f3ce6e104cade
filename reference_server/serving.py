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
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from reference_server.app import create_app
from reference_server.clock import SystemClock
from reference_server.control import make_account
from reference_server.settings import Settings

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


class Server(uvicorn.Server):
    """uvicorn, but quiet, told when to end by us, and saying when it is ready."""

    def __init__(self, config: uvicorn.Config, app: Starlette, sock: socket.socket, options: Options) -> None:
        """Keep what the ready line needs."""
        super().__init__(config)
        self.app, self.sock, self.options = app, sock, options

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        """Leave signals to `run`: uvicorn would raise them again at the end, before our own tidying."""
        return contextlib.nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then print the ready line."""
        await super().startup(sockets)
        if self.started:
            print(json.dumps(await _ready(self.app, self.sock, self.options)), flush=True)

    def stop(self) -> None:
        """End soon, letting requests under way finish within a second."""
        self.should_exit = True


def serve(options: Options) -> None:
    """Serve until a signal or the end of standard input; raises CannotStart."""
    with contextlib.ExitStack() as stack:
        scratch = None if options.database else stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-"))
        settings = _settings(options, Path(scratch) if scratch else None)
        sock = stack.enter_context(_listen(options.host, options.port))
        try:
            app = create_app(settings, SystemClock())
        except (OSError, ValueError) as error:
            raise CannotStart(f"the key of {settings.database} cannot be used: {error}") from error
        asyncio.run(_run(app, sock, options))


def _settings(options: Options, scratch: Path | None) -> Settings:
    database = options.database or (scratch or Path()) / "portal.sqlite3"
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
        key_file=None if scratch else database.with_name(f"{database.name}.key"),
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


async def _run(app: Starlette, sock: socket.socket, options: Options) -> None:
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
        server_header=False,
    )
    server = Server(config, app, sock, options)
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


async def _ready(app: Starlette, sock: socket.socket, options: Options) -> dict[str, object]:
    host, port = sock.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    portal = app.state.portal
    demo = DEMO if options.demo_accounts else ()
    accounts = [await make_account(portal, name, method, _address_of(name)) for name, method in demo]
    token = portal.settings.control_token
    return {"url": url, "control": {"url": f"{url}/_test", "token": token} if token else None, "accounts": accounts}


def _address_of(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}-{secrets.token_hex(3)}@customers.example"
