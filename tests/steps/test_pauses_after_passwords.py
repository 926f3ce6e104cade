"""Portals that want a pause after wrong passwords, and tell nobody: a pause is no refusal."""

from __future__ import annotations

from typing import Any

from steps.tasks import budget, doubts, navigation, turning_off
from tests.steps.conftest import MiniPortal, Visit
from tests.steps.pausing import SIGN_IN, SIGNED_IN, beside


class Doorman:
    """Takes Ana's password; after a wrong one it refuses every password until `seconds` have passed."""

    def __init__(self, seconds: float, right: str, refused: str, field: str = "password") -> None:
        self.seconds, self.right, self.refused, self.field = seconds, right, refused, field
        self.open_from = 0.0
        self.actor: Any = None

    def __call__(self, sent: dict[str, str]) -> str:
        """The page that answers a password."""
        now = self.actor.world.clock.at
        if sent[self.field] == self.actor.account.password:
            return self.right if now >= self.open_from else self.refused
        self.open_from = now + self.seconds
        return self.refused


NOT_RIGHT = f"<p>The email address or password is not right.</p>{SIGN_IN}"


def at_the_door(visit: Visit, seconds: float) -> tuple[Any, MiniPortal, Doorman]:
    doorman = Doorman(seconds, SIGNED_IN, NOT_RIGHT)
    actor, portal = visit({"/sign-in": SIGN_IN, "/password": doorman})
    doorman.actor = actor
    return actor, portal, doorman


def test_a_right_password_refused_in_a_silent_pause_after_a_wrong_one_is_given_again(visit: Visit) -> None:
    actor, portal, _ = at_the_door(visit, 4)
    assert navigation.sign_in_with_password(actor, "not-hers") == "sign_in_refused"
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert len(portal.forms) == 3
    assert any("right password" in said for said in actor.world.recorder.findings.remarks)
    assert doubts.after_a_wrong_password("sign_in") in actor.world.recorder.findings.seen


def test_a_right_password_that_stays_refused_after_a_wrong_one_is_refused_and_rests_on_the_pause(visit: Visit) -> None:
    actor, portal, _ = at_the_door(visit, 1e9)
    navigation.sign_in_with_password(actor, "not-hers")
    assert navigation.sign_in_with_password(actor) == "sign_in_refused"
    assert len(portal.forms) == 3
    (entry,) = doubts.of_a_password(actor, "sign_in")
    assert "wrong_code.seconds" in entry
    assert entry not in actor.world.recorder.findings.seen


def test_a_right_password_refused_after_none_is_refused_at_once(visit: Visit) -> None:
    actor, portal, doorman = at_the_door(visit, 0)
    doorman.open_from = 1e18
    assert navigation.sign_in_with_password(actor) == "sign_in_refused"
    assert len(portal.forms) == 1
    assert doubts.of_a_password(actor, "sign_in") == ()


def test_a_right_password_refused_in_the_pause_after_one_of_another_account_is_given_again(visit: Visit) -> None:
    actor, portal, doorman = at_the_door(visit, 0)
    doorman.open_from = actor.world.clock.at + 4
    beside(actor, "password")
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert len(portal.forms) == 2


def test_no_right_password_is_given_again_beyond_the_budget(visit: Visit) -> None:
    actor, portal, doorman = at_the_door(visit, 0)
    doorman.open_from = 1e18
    actor.world.refused_passwords[actor.account.username] = budget.WRONG
    assert navigation.sign_in_with_password(actor) == "sign_in_refused"
    assert len(portal.forms) == 1


def test_a_right_password_for_turning_off_refused_in_a_silent_pause_is_given_again(visit: Visit) -> None:
    settings = (
        f"{SIGNED_IN}<form method=post action=/off><label>Password<input name=password></label>"
        "<button>Disable Two-Factor Authentication</button></form>"
    )
    off = f"{SIGNED_IN}<p>Two-factor authentication was turned off.</p>"
    doorman = Doorman(4, off, f"{settings}<p>That password is not right.</p>")
    actor, portal = visit({"/client": SIGNED_IN, "/client/security/two-factor": settings, "/off": doorman})
    doorman.actor = actor
    actor.portal.open("two_factor")
    assert not turning_off.turn_off(actor, password="not-hers")
    assert turning_off.turn_off(actor)
    assert len(portal.forms) == 3
    assert doubts.after_a_wrong_password("turn_off") in actor.world.recorder.findings.seen
