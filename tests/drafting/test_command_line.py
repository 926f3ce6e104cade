"""`portal2fa profile new` before it touches a portal: what it refuses, and that secrets stay off the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal2fa.cli import cli
from portal2fa.errors import UsageError

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
        ([NOBODY, "--mailbox", "kind=pigeon"], "The mailbox cannot be used"),
        ([NOBODY, "--report", "/nowhere/page.html"], "There is no folder /nowhere"),
    ],
)
def test_a_wrong_command_line_is_told_and_nothing_written(tmp_path: Path, arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        new(tmp_path, *arguments)
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert list(tmp_path.glob("new.*")) == []
