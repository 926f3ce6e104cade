"""`portal2fa restore` without a portal: what it lists, and what it says where an account cannot be put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal2fa.cli import cli
from portal2fa.journal import Entry, Journal
from portal2fa.leases import Leases

OWN = """
extends = "documented"
name = "own"
url = "{url}"

[accounts]
kind = "pool"
pool = [{{ username = "ana", password = "$OWN_PASSWORD", name = "Ana Own" }}]

[mailbox]
kind = "none"
"""
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers there


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The profile of a tester, with the password and a state folder in the environment."""
    monkeypatch.setenv("OWN_PASSWORD", "the password")
    monkeypatch.setenv("PORTAL2FA_STATE", str(tmp_path / "state"))
    path = tmp_path / "own.toml"
    path.write_text(OWN.format(url=NOBODY))
    return path


def left_on(profile: Path, username: str = "ana") -> None:
    """What a run leaves in the journal when it is killed."""
    Journal().write(Entry("own", str(profile), NOBODY, username, methods=("time_based",), when="2026-04-29T10:00:00"))


def restore(*arguments: str) -> Result:
    """Call the command in this process; its return value is the exit code."""
    return CliRunner().invoke(cli, ["restore", *arguments], standalone_mode=False)


def test_without_an_entry_there_is_nothing_to_do(profile: Path) -> None:
    ended = restore()
    assert (ended.return_value, ended.stdout) == (0, "No account has to be put back.\n")


def test_the_list_names_target_account_method_and_time(profile: Path) -> None:
    left_on(profile)
    ended = restore("--list")
    assert ended.return_value == 0
    assert ended.stdout == f"{profile}\n  ana: time-based, begun 2026-04-29T10:00:00\n"


def test_an_entry_of_another_target_is_left_alone(profile: Path) -> None:
    left_on(profile)
    ended = restore("--target", "reference")
    assert ended.return_value == 0
    assert ended.stdout == (
        "No account of this target has to be put back.\n"
        "Of other targets, or under another address: ana; see them with --list.\n"
    )


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("password", "the environment variable OWN_PASSWORD is not set"),
        ("account", "the profile does not list this account any more"),
        ("file", "There is no profile at"),
        ("portal", f"The portal does not answer at {NOBODY}."),
        ("run", "another run is using ana"),
    ],
)
def test_what_keeps_an_account_from_being_put_back_is_told_and_the_entry_stays(
    profile: Path, monkeypatch: pytest.MonkeyPatch, spoil: str, said: str
) -> None:
    left_on(profile)
    other = Leases()
    deeds: dict[str, Callable[[], object]] = {
        "password": lambda: monkeypatch.delenv("OWN_PASSWORD"),
        "account": lambda: profile.write_text(OWN.format(url=NOBODY).replace('"ana"', '"anna"')),
        "file": profile.unlink,
        "portal": lambda: None,
        "run": lambda: other.take(NOBODY, "ana"),
    }
    deeds[spoil]()
    ended = restore()
    other.close()
    assert ended.return_value == 4
    assert said in ended.stdout
    assert "1 account is not as before" in ended.stdout
    assert [entry.username for entry in Journal().entries()[0]] == ["ana"]


def test_an_entry_that_cannot_be_read_is_told_of_and_keeps_the_exit_code(profile: Path) -> None:
    left_on(profile)
    Journal().path("own", NOBODY, "ana").write_bytes(b"broken")
    ended = restore()
    assert ended.return_value == 4
    assert "cannot be read; it is left as it is" in ended.stderr
