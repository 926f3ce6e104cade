"""Serve pgAdmin 4 from a scratch folder until stdin ends or SIGTERM arrives; run inside its environment."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TextIO

from portal.accounts import Person, invent_people, store_people

ANSWER_SECONDS = 60
"""How long pgAdmin may take from its start to its first answer."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Set up a scratch pgAdmin, announce it on stdout as one JSON line, and serve until told to end."""
    options = _options(arguments)
    ended = _end_on_request()
    line = _keep_stdout()
    people = invent_people(options.accounts)
    with tempfile.TemporaryDirectory(prefix="portal-pgadmin-", ignore_cleanup_errors=True) as scratch:
        port = options.port or _free_port()
        pgadmin = _configured(scratch, options.smtp, port)
        store_people(people, pgadmin.app)
        threading.Thread(target=pgadmin.main, daemon=True).start()
        _wait_for_answer(port, ended)
        _announce(line, port, people)
        ended.wait()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="start.py", description="pgAdmin 4 as a portal under test.")
    parser.add_argument("--smtp", metavar="HOST:PORT", type=_address, required=True, help="mail server for codes")
    parser.add_argument("--accounts", metavar="N", type=int, default=60, help="number of people (default: 60)")
    parser.add_argument("--port", metavar="N", type=int, default=0, help="port of loopback (default: any free one)")
    return parser.parse_args(arguments)


def _address(text: str) -> str:
    """Return `text` if it is HOST:PORT."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return text


def _end_on_request() -> threading.Event:
    """Return an event that is set at the end of stdin and at SIGTERM or SIGINT."""
    ended = threading.Event()

    def wait_for_end_of_input() -> None:
        while os.read(0, 4096):  # not sys.stdin: its lock, held by a waiting thread, spoils the end of the process
            pass
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    threading.Thread(target=wait_for_end_of_input, daemon=True).start()
    return ended


def _keep_stdout() -> TextIO:
    """Return the real stdout for our one line; whatever pgAdmin prints goes to stderr from now on."""
    kept = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return kept


def _free_port() -> int:
    """Return a port of loopback that nobody uses now; pgAdmin has to know it before it binds it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _configured(scratch: str, smtp: str, port: int) -> ModuleType:
    """Return pgAdmin's own start module, with its database made in `scratch` and its first administrator."""
    os.environ.update(PORTAL_SCRATCH=scratch, PORTAL_SMTP=smtp, PORTAL_PORT=str(port))
    os.environ.update(PGADMIN_SETUP_EMAIL="root@portal.test", PGADMIN_SETUP_PASSWORD=secrets.token_urlsafe(16))
    package = importlib.util.find_spec("pgadmin4")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("pgAdmin is not installed in the environment of this portal.")
    sys.path.insert(0, str(Path(package.submodule_search_locations[0])))
    return importlib.import_module("pgAdmin4")


def _wait_for_answer(port: int, ended: threading.Event) -> None:
    """Return once the port is open or the end was asked for; `SystemExit` when it does not open in time."""
    limit = time.monotonic() + ANSWER_SECONDS
    while not ended.wait(0.1):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > limit:
            raise SystemExit(f"pgAdmin did not answer at port {port} within {ANSWER_SECONDS} seconds.")


def _announce(line: TextIO, port: int, people: list[Person]) -> None:
    """Print where the portal is and who may sign in; `control` is null as nothing in it can be steered."""
    told = {"url": f"http://127.0.0.1:{port}", "control": None, "accounts": [person.as_json() for person in people]}
    print(json.dumps(told), file=line, flush=True)


if __name__ == "__main__":
    main()
