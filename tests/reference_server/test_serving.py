"""The server as a process: its ready line, a mail server, its end with its parent, and how it says no."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from reference_server.__main__ import main
from tests.reference_portal import server

ROOT = Path(__file__).parents[2]


class Inbox(MessageHandler):
    """Keeps what the mail server takes."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        """Keep one mail."""
        self.mails.append(message)


@contextmanager
def mail_server() -> Iterator[tuple[str, Inbox]]:
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        controller.port = probe.getsockname()[1]
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}", inbox
    finally:
        controller.stop()


def test_server_answers_mails_and_ends_with_its_parent(tmp_path: Path) -> None:
    with mail_server() as (smtp, inbox), server("--test-control", "--smtp", smtp) as (process, ready):
        headers = {"X-Test-Token": ready["control"]["token"]}
        with httpx.Client(base_url=ready["url"], follow_redirects=True) as client:
            body = {"two_factor": "email"}
            account = client.post(ready["control"]["url"] + "/accounts", json=body, headers=headers).json()
            page = client.get("/sign-in").text
            token = page.split('name="csrf_token" value="')[1].split('"')[0]
            form = {"csrf_token": token, "email": account["email"], "password": account["password"]}
            assert "It expires within 10 minutes" in client.post("/sign-in", data=form).text
        assert [mail["Subject"] for mail in inbox.mails] == ["Your sign-in code"]
        assert inbox.mails[0]["To"] == account["email"]
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(5) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_the_server_cleanly(number: signal.Signals) -> None:
    with server("--demo-accounts") as (process, ready):
        assert ready["control"] is None
        assert [account["name"] for account in ready["accounts"]] == ["Ana Example", "Ben Example", "Cleo Example"]
        process.send_signal(number)
        assert process.wait(5) == 0


def test_kept_database_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    for _ in range(2):
        with server("--database", str(path)) as (_, ready):
            assert httpx.get(ready["url"]).status_code == 200
    assert path.exists()
    assert path.with_name("kept.sqlite3.key").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "not this machine"),
        (["--host", "portal.example"], "not this machine"),
        (["--port", "70000"], "not a port"),
        (["--smtp", "mail"], "not HOST:PORT"),
        (["--database", "/no/such/folder/x.sqlite3"], "folder of the database does not exist"),
    ],
)
def test_server_that_cannot_start_says_why_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err


def test_database_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"this is not a database, however long it is " * 100)
    assert main(["--database", str(path)]) == 2
    err = capsys.readouterr().err
    assert "cannot be used" in err
    assert err.count("\n") == 1
