"""The budget of wrong codes and passwords: what is refused while turning off, and passwords anywhere, are in it."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import answering, budget, navigation, turning_off
from tests.steps.conftest import SOON, MiniPortal, Visit

HEAD = "<header><details><summary>Ana Example</summary></details></header>"
SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
SETTINGS = (
    f"{HEAD}<form method=post action=/off><label>Password<input name=password></label>"
    "<label>Code<input name=code></label><button>Disable Two-Factor Authentication</button></form>"
)
OFF = f"{HEAD}<p>Two-factor authentication was turned off.</p>"
NO = f"{SETTINGS}<p>That password is not right.</p>"
WAIT = f"{SETTINGS}<p>Too many attempts. Please wait.</p>"
THROTTLED: dict[str, Any] = {"throttled": {"text": "Please wait", "exact": False}}
WAY = {
    "password": [{"fill": "confirm_password", "with": "{password}"}, "disable"],
    "code": [{"fill": "off_code", "with": "{code}"}, "disable"],
    "both": [{"fill": "confirm_password", "with": "{password}"}, {"fill": "off_code", "with": "{code}"}, "disable"],
}
SIGN_IN_SAYS = {"right": HEAD, "wrong": f"<p>The email address or password is not right.</p>{SIGN_IN}"}


def at_settings(visit: Visit, way: str, answers: list[str], **more: Any) -> tuple[Actor, MiniPortal]:
    """Ana at her two-factor settings, which answer each wish to turn it off in turn, and the last one for ever."""
    left = list(answers)

    def answer(sent: dict[str, str]) -> str:
        return left.pop(0) if len(left) > 1 else left[0]

    pages: dict[str, Any] = {"/client": HEAD, "/client/security/two-factor": SETTINGS, "/off": answer}
    controls = {"off_code": {"label": "Code"}}
    actor, portal = visit(pages, controls=controls, paths={"turn_off": WAY[way]}, **more)
    actor.portal.open("two_factor")
    return actor, portal


def rows(actor: Actor) -> tuple[int, int]:
    """How many codes and passwords were refused in a row."""
    name = actor.account.username
    return actor.world.refused[name], actor.world.refused_passwords[name]


def test_a_code_after_which_nothing_is_turned_off_counts_as_refused(visit: Visit) -> None:
    actor, portal = at_settings(visit, "code", [f"{SETTINGS}<p>That code is not right.</p>"], timing=SOON)
    for number in range(1, 5):
        with pytest.raises(CannotTell, match="did not answer the wish"):
            turning_off.turn_off(actor)
        assert rows(actor) == (number, 0)
    with pytest.raises(CannotTell, match="No further code is given"):
        turning_off.turn_off(actor)
    assert len(portal.forms) == 4


def test_a_code_that_turns_it_off_ends_the_row(visit: Visit) -> None:
    actor, _ = at_settings(visit, "code", [OFF])
    actor.world.refused[actor.account.username] = 2
    assert turning_off.turn_off(actor)
    assert rows(actor) == (0, 0)


def test_where_the_password_is_refused_the_code_beside_it_is_not_blamed(visit: Visit) -> None:
    actor, _ = at_settings(visit, "both", [NO])
    assert not turning_off.turn_off(actor, password="not-hers")
    assert rows(actor) == (0, 1)


def test_wrong_passwords_for_turning_off_end_before_the_account_is_locked(visit: Visit) -> None:
    actor, portal = at_settings(visit, "password", [NO])
    for _ in range(budget.WRONG):
        assert not turning_off.turn_off(actor, password="not-hers")
    with pytest.raises(CannotTell, match="No further wrong password is given"):
        turning_off.turn_off(actor, password="not-hers")
    assert not turning_off.turn_off(actor)
    with pytest.raises(CannotTell, match="No further password is given"):
        turning_off.turn_off(actor)
    assert len(portal.forms) == budget.WRONG + 1


def test_the_right_password_ends_the_row_of_wrong_ones(visit: Visit) -> None:
    actor, _ = at_settings(visit, "password", [NO, OFF])
    assert not turning_off.turn_off(actor, password="not-hers")
    assert turning_off.turn_off(actor)
    assert rows(actor) == (0, 0)


def test_wrong_passwords_at_sign_in_come_out_of_the_same_budget(visit: Visit) -> None:
    actor, portal = visit({"/sign-in": SIGN_IN, "/password": SIGN_IN_SAYS["wrong"]})
    actor.world.refused_passwords[actor.account.username] = budget.WRONG - 1
    assert navigation.sign_in_with_password(actor, "not-hers") == "sign_in_refused"
    with pytest.raises(CannotTell, match="No further wrong password is given"):
        navigation.sign_in_with_password(actor, "not-hers")
    portal.pages["/password"] = SIGN_IN_SAYS["right"]
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert rows(actor) == (0, 0)


def test_a_right_password_ends_no_row_of_wrong_codes(visit: Visit) -> None:
    actor, _ = visit({"/sign-in": SIGN_IN, "/password": SIGN_IN_SAYS["right"]})
    actor.world.refused[actor.account.username] = 4
    navigation.sign_in_with_password(actor)
    with pytest.raises(CannotTell, match="No further code is given"):
        answering.right_code(actor)


def test_an_announced_pause_is_waited_out_while_turning_off(visit: Visit) -> None:
    actor, portal = at_settings(visit, "both", [WAIT, OFF], notices=THROTTLED, wrong_code={"seconds": 7.0})
    assert turning_off.turn_off(actor)
    assert 7.0 in actor.world.clock.moves  # type: ignore[attr-defined]
    assert len(portal.forms) == 2
    assert rows(actor) == (0, 0)


def test_a_pause_that_does_not_end_is_no_refusal_to_turn_it_off(visit: Visit) -> None:
    actor, portal = at_settings(visit, "both", [WAIT], notices=THROTTLED, wrong_code={"seconds": 7.0})
    with pytest.raises(CannotTell, match="turns nothing off for a while") as told:
        turning_off.turn_off(actor)
    assert "Please wait" in told.value.cause
    assert len(portal.forms) == 2
    assert rows(actor) == (0, 0), "nothing that was right is looked at in a pause"
