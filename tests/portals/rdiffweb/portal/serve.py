"""Serve rdiffweb from a scratch folder until stdin ends or SIGTERM arrives; run inside its environment."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from portal.accounts import Customer, invent_customers, store_customers

LATE = 300
"""Place in the start of the engine, after the web server (75) and after the portal's own accounts (250)."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the product by its own entry point, announce it on stdout as one JSON line, and serve until told to end."""
    options = _options(arguments)
    out = _stdout_for_the_announcement()
    port = _free_port(options.port)
    customers = invent_customers(options.accounts)

    def started() -> None:
        store_customers(customers)
        print(_announcement(port, customers), file=out, flush=True)

    with tempfile.TemporaryDirectory(prefix="portal-rdiffweb-", ignore_cleanup_errors=True) as scratch:
        _run(_command_line(Path(scratch), port, options.smtp), started, failed=lambda: _give_up(Path(scratch)))


def _give_up(scratch: Path) -> None:
    """Leave nothing lying about; the engine ends the process at once when it could not start."""
    shutil.rmtree(scratch, ignore_errors=True)
    print("The portal did not start; its own log above says why.", file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="The product rdiffweb as a test portal.")
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


def _stdout_for_the_announcement() -> TextIO:
    """Return the real stdout; what the product prints goes to stderr from here on."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _free_port(wanted: int) -> int:
    """Return `wanted` if it is free, or any free one for 0; the product cannot be given a bound socket."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError as error:
            sys.exit(f"The portal cannot listen on port {wanted}: {error.strerror}.")
        return int(probe.getsockname()[1])


def _command_line(scratch: Path, port: int, smtp: str) -> list[str]:
    """Return the product's own options: everything in `scratch`, nothing asked of the outside world."""
    # Sign-ins are limited to 20 an hour and address, and all customers of a test share one; the limit of three
    # wrong codes is another one, and stays.
    return [
        *("--server-host", "127.0.0.1", "--server-port", str(port), "--external-url", f"http://127.0.0.1:{port}"),
        *("--database-uri", f"sqlite:///{scratch}/rdiffweb.db", "--tempdir", str(scratch)),
        *("--email-host", smtp, "--email-sender", "rdiffweb@portal.test", "--email-encryption", "none"),
        *("--admin-user", "administrator", "--admin-password", f"Pw-{secrets.token_hex(8)}"),
        *("--rate-limit", "100000", "--disable-ssh-keys", "--latest-version-url", "", "--log-level", "WARN"),
        *("--log-access-file", f"{scratch}/access.log"),
    ]


def _run(command_line: list[str], started: Callable[[], None], failed: Callable[[], None]) -> None:
    """Run the product until its engine is told to exit; call `started` once it serves, or `failed` if it never does."""
    import cherrypy  # noqa: PLC0415 -- only in the environment of the portal
    from rdiffweb.main import main as run_product  # noqa: PLC0415 -- likewise

    serving: list[bool] = []

    def start() -> None:
        if cherrypy.server.running:  # the engine calls this also after another listener has failed
            started()
            serving.append(True)

    cherrypy.engine.subscribe("start", start, priority=LATE)
    cherrypy.engine.subscribe("exit", lambda: None if serving else failed(), priority=LATE)
    cherrypy.engine.signal_handler.handlers["SIGINT"] = cherrypy.engine.exit
    _end_with_input(cherrypy.engine)
    run_product(command_line)


def _end_with_input(engine: Any) -> None:
    """Stop the engine at the end of stdin; for SIGTERM and SIGINT it has handlers of its own."""

    def wait_for_end_of_input() -> None:
        while os.read(0, 4096):  # not sys.stdin: its lock, held by a waiting thread, spoils the end of the process
            pass
        os.kill(os.getpid(), signal.SIGTERM)  # in the main thread, as if somebody had asked from outside

    threading.Thread(target=wait_for_end_of_input, daemon=True).start()


def _announcement(port: int, customers: list[Customer]) -> str:
    """Return where the portal is and who may sign in; `control` is null as nothing in it can be steered."""
    where = f"http://127.0.0.1:{port}"
    return json.dumps({"url": where, "control": None, "accounts": [customer.as_json() for customer in customers]})


if __name__ == "__main__":
    main()
