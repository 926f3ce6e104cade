"""A draft keeps to the budget of wrong codes and passwords: an account that refused several in a row is spared."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal2fa.errors import CannotTell
from steps.tasks.drafting import challenging, confirming, entering, leaving
from tests.steps.conftest import Visit
from tests.steps.drafts import CLIENT_AREA, Drafting, begin

REFUSED = """<p role=alert>Wrong code</p><form method=post action=/code>
<label>Code <input name=code></label><button>Verify</button></form>
<form method=post action=/backup><label>Backup code <input name=backup></label>
<button>Use a backup code</button></form>"""


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana at a portal that asks for a code, and refuses every one."""
    started = begin(visit, tmp_path)
    started.pages |= {"/in": REFUSED, "/code": REFUSED, "/backup": CLIENT_AREA}
    return started


def codes_given(drafting: Drafting) -> list[str]:
    """The codes of the app that the portal was given."""
    return [form["code"] for form in drafting.forms if "code" in form]


def test_three_wrong_codes_and_one_right_one_are_given_and_then_none(drafting: Drafting) -> None:
    walker = drafting.walker
    entering.sign_in(walker, walker.actor.values["password"])
    question = confirming.ask(walker, walker.see(), kind="time_based", button="verify")
    for _ in range(3):
        confirming.give(walker, question, "111111", walker.see(), wrong=True)
    with pytest.raises(CannotTell, match="No further wrong code"):
        confirming.give(walker, question, "111111", walker.see(), wrong=True)
    confirming.give(walker, question, "222222", walker.see())
    with pytest.raises(CannotTell, match="No further code"):
        confirming.give(walker, question, "222222", walker.see())
    assert codes_given(drafting) == ["111111"] * 3 + ["222222"]


def test_when_the_budget_is_spent_the_backup_code_is_given_at_once(drafting: Drafting) -> None:
    walker = drafting.walker
    walker.actor.backup_codes = ["ABCD-EFGH"]
    walker.actor.world.refused[walker.actor.account.username] = 4
    challenging.sign_in_somehow(walker, ["time_based"])
    assert codes_given(drafting) == []
    assert drafting.forms[-1] == {"backup": "ABCD-EFGH"}
    assert walker.actor.world.refused[walker.actor.account.username] == 0


def test_passwords_that_are_refused_count(drafting: Drafting) -> None:
    walker, refused = drafting.walker, drafting.walker.actor.world.refused_passwords
    assert refused[walker.actor.account.username] == 1  # the wrong one by which the form was learnt
    refused[walker.actor.account.username] = 4
    sent = len(drafting.forms)
    with pytest.raises(CannotTell, match="No further password"):
        entering.sign_in(walker, walker.actor.values["password"])
    assert len(drafting.forms) == sent


def test_a_wrong_password_given_to_learn_how_turning_off_refuses_it_counts(drafting: Drafting) -> None:
    off = """<h1>Two-factor authentication</h1><form method=post action=/off>
    <label>Password <input type=password name=password></label>
    <button>Disable two-factor authentication</button></form>"""
    drafting.pages |= {"/settings": off, "/off": f"<p role=alert>Wrong password</p>{off}"}
    walker, refused = drafting.walker, drafting.walker.actor.world.refused_passwords
    walker.put("places", "two_factor", "/settings")
    with pytest.raises(CannotTell):
        leaving.switch_off(walker, learn=True)
    assert refused[walker.actor.account.username] > 1
    assert len(drafting.forms) == refused[walker.actor.account.username]
