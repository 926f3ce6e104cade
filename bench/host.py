"""What a walk needs around it: a mail server that throws mails away, and the reference portal, for one run.

`python -m bench.host --times 20 --folder F -- COMMAND …` runs a program of somebody else's in the folder F between the
two.  It finds everything in its environment: the portal's address in BENCH_URL, the control endpoint in BENCH_CONTROL
and BENCH_TOKEN, the browser in BENCH_BROWSER with its arguments as JSON in BENCH_ARGS, the checkout in PYTHONPATH.
At the end of each walk it adds a line to the file BENCH_DONE: what passes without having walked is not measured.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from portal2fa.browsers import find_browser

ROOT = Path(__file__).resolve().parents[1]


def main(argv: Sequence[str]) -> int:
    """Run the command beside a portal: its status, or 1 when it ended well after another number of walks."""
    given = _parser().parse_args(argv)
    with (
        tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch,
        mail_server() as smtp,
        portal(smtp) as ready,
    ):
        done = Path(scratch) / "done"
        done.touch()
        environment = {**os.environ, **surroundings(ready), "BENCH_DONE": str(done)}
        status = subprocess.run(given.command, cwd=given.folder, env=environment, stdout=sys.stderr, check=False)
        walked = len(done.read_text("utf-8").splitlines())
    if status.returncode == 0 and walked != given.times:
        print(f"{given.times} walks were asked for, {walked} came to their end", file=sys.stderr)
        return 1
    return status.returncode


@contextlib.contextmanager
def mail_server() -> Iterator[str]:
    """An SMTP server that throws mails away; yields its HOST:PORT."""
    controller = Controller(Sink(), hostname="127.0.0.1", port=(port := free_port()))
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@contextlib.contextmanager
def portal(smtp: str) -> Iterator[dict[str, Any]]:
    """The reference portal as the profile `reference` starts it; yields its ready line."""
    options = ["--port", "0", "--smtp", smtp, "--test-control", "--cheap-passwords"]
    command = [sys.executable, "-m", "reference_server", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.stdin.close()


def surroundings(ready: Mapping[str, Any]) -> dict[str, str]:
    """The variables by which a walk finds portal and browser."""
    browser = find_browser()
    return {
        "BENCH_URL": ready["url"],
        "BENCH_CONTROL": ready["control"]["url"],
        "BENCH_TOKEN": ready["control"]["token"],
        "BENCH_BROWSER": str(browser.executable_path or ""),
        "BENCH_ARGS": json.dumps(list(browser.args)),
        "PYTHONPATH": str(ROOT),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.host")
    parser.add_argument("--times", type=int, required=True, help="how many walks the command has to make")
    parser.add_argument("--folder", type=Path, required=True, help="where the command is run")
    parser.add_argument("command", nargs="+", help="the command and its arguments, after --")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
