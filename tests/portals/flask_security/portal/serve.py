"""Serve the test portal from a scratch database until stdin ends or SIGTERM arrives; run inside its environment."""

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
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from portal.accounts import Customer, invent_customers
from portal.application import make_application


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
    with tempfile.TemporaryDirectory(prefix="portal-flask-security-") as scratch:
        customers = invent_customers(options.accounts)
        application = make_application(Path(scratch), options.smtp, customers)
        with Server(("127.0.0.1", options.port), QuietHandler) as server:
            server.set_app(application)
            _end_on_request(server)
            _announce(server, customers)
            server.serve_forever(poll_interval=0.1)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="A test portal on Flask-Security.")
    parser.add_argument("--smtp", metavar="HOST:PORT", type=_address, required=True, help="mail server for codes")
    parser.add_argument("--accounts", metavar="N", type=int, default=150, help="number of customers (default: 150)")
    parser.add_argument("--port", metavar="N", type=int, default=0, help="port to listen on (default: any free one)")
    return parser.parse_args(arguments)


def _address(text: str) -> str:
    """Return `text` if it is HOST:PORT."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return text


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
