"""Serve the test portal from a scratch database until stdin ends or SIGTERM arrives; run inside its environment."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from customers import invent_customers
from serving import QuietHandler, Server, announce, end_on_request, host_and_port

from portal.application import make_application


def main(arguments: Sequence[str] | None = None) -> None:
    """Set up a scratch portal, announce it on stdout as one JSON line, and serve until told to end."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="portal-flask-security-") as scratch:
        customers = invent_customers(options.accounts, by_address=True)
        application = make_application(Path(scratch), options.smtp, customers)
        with Server(("127.0.0.1", options.port), QuietHandler) as server:
            server.set_app(application)
            end_on_request(server)
            announce(server, customers)
            server.serve_forever(poll_interval=0.1)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="A test portal on Flask-Security.")
    parser.add_argument("--smtp", metavar="HOST:PORT", type=host_and_port, required=True, help="mail server for codes")
    parser.add_argument("--accounts", metavar="N", type=int, default=150, help="number of customers (default: 150)")
    parser.add_argument("--port", metavar="N", type=int, default=0, help="port to listen on (default: any free one)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
