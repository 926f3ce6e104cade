"""Accounts that a tester's own program makes on a portal that outlives the run: used, removed, and found again."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.restoring.killing import came_to_its_end
from tests.restoring.living import Living
from tests.restoring.making import Maker

NONE_LEFT = "No account has to be put back.\n"


def killed(maker: Maker, change: int) -> Maker:
    """The maker of an account whose run was killed when it had just changed the journal for the so manieth time."""
    ended, moments = maker.walk("time_based", f"j{change}")
    assert ended.returncode == -signal.SIGKILL, f"{moments}\n{ended.stdout}\n{ended.stderr}"
    return maker.only_one


def test_a_run_on_made_accounts_passes_and_leaves_none(reference: Living, tmp_path: Path) -> None:
    maker = Maker.at(reference, tmp_path / "own", "remove")
    ended, _ = maker.walk("time_based", 0)
    assert came_to_its_end(ended.stdout), ended.stdout + ended.stderr
    result = json.loads((maker.folder / "report" / "result.json").read_text())["result"]
    assert (result["problems"], result["not_restored"]) == ([], [])
    assert not reference.has(maker.only_one.account)
    assert maker.call("restore").stdout == NONE_LEFT


def test_without_a_command_that_removes_it_an_account_is_put_back(reference: Living, tmp_path: Path) -> None:
    maker = Maker.at(reference, tmp_path / "own")
    ended, _ = maker.walk("time_based", 0)
    assert came_to_its_end(ended.stdout), ended.stdout + ended.stderr
    assert maker.only_one.signs_in_with_password_alone()
    assert maker.call("restore").stdout == NONE_LEFT


@pytest.mark.parametrize("commands", [("remove",), ("remove", "password")], ids="-".join)
def test_an_account_that_was_only_just_made_is_removed(
    reference: Living, tmp_path: Path, commands: tuple[str, ...]
) -> None:
    maker = killed(Maker.at(reference, tmp_path / "own", *commands), 1)
    account = maker.account
    listed = maker.call("restore", "--list").stdout
    assert f"  {account.username} at {reference.url}: made for the run, nothing switched on, begun " in listed
    assert reference.has(account)
    restored = maker.call("restore")
    assert restored.stdout.endswith(f"\n  {account.username}: removed\n"), restored.stdout + restored.stderr
    assert f"  {account.username}: removing it\n" in restored.stderr
    assert restored.returncode == 0
    assert not reference.has(account)
    assert maker.call("restore").stdout == NONE_LEFT


@pytest.mark.parametrize(
    ("commands", "changes", "told"),
    [
        (("remove", "password"), 5, "put back as it was, and removed"),
        (("remove",), 5, "removed"),
        (("password",), 4, "put back as it was"),
    ],
    ids=["put back and removed", "removed", "put back"],
)
def test_an_account_whose_factor_was_just_switched_on_is_put_back_and_removed(
    reference: Living, tmp_path: Path, commands: tuple[str, ...], changes: int, told: str
) -> None:
    maker = killed(Maker.at(reference, tmp_path / "own", *commands), changes)
    account = maker.account
    assert not maker.signs_in_with_password_alone()
    listed = maker.call("restore", "--list").stdout
    assert f"  {account.username} at {reference.url}: made for the run, time-based, begun " in listed
    restored = maker.call("restore")
    assert restored.stdout.endswith(f"\n  {account.username}: {told}\n"), restored.stdout + restored.stderr
    turning = f"  {account.username}: turning time-based tokens off\n"
    assert (turning in restored.stderr) == ("password" in commands), restored.stderr
    assert restored.returncode == 0
    stays = "remove" not in commands
    assert reference.has(account) == stays
    assert maker.signs_in_with_password_alone() == stays
    assert maker.call("restore").stdout == NONE_LEFT
