"""Runs with an account of the profile that is not the portal's, or with a clock that does not move it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.restoring.living import Living


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """The reference portal as if it were somebody's own."""
    living = Living("reference", tmp_path_factory.mktemp("reference"))
    yield living
    living.close()


@pytest.mark.parametrize(
    ("key", "clause", "says"),
    [
        pytest.param("username", "NAV-2", "nobody@portal.example", marks=pytest.mark.portals_long),
        ("password", "NAV-2", "not the password"),
        ("name", "NAV-4", "Somebody Else"),
        pytest.param("email", "EMAIL-3", "nobody@portal.example", marks=pytest.mark.portals_long),
    ],
)
def test_an_account_with_one_value_wrong_is_named(portal: Living, key: str, clause: str, says: str) -> None:
    owner = portal.owner(key)
    text = owner.profile.read_text(encoding="utf-8").replace("[mailbox]", "[mailbox]\nseconds = 2")
    before, pool, account = text.partition("[[accounts.pool]]")
    account = re.sub(rf"(?m)^{key} = .*$", f"{key} = {json.dumps(says)}", account, count=1)
    owner.profile.write_text(before + pool + account, encoding="utf-8")
    out = owner.folder / "report"
    ended = owner.call(
        "run", "--target", str(owner.profile), "--clause", clause, "--out", str(out), "--evidence", "none"
    )
    assert ended.returncode == 3, ended.stderr
    wrong = "username" if key == "password" else key
    uncertain = list(_uncertain(out))
    assert uncertain
    assert [reason for reason in uncertain if f"accounts.pool[0].{wrong}" not in reason] == []


@pytest.mark.portals_long
def test_a_clock_that_does_not_reach_the_portal_is_named(portal: Living) -> None:
    owner = portal.owner("clock")
    clock = 'kind = "command"\ncommand = ["{python}", "-c", "", "{offset}"]'
    text = owner.profile.read_text(encoding="utf-8").replace('kind = "none"', clock)
    owner.profile.write_text(text, encoding="utf-8")
    out = owner.folder / "report"
    owner.call("run", "--target", str(owner.profile), "--clause", "EMAIL-7", "--out", str(out), "--evidence", "none")
    assert any("clock did not move" in reason and "[clock]" in reason for reason in _uncertain(out))


def _uncertain(out: Path) -> Iterator[str]:
    """Why nothing can be told, scenario by scenario; asserts that no scenario failed."""
    rows = json.loads((out / "result.json").read_text(encoding="utf-8"))["result"]["scenarios"]
    assert [row["id"] for row in rows if row["outcome"] == "failed"] == []
    yield from (row["reason"] for row in rows if row["outcome"] == "cantTell")
