"""Serving a test portal: a small server, its announcement, and its end with whoever started it."""

from __future__ import annotations

import argparse
import json
import os
import signal
import threading
from socketserver import TCPServer, ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from customers import Customer


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


def host_and_port(text: str) -> str:
    """Return `text` if it is HOST:PORT."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return text


def end_on_request(server: Server) -> None:
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


def announce(server: Server, customers: list[Customer]) -> None:
    """Print where the portal is and who may sign in; `control` is null as nothing in it can be steered."""
    where = f"http://127.0.0.1:{server.server_port}"
    told = {"url": where, "control": None, "accounts": [customer.as_json() for customer in customers]}
    print(json.dumps(told), flush=True)
