"""Wrong entries that show only in a run: notices that deny each other, a yes too early, places that are gone."""

from __future__ import annotations

import pytest

from portal2fa.errors import CannotTell
from portal2fa.witnesses import WALKED, apart, at, goal
from steps.tasks import answering, doubts, navigation, setting_up
from tests.steps.conftest import SOON, Visit

FORM = (
    "<form method=post action=/code><label>Code from the app <input name=code></label><button>Confirm</button></form>"
)
ON, OFF = "Two-factor authentication is on", "Two-factor authentication is off"
REFUSED = "<p>That code is not right. Enter the code that your app shows now.</p>"


def test_notices_that_deny_each_other_are_not_both_believed(visit: Visit) -> None:
    actor, _ = visit({"/": f"<p>{ON}</p><p>{OFF}</p>"})
    actor.portal.open("front")
    with pytest.raises(CannotTell, match="yes and no at once") as told:
        actor.portal.wait_for("on", "off")
    assert "notices.on and notices.off" in told.value.cause


def test_a_set_up_that_asks_for_a_code_as_sign_in_does_is_no_contradiction(visit: Visit) -> None:
    page = "<header><details><summary>Ana Example</summary></details></header><label>Authorization code <input></label>"
    actor, _ = visit({"/": page})
    actor.portal.open("front")
    assert actor.portal.wait_for("signed_in", "sign_in_form", *navigation.challenges(actor)) == "signed_in"


def test_a_yes_that_is_there_before_the_code_is_no_answer(visit: Visit) -> None:
    actor, portal = visit({"/set-up": f"<h1>{ON}</h1>{FORM}"})
    actor.portal.go(f"{actor.portal.url}/set-up")
    with pytest.raises(CannotTell, match="in sight before a code was given") as told:
        answering.give(actor, "123456")
    assert "notices.announced_on" in told.value.cause
    assert portal.forms == []


def test_a_place_that_the_portal_does_not_have_is_named(visit: Visit) -> None:
    actor, _ = visit({"/": "hello"})
    with pytest.raises(CannotTell, match="There is nothing at /client") as told:
        actor.portal.open("client_area")
    assert "places.client_area" in told.value.cause


def test_a_set_up_that_is_not_left_by_cancelling_is_not_cancelled(visit: Visit) -> None:
    actor, _ = visit({"/set-up": f"<a href='#'>Cancel</a>{FORM}"}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/set-up")
    with pytest.raises(CannotTell, match="The set-up was not left") as told:
        setting_up.cancel(actor)
    assert "paths.cancel_time_based by controls.cancel" in told.value.cause


def test_the_refusal_of_a_right_code_rests_on_its_path_until_one_was_taken(visit: Visit) -> None:
    right = f"<h1>{ON}</h1>"
    actor, _ = visit({"/set-up": FORM, "/code": lambda sent: right if sent.get("code") == "123456" else FORM + REFUSED})
    actor.portal.go(f"{actor.portal.url}/set-up")
    seen = actor.world.recorder.findings.seen
    way = goal(actor.world.profile, "confirm_time_based")
    assert "paths.confirm_time_based by controls.app_code, controls.confirm" in way
    answering.give(actor, "000000", wrong=True)
    assert way in doubts.of_answer(actor)
    assert way not in seen
    assert answering.give(actor, "123456").accepted
    assert way in seen


SIGN_IN = """<h1>Sign in</h1><form method=post><label>Email address <input name=a></label>
<label>Password <input name=b></label><button>Sign in</button></form>"""
HOME = "<header><details><summary>Ana Example</summary></details></header>"
WRONG = "The email address or password is not right."
CODE = "<label>Code from the app <input></label>"


def test_a_state_is_told_from_its_opposite_once_that_was_seen_without_it(visit: Visit) -> None:
    actor, portal = visit({"/": f"<p>{OFF}</p>"})
    seen = actor.world.recorder.findings.seen
    actor.portal.open("front")
    assert actor.portal.wait_for("on", "off") == "off"
    assert apart("on", "off") in seen
    assert apart("off", "on") not in seen
    portal.pages["/"] = f"<p>{ON}</p>"
    actor.portal.open("front")
    assert actor.portal.wait_for("on", "off") == "on"
    assert apart("off", "on") in seen


def test_a_scenario_that_believes_a_state_counts_on_the_opposite(visit: Visit) -> None:
    actor, _ = visit({})
    doubts.count_on_the_state(actor, "off")
    assert actor.world.recorder.notes.absent == {"notices.off out of sight where notices.on holds"}


@pytest.mark.parametrize(
    ("page", "words", "notice"),
    [
        (SIGN_IN + HOME, "yes and no at once", "notices.signed_in"),
        (f"{SIGN_IN}<p>{WRONG}</p>", "in sight before one was given", "notices.sign_in_refused"),
        (SIGN_IN + CODE, "in sight before a password was given", "notices.time_based_asked"),
        (f"{SIGN_IN}<p>{WRONG}</p>{CODE}", "in sight before a password was given", "notices.time_based_asked"),
    ],
)
def test_no_answer_to_a_password_may_be_there_before_it(visit: Visit, page: str, words: str, notice: str) -> None:
    actor, portal = visit({"/sign-in": page})
    with pytest.raises(CannotTell, match=words) as told:
        navigation.sign_in_with_password(actor)
    assert notice in told.value.cause
    assert portal.forms == []


def test_a_sign_in_form_that_stays_denies_that_somebody_is_signed_in(visit: Visit) -> None:
    def answer(sent: dict[str, str]) -> str:
        return f"<h1>Sign in</h1>{HOME}" if sent else SIGN_IN

    actor, _ = visit({"/sign-in": answer})
    with pytest.raises(CannotTell, match="yes and no at once") as told:
        navigation.sign_in_with_password(actor)
    assert "notices.sign_in_form" in told.value.cause


def test_a_place_is_right_once_a_path_that_began_there_led_on(visit: Visit) -> None:
    actor, _ = visit({"/sign-in": lambda sent: HOME if sent else SIGN_IN})
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert WALKED + at("sign_in") in actor.world.recorder.notes.absent
    assert at("sign_in") in actor.world.recorder.findings.seen


def test_a_place_from_which_nobody_goes_on_is_no_reason_to_doubt_the_state(visit: Visit) -> None:
    actor, _ = visit({"/client": HOME, "/client/security/two-factor": f"{HOME}<p>{ON}</p>"})
    actor.portal.open("client_area")
    assert navigation.state(actor) == "on"
    absent = actor.world.recorder.notes.absent
    assert WALKED + at("two_factor") in absent
    assert WALKED + at("client_area") not in absent
