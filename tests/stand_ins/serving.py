"""A portal of our own as a process: a free port, one line that says where it is, an end with its standard input."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Sequence

import uvicorn
from starlette.types import ASGIApp


def serve(app: ASGIApp, accounts: Sequence[dict[str, str]]) -> None:
    """Serve `app` on loopback after a JSON line with its `url` and `accounts`, until standard input ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
        told = {"url": f"http://127.0.0.1:{listening.getsockname()[1]}", "accounts": list(accounts)}
        print(json.dumps(told), flush=True)
        server.run(sockets=[listening])


def _end_with_input(server: uvicorn.Server) -> None:
    while os.read(0, 4096):
        pass
    server.should_exit = True
