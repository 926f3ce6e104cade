"""Start portals under test for a person to look at: `python tests/portals/show.py [NAME ...]`, all without a name.

Prints where each is and who may sign in, then every mail that a portal sends, until Ctrl-C.  The mails are kept in a
Maildir as well, so that a run or a draft can be tried on a portal as on one's own.  What a portal logs goes to a file:
among its lines nobody would find the address.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from email import message_from_bytes, policy
from mailbox import Maildir
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from environments import ready_environment

PORTALS = Path(__file__).resolve().parent
ACCOUNTS = 3
ENDING = (signal.SIGINT, signal.SIGTERM)


class PrintMails:
    """Takes every mail, prints it, and keeps it."""

    def __init__(self, kept: Maildir) -> None:
        """Keep mails in `kept`."""
        self._kept = kept

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        """Print one mail as a person reads it."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain", "html"))
        text = body.get_content().strip() if body else ""
        print(f"\nmail to {', '.join(envelope.rcpt_tos)}: {mail['subject']}\n{text}", flush=True)
        self._kept.add(envelope.content)
        return "250 OK"


def main(names: Sequence[str]) -> None:
    """Show the portals called `names`, or all there are, until Ctrl-C or SIGTERM."""
    known = sorted(found.parent.name for found in PORTALS.glob("*/start.py"))
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"There is no portal called {', '.join(unknown)}. There are: {', '.join(known)}.")
    for number in ENDING:  # also where it was started in the background of a script
        signal.signal(number, signal.default_int_handler)
    with contextlib.ExitStack() as running:
        with contextlib.suppress(KeyboardInterrupt):
            _show_all(names or known, running)
            _wait_for_a_signal()
        for number in ENDING:  # once is enough: a second one would leave portals behind
            signal.signal(number, signal.SIG_IGN)
        print("\nThe portals are ended.", flush=True)


def _show_all(names: Sequence[str], running: contextlib.ExitStack) -> None:
    """Start portals that end with `running`, and take their mails."""
    folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="portal2fa-mails-")))
    path = folder / "mails"
    sink = Controller(PrintMails(Maildir(path)), hostname="127.0.0.1", port=_free_port())
    sink.start()
    running.callback(sink.stop)
    for name in names:
        _show(name, f"127.0.0.1:{sink.port}", folder / f"{name}.log", running)
    print(f"\nMails are shown here, and kept in the Maildir {path} until then. Ctrl-C ends the portals.", flush=True)


def _wait_for_a_signal() -> None:
    """Wait until one comes; one that came just before is not slept over, as `signal.pause` would do."""
    read, written = socket.socketpair()
    written.setblocking(False)
    signal.set_wakeup_fd(written.fileno())
    read.recv(1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _show(name: str, smtp: str, log: Path, running: contextlib.ExitStack) -> None:
    """Start one portal and print what its line says; a portal that does not start is told of and left out."""
    if (PORTALS / name / "requirements.txt").exists():  # else it needs no environment of its own
        ready_environment(PORTALS / name)  # the first time takes minutes, and says so
    line = _started(name, smtp, log, running)
    if not line:
        print(f"{log.read_text('utf-8', 'replace')}\n{name} did not start; what it said stands above.", file=sys.stderr)
        return
    told = json.loads(line)
    print("\n".join([f"\n{name}: {told['url']}", *map(_described, told["accounts"]), f"  its log: {log}"]), flush=True)


def _started(name: str, smtp: str, log: Path, running: contextlib.ExitStack) -> bytes:
    """Start a portal that logs to `log`; the line with which it says that it is there, empty where it ended."""
    command = [sys.executable, str(PORTALS / name / "start.py"), "--smtp", smtp, "--accounts", str(ACCOUNTS)]
    pipe = subprocess.PIPE
    with log.open("wb") as written:
        # In a session of its own, so that Ctrl-C reaches it through us only.
        portal = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=written, start_new_session=True)
    running.callback(_end, portal)
    assert portal.stdout is not None
    return portal.stdout.readline()


def _described(person: dict[str, str]) -> str:
    mails = f", mails to {person['email']}" if person.get("email", person["username"]) != person["username"] else ""
    return f"  {person['username']}  {person['password']}  ({person['name']}{mails})"


def _end(portal: subprocess.Popen[bytes]) -> None:
    """Close the portal's standard input, by which it ends itself, and wait for that."""
    assert portal.stdin is not None
    portal.stdin.close()
    portal.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
