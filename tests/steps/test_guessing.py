"""Guessing passwords: who gets no answer to the right one has not been refused, whatever notices a profile knows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from steps import guessing
from tests.steps.conftest import SOON, Visit

SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
SIGNED_IN = "<header><details><summary>Ana Example</summary></details></header>"
REFUSED = f"<p>The email address or password is not right.</p>{SIGN_IN}"
PAUSED = f"<p>Too many wrong passwords.</p>{SIGN_IN}"
UNKNOWN = "<p>Still thinking.</p>"


def guessed(visit: Visit, answer: str, *, knows_pauses: bool, forced: bool = False) -> SimpleNamespace:
    """A step's context, after two wrong passwords for Ana; the right one gets `answer`."""

    def answered(sent: dict[str, str]) -> str:
        return answer if sent["password"] == "password-of-ana" else REFUSED

    methods = {"methods": {"forced": True}} if forced else {}
    demand = {"set_up_demanded": {"text": "Protect your account first"}} if forced else {}
    paths: dict[str, Any] = {"set_up_demanded": []} if forced else {}
    pages: dict[str, Any] = {"/sign-in": SIGN_IN, "/password": answered}
    actor, _ = visit(pages, timing=SOON, notices=demand, paths=paths, **methods)
    if not knows_pauses:
        _forget_pauses(actor)
    actor.world.actors = {"Ana": actor}
    context = SimpleNamespace(world=actor.world)
    guessing.wrong_passwords(context, 2, "Ana")
    return context


def _forget_pauses(actor: Actor) -> None:
    """As in the profiles of portals that never say that they want a pause."""
    notices = {name: said for name, said in actor.world.profile.notices.items() if name != "throttled"}
    actor.world.profile = actor.world.profile.model_copy(update={"notices": notices})


@pytest.mark.parametrize("knows_pauses", [True, False])
def test_a_right_password_that_is_refused_after_wrong_ones_is_refused(visit: Visit, knows_pauses: bool) -> None:
    guessing.password_is_refused(guessed(visit, REFUSED, knows_pauses=knows_pauses), "Ana")


def test_a_right_password_that_has_to_wait_is_refused(visit: Visit) -> None:
    guessing.password_is_refused(guessed(visit, PAUSED, knows_pauses=True), "Ana")


@pytest.mark.parametrize("knows_pauses", [True, False])
def test_a_right_password_that_is_taken_after_wrong_ones_is_not_refused(visit: Visit, knows_pauses: bool) -> None:
    with pytest.raises(NotAsExpected, match="no sign-in after so many wrong passwords"):
        guessing.password_is_refused(guessed(visit, SIGNED_IN, knows_pauses=knows_pauses), "Ana")


def test_a_demand_to_set_up_a_factor_is_a_sign_in_too(visit: Visit) -> None:
    demand = "<p>Protect your account first</p>"
    with pytest.raises(NotAsExpected, match="no sign-in after so many wrong passwords"):
        guessing.password_is_refused(guessed(visit, demand, knows_pauses=True, forced=True), "Ana")


@pytest.mark.parametrize(("knows_pauses", "named"), [(True, True), (False, False)])
def test_no_answer_to_the_right_password_is_no_refusal(visit: Visit, knows_pauses: bool, named: bool) -> None:
    context = guessed(visit, UNKNOWN, knows_pauses=knows_pauses)
    kept = context.world.actors["Ana"].portal
    with pytest.raises(CannotTell, match="Nothing that the profile knows answered the right password") as told:
        guessing.password_is_refused(context, "Ana")
    assert {"notices.signed_in", "notices.sign_in_refused"} <= set(told.value.missing)
    assert ("notices.throttled" in told.value.missing) == named
    assert "timing.answer" in told.value.hint
    assert context.world.actors["Ana"].portal is kept
