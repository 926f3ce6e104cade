"""`portal2fa profile new` before it touches a portal: what it refuses, and that secrets stay off the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from portal2fa.cli import cli
from portal2fa.errors import UsageError
from portal2fa.profile_mailbox import Mailbox

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers there
ACCOUNT = ("--username", "ana", "--name", "Ana Example", "--yes")


def new(folder: Path, *arguments: str) -> object:
    """Call the command in this process, with a file in `folder` to write."""
    line = ["profile", "new", *arguments, *ACCOUNT, "--out", str(folder / "new.toml")]
    environment = {"PORTAL2FA_PASSWORD": "the password", "PORTAL2FA_STATE": str(folder / "state")}
    return CliRunner().invoke(cli, line, standalone_mode=False, catch_exceptions=False, env=environment).return_value


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["portal.example"], "is no address"),
        ([NOBODY, "--mailbox", "kind"], "there is no '='"),
        ([NOBODY, "--mailbox", "password=hunter2"], "does not belong on the command line"),
        ([NOBODY, "--mailbox", "kind=pigeon"], '--mailbox kind: cannot be "pigeon"'),
        ([NOBODY, "--profile-name", "Portal!"], '--profile-name: cannot be "Portal!"'),
        ([NOBODY, "--language", "English"], '--language: cannot be "English"'),
        ([NOBODY, "--origin", "no host"], "--origin: 'no host' is no host"),
        ([NOBODY, "--report", "/nowhere/page.html"], "There is no folder /nowhere"),
    ],
)
def test_a_wrong_command_line_is_told_and_nothing_written(tmp_path: Path, arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        new(tmp_path, *arguments)
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert list(tmp_path.glob("new.*")) == []


def test_the_password_of_a_mailbox_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    said = ["kind=imap", "host=127.0.0.1", "username=ana", "password=$MAIL_PASSWORD", "security=none"]
    with pytest.raises(UsageError, match="--mailbox: 'port' is missing") as refused:
        new(tmp_path, NOBODY, *(word for pair in said for word in ("--mailbox", pair)))
    assert "hunter2" not in str(refused.value)


def test_no_error_of_a_profile_quotes_what_was_given() -> None:
    with pytest.raises(ValidationError) as refused:
        Mailbox.model_validate({"kind": "imap", "password": "hunter2"})
    assert "hunter2" not in str(refused.value)
