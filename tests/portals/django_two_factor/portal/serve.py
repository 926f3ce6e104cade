"""Serve the test portal from a scratch database until stdin ends or SIGTERM arrives; run inside its environment."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence

from customers import Customer, invent_customers
from serving import QuietHandler, Server, announce, end_on_request, host_and_port

from portal.accounts import store_customers


def main(arguments: Sequence[str] | None = None) -> None:
    """Set up a scratch portal, announce it on stdout as one JSON line, and serve until told to end."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="portal-django-two-factor-") as scratch:
        os.environ.update(PORTAL_SCRATCH=scratch, PORTAL_SMTP=options.smtp, DJANGO_SETTINGS_MODULE="portal.settings")
        customers = invent_customers(options.accounts)
        with _server(customers) as server:
            end_on_request(server)
            announce(server, customers)
            server.serve_forever(poll_interval=0.1)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="A test portal on django-two-factor-auth.")
    parser.add_argument("--smtp", metavar="HOST:PORT", type=host_and_port, required=True, help="mail server for codes")
    parser.add_argument("--accounts", metavar="N", type=int, default=60, help="number of customers (default: 60)")
    return parser.parse_args(arguments)


def _server(customers: list[Customer]) -> Server:
    """Return a server of a freshly migrated portal with `customers`, bound to a free port of loopback."""
    import django  # noqa: PLC0415 -- its settings come from the environment that main has just filled

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- needs a configured Django
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- needs a configured Django

    call_command("migrate", verbosity=0)
    store_customers(customers)
    server = Server(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    return server


if __name__ == "__main__":
    main()
