"""Putting an account back: a mailed code is asked for twice, and where none comes the backup code is what is left."""

from __future__ import annotations

import pytest

from fixtures.actor import Actor, Answer
from portal2fa.errors import CannotTell
from steps.tasks import answering, mail, navigation, signing_in, turning_off
from tests.steps.conftest import Visit


@pytest.fixture
def ana(visit: Visit) -> Actor:
    """Ana, whose second factor are mailed codes."""
    actor, _ = visit({})
    actor.method = "email"
    return actor


def told(monkeypatch: pytest.MonkeyPatch, mailed: bool, then: bool) -> list[str]:
    """What is done at the challenge, by name; whether a code was mailed, and whether one is after a second sign-in."""
    done: list[str] = []

    def sign_in(_: Actor) -> str:
        done.append("sign in")
        return "email_asked"

    def finish(_: Actor, *, insist: bool) -> bool:
        done.append("mailed code")
        return True

    def give(_: Actor, code: str) -> Answer:
        done.append(code)
        return Answer(accepted=True, notice="signed_in", text="")

    monkeypatch.setattr(signing_in, "from_fresh_browser", sign_in)
    monkeypatch.setattr(signing_in, "finish", finish)
    monkeypatch.setattr(answering, "give_backup_code", give)
    monkeypatch.setattr(mail, "arrived", lambda _: then if done else mailed)
    return done


def test_a_code_that_was_mailed_needs_no_second_sign_in(monkeypatch: pytest.MonkeyPatch, ana: Actor) -> None:
    done = told(monkeypatch, mailed=True, then=False)
    turning_off._pass_challenge(ana, "email_asked")
    assert done == ["mailed code"]


def test_within_a_pause_of_the_portal_the_code_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, ana: Actor) -> None:
    done = told(monkeypatch, mailed=False, then=True)
    turning_off._pass_challenge(ana, "email_asked")
    assert done == ["sign in", "mailed code"]


def test_without_any_mail_the_backup_code_is_given(monkeypatch: pytest.MonkeyPatch, ana: Actor) -> None:
    done = told(monkeypatch, mailed=False, then=False)
    ana.backup_codes = ["ABCD-EFGH"]
    turning_off._pass_challenge(ana, "email_asked")
    assert done[-1] == "ABCD-EFGH"
    assert "mailed code" not in done


def test_with_neither_the_cause_says_what_was_lacking(monkeypatch: pytest.MonkeyPatch, ana: Actor) -> None:
    told(monkeypatch, mailed=False, then=False)
    with pytest.raises(CannotTell) as raised:
        turning_off._pass_challenge(ana, "email_asked")
    assert raised.value.cause == "no mail with a code came, and no backup code is left"
    assert "`portal2fa restore`" in raised.value.hint


def test_a_portal_that_refuses_to_turn_it_off_is_told_with_what_said_so(
    monkeypatch: pytest.MonkeyPatch, ana: Actor
) -> None:
    monkeypatch.setattr(navigation, "reach", lambda *_: None)
    monkeypatch.setattr(turning_off, "turn_off", lambda _: False)
    with pytest.raises(CannotTell) as raised:
        turning_off._turn_off(ana)
    assert "notices.turn_off_refused was seen after paths.turn_off" in raised.value.cause
    assert "by hand" in raised.value.hint
