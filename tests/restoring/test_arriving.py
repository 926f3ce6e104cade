"""An account is looked at before it is used: put back where a run left it on, not touched where nobody knows why."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.restoring.living import Living, Owner

METHODS = ("time_based", "email")


def rows(owner: Owner) -> list[dict[str, Any]]:
    """The scenarios of the owner's last run."""
    document = json.loads((owner.folder / "report" / "result.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = document["result"]["scenarios"]
    return [row for row in found if row["outcome"] != "untested"]


def run(owner: Owner, *choice: str) -> tuple[int, str]:
    """A run on the owner's profile: exit code and everything that it said."""
    out = str(owner.folder / "report")
    ended = owner.call("run", "--target", str(owner.profile), *choice, "--evidence", "none", "--out", out)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize("method", METHODS)
def test_the_next_run_puts_an_account_back_and_goes_on(reference: Living, method: str) -> None:
    owner = reference.owner(f"next-{method}")
    _, moments = owner.walk(method, 26)
    assert len(moments) == 26
    assert not owner.signs_in_with_password_alone()
    _, said = run(owner, "--clause", "NAV-4")
    assert {row["outcome"] for row in rows(owner)} == {"passed"}, said
    notes = json.loads((owner.folder / "report" / "result.json").read_text())["result"]["target"]["notes"]
    assert f"{owner.account.username} was put back as it was before a run that was stopped" in notes
    assert owner.signs_in_with_password_alone()
    assert owner.call("restore").stdout == "No account has to be put back.\n"


@pytest.mark.parametrize("method", METHODS)
def test_a_factor_that_no_run_turned_on_is_not_touched(reference: Living, method: str) -> None:
    owner = reference.owner(f"foreign-{method}", method)
    status, said = run(owner, "--clause", "NAV-4")
    assert status == 3
    assert {row["outcome"] for row in rows(owner)} == {"cantTell"}
    assert "asked for a second factor, and no run of portal2fa on this machine turned it on" in rows(owner)[0]["reason"]
    assert "turn its second factor off by hand" in said
    assert not owner.signs_in_with_password_alone()
    assert owner.call("restore").stdout == "No account has to be put back.\n"
