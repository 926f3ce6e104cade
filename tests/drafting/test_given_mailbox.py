"""Where the mailbox of a draft comes from, and that nobody is left to wonder why mailed codes are missing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from portal2fa.cli import asking, cli, profile_new
from portal2fa.cli.given_mailbox import KINDS, PASSWORD, given_mailbox
from portal2fa.drafting.draft import Draft
from portal2fa.drafting.order import Order
from portal2fa.errors import UsageError
from portal2fa.profile_mailbox import Mailbox

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers there
ANSWERS: dict[str, tuple[list[str], dict[str, Any]]] = {
    "maildir": (["/var/mail/ana"], {"path": "/var/mail/ana"}),
    "imap": (["mail.example", "ana"], {"host": "mail.example", "username": "ana", "password": f"${PASSWORD}"}),
    "http": (["mailpit", "http://127.0.0.1:8025"], {"api": "mailpit", "url": "http://127.0.0.1:8025"}),
    "command": (["cat '/var/mail/a b'"], {"command": ["cat", "/var/mail/a b"]}),
    "person": ([], {}),
}
"""What somebody types for each kind, and the table that it makes."""


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the tester's own says where mails are."""
    for key in Mailbox.model_fields:
        monkeypatch.delenv(f"PORTAL2FA_MAILBOX_{key.upper()}", raising=False)


def answered(monkeypatch: pytest.MonkeyPatch, *lines: str, said: tuple[str, ...] = ()) -> dict[str, Any]:
    """The table when somebody is there who types these lines."""
    monkeypatch.setattr(asking, "is_somebody_there", lambda: True)
    with CliRunner().isolation(input="".join(f"{line}\n" for line in lines)):
        return given_mailbox(said)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_and_its_place_are_asked_for(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, expected = ANSWERS[kind]
    table = answered(monkeypatch, kind, *lines)
    assert table == {"kind": kind, **expected}
    assert Mailbox.model_validate(table).kind == kind


def test_an_unknown_kind_is_asked_for_again_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(monkeypatch, "pigeon", "person") == {"kind": "person"}
    assert answered(monkeypatch, "") == {}


def test_the_environment_says_it_a_variable_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"KIND": "imap", "HOST": "mail.example", "PORT": "143", "SECURITY": "none", "VERIFY": "false"}
    said |= {"USERNAME": "ana", "PASSWORD": "hunter2"}
    for key, value in said.items():
        monkeypatch.setenv(f"PORTAL2FA_MAILBOX_{key}", value)
    expected = {"kind": "imap", "host": "mail.example", "port": 143, "security": "none", "verify": False}
    expected |= {"username": "ana", "password": f"${PASSWORD}"}
    assert answered(monkeypatch) == expected  # and nobody is asked


def test_options_outrank_the_environment_whole_and_a_place_without_a_kind_counts_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORTAL2FA_MAILBOX_PATH", "/var/mail/ana")
    assert answered(monkeypatch, "") == {}
    monkeypatch.setenv("PORTAL2FA_MAILBOX_KIND", "maildir")
    assert answered(monkeypatch, said=("kind=person",)) == {"kind": "person"}


@pytest.mark.parametrize("said", [(), ("kind=none",)])
def test_that_there_is_none_is_said_with_what_would_change_it(
    said: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    given_mailbox(said)
    err = capsys.readouterr().err
    assert "Codes by mail will not be drafted" in err
    assert "--mailbox kind=" in err
    assert "PORTAL2FA_MAILBOX_KIND" in err


def test_of_a_mailbox_that_is_there_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    given_mailbox(("kind=person",))
    assert capsys.readouterr().err == ""


def test_a_command_that_cannot_be_split_is_told() -> None:
    with pytest.raises(UsageError, match="cannot be split"):
        given_mailbox(("kind=command", "command=cat '/var/mail"))


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The environments with which a walk was begun; each finds nothing."""
    given: list[dict[str, str]] = []

    def walk(order: Order, environment: dict[str, str], *_: object, **__: object) -> Draft:
        given.append(environment)
        return Draft()

    monkeypatch.setattr(profile_new, "_walk", walk)
    return given


def drafted(folder: Path, environment: dict[str, str], typed: str = "") -> tuple[str, str]:
    """The file that the command writes without a mailbox among its options, and all that it says."""
    file = folder / "new.toml"
    line = ["profile", "new", NOBODY, "--username", "ana", "--name", "Ana", "--yes", "--out", str(file)]
    variables = {"PORTAL2FA_PASSWORD": "x", **environment}
    ended = CliRunner().invoke(cli, line, env=variables, input=typed, standalone_mode=False, catch_exceptions=False)
    return file.read_text("utf-8"), ended.output


def test_the_mailbox_of_the_environment_is_in_the_file_and_its_password_is_not(
    walked: list[dict[str, str]], tmp_path: Path
) -> None:
    said = {"KIND": "imap", "HOST": "mail.example", "USERNAME": "ana", "PASSWORD": "hunter2"}
    text, told = drafted(tmp_path, {f"PORTAL2FA_MAILBOX_{key}": value for key, value in said.items()})
    expected = {"kind": "imap", "host": "mail.example", "username": "ana", "password": f"${PASSWORD}"}
    assert tomllib.loads(text)["mailbox"] == expected
    assert walked[0][PASSWORD] == "hunter2"
    assert "hunter2" not in text + told


def test_the_password_of_a_mailbox_is_asked_for_and_its_variable_named_in_the_end(
    walked: list[dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "is_somebody_there", lambda: True)
    text, told = drafted(tmp_path, {}, "imap\nmail.example\nana\nhunter2\n")
    assert walked[0][PASSWORD] == "hunter2"
    assert f"after export {PASSWORD}=…" in told
    assert "hunter2" not in text + told
