"""No more codes are given than lock no account, right or wrong, and nowhere past the budget."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from portal2fa.errors import CannotTell
from steps.tasks import answering, sending
from tests.steps.conftest import ROOT, SOON, Visit
from tests.steps.pausing import REFUSED, Pausing, at_set_up


@pytest.mark.parametrize("give", [answering.give, answering.give_wrong, lambda actor, _: answering.give_right(actor)])
def test_no_code_of_any_kind_goes_beyond_the_budget(visit: Visit, give: Callable[[Any, str], object]) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18
    told = ""
    for _ in range(9):
        try:
            give(actor, "000000")
        except CannotTell as error:
            told = error.what
    assert "code is given to ana@a.example, so that it is not locked" in told
    assert len(portal.forms) == (3 if give is answering.give_wrong else 4), "lock-outs begin at five"


def test_backup_codes_come_out_of_the_same_budget(visit: Visit) -> None:
    form = (
        "<form method=post action=/backup><label>Backup code<input name=code></label>"
        "<button>Sign in with backup code</button></form>"
    )
    refused = f"<p>That backup code is not right.</p>{form}"
    actor, portal = visit({"/challenge": form, "/backup": refused}, timing=SOON)
    actor.portal.go(f"{portal.url}/challenge")
    actor.world.refused[actor.account.username] = 2
    answering.give_wrong_backup_code(actor, "AAAA-BBBB")
    with pytest.raises(CannotTell, match="No further wrong code"):
        answering.give_wrong_backup_code(actor, "AAAA-BBBB")
    assert not answering.give_backup_code(actor, "AAAA-BBBB").accepted
    with pytest.raises(CannotTell, match="No further code"):
        answering.give_backup_code(actor, "AAAA-BBBB")
    assert len(portal.forms) == 2


def test_codes_are_given_where_the_budget_is_kept_only() -> None:
    """A walk that types a code elsewhere would go around it; turning off gives one right code, and no more."""
    found: list[str] = []
    for path in sorted([*(ROOT / "steps").rglob("*.py"), *(ROOT / "fixtures").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="walk"), keywords=given):
                    found += [path.name for keyword in given if keyword.arg in ("code", "backup_code")]
    assert found == ["answering.py", "answering.py", "sending.py", "turning_off.py"]


@pytest.mark.parametrize(("refused", "wrong"), [(3, True), (4, False)])
def test_codes_whose_answer_is_read_elsewhere_are_within_the_budget_too(
    visit: Visit, refused: int, wrong: bool
) -> None:
    actor, _ = visit({})
    actor.world.refused[actor.account.username] = refused
    with pytest.raises(CannotTell, match="No further"):
        sending.send(actor, "sign_in_time_based", "123456", wrong=wrong)


def test_what_is_no_yes_counts_as_a_refusal_until_one_comes(visit: Visit) -> None:
    form = "<form><label>Code from the app<input name=code></label><button>Verify</button></form>"
    actor, portal = visit({"/challenge": form})
    for notice in (None, "sign_in_form"):
        actor.portal.go(f"{portal.url}/challenge")
        sending.send(actor, "sign_in_time_based", "123456", wrong=True)
        assert not sending.answered(actor, notice, "signed_in")
    assert actor.world.refused[actor.account.username] == 2
    assert sending.answered(actor, "signed_in", "signed_in")
    assert actor.world.refused[actor.account.username] == 0


def test_turning_off_is_given_no_code_beyond_the_budget_either(visit: Visit) -> None:
    actor, _ = visit({})
    actor.world.refused[actor.account.username] = 4
    with pytest.raises(CannotTell, match="No further code"):
        answering.right_code(actor)
