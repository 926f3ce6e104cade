"""Serve privacyIDEA from a scratch folder until stdin ends or SIGTERM arrives; run inside its environment."""

from __future__ import annotations

import argparse
import json
import os
import signal
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from types import FrameType
from typing import NoReturn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from portal.accounts import Customer, invent_customers


class Server(ThreadingMixIn, WSGIServer):
    """The standard library's server with a thread for each request; enough for a handful of browsers."""

    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Bind without the reverse name look-up of `HTTPServer`, which can take seconds without a resolver."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()


class QuietHandler(WSGIRequestHandler):
    """Handles a request without writing an access log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: stderr is for trouble."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Set up a scratch portal, announce it on stdout as one JSON line, and serve until told to end."""
    options = _options(arguments)
    _end_early_on_request()
    with tempfile.TemporaryDirectory(prefix="portal-privacyidea-") as scratch:
        os.chdir(scratch)  # whatever the product writes beside itself goes away with the rest
        customers = invent_customers(options.accounts)
        with _server(Path(scratch), options, customers) as server:
            _end_on_request(server)
            _announce(server, customers)
            server.serve_forever(poll_interval=0.1)


def _end_early_on_request() -> None:
    """Let a signal during the set-up end the process in order, so that the scratch folder goes away."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="privacyIDEA as a test portal.")
    parser.add_argument("--smtp", metavar="HOST:PORT", type=_address, required=True, help="mail server for codes")
    parser.add_argument("--accounts", metavar="N", type=int, default=60, help="number of customers (default: 60)")
    parser.add_argument("--port", metavar="N", type=int, default=0, help="port of loopback (default: any free one)")
    return parser.parse_args(arguments)


def _address(text: str) -> str:
    """Return `text` if it is HOST:PORT."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return text


def _server(scratch: Path, options: argparse.Namespace, customers: list[Customer]) -> Server:
    """Return a server of a freshly installed product with `customers`."""
    from portal.installing import installed  # noqa: PLC0415 -- takes seconds, which a wrong option should not cost

    server = Server(("127.0.0.1", options.port), QuietHandler)
    server.set_app(installed(scratch, options.smtp, customers))
    return server


def _end_on_request(server: Server) -> None:
    """Stop serving at the end of stdin and at SIGTERM or SIGINT."""

    def stop() -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()  # shutdown blocks, so never in a handler

    def wait_for_end_of_input() -> None:
        while os.read(0, 4096):  # not sys.stdin: its lock, held by a waiting thread, spoils the end of the process
            pass
        stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop())
    threading.Thread(target=wait_for_end_of_input, daemon=True).start()


def _announce(server: Server, customers: list[Customer]) -> None:
    """Print where the portal is and who may sign in; `control` is null as nothing in it can be steered."""
    where = f"http://127.0.0.1:{server.server_port}"
    told = {"url": where, "control": None, "accounts": [customer.as_json() for customer in customers]}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
