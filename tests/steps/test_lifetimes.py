"""How long codes live where the limit is not kept: found by codes of other ages, also where time is waited for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fixtures.actor import Actor, Answer
from steps.tasks import ageing, answering, mail
from tests.steps.conftest import HeldClock, Visit


class Life:
    """A portal that takes codes for so many seconds, and after a refused one nothing for the length of a pause."""

    def __init__(self, actor: Actor, seconds: float, pause: float) -> None:
        self.actor, self.seconds, self.pause = actor, seconds, pause
        self.tried: list[int] = []
        self._open_from = 0.0

    def mailed(self, actor: Actor) -> None:
        """A fresh code came."""
        actor.asked_at = actor.arrived_at = actor.now()

    def give(self, actor: Actor, code: object = "", **_: object) -> Answer:
        """The portal's answer to the newest code, by its age."""
        age = actor.now() - actor.arrived_at
        actor.code_age = age, age
        taken = age <= self.seconds and actor.now() >= self._open_from
        self.tried.append(round(age))
        if not taken:
            self._open_from = actor.now() + self.pause
        name = actor.account.username
        actor.world.refused[name] = 0 if taken else actor.world.refused[name] + 1
        actor.answer = Answer(taken, "announced_on" if taken else "email_refused", "", "confirm_email")
        return actor.answer


Lives = Callable[..., tuple[Actor, Life]]


@pytest.fixture
def lives(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Lives:
    """Ana, whose code was given on one side of the ten minutes, at a portal whose codes live for so long."""

    def begin(seconds: float, *, under: bool = True, really: bool = True, pause: float = 0.0) -> tuple[Actor, Life]:
        actor, _ = visit({})
        life, time = Life(actor, seconds, pause), actor.world.clock
        assert isinstance(time, HeldClock)
        time.really, actor.method = really, "email"
        monkeypatch.setattr(ageing, "_ask_anew", life.mailed)
        monkeypatch.setattr(answering, "give", life.give)
        monkeypatch.setattr(mail, "newest_code", lambda actor: "123456")
        monkeypatch.setattr(mail, "await_code_mail", lambda actor: None)
        life.mailed(actor)
        ageing.let_pass(actor, 600.0, under=under)
        life.give(actor)
        time.moves.clear()
        return actor, life

    return begin


def test_where_time_is_waited_for_a_code_of_five_minutes_has_a_lower_bound(lives: Lives) -> None:
    actor, life = lives(300.0)
    assert ageing.lifetime(actor) == "a code of 4 min 43 s was accepted, one of 9 min 43 s refused"
    assert life.tried[1:] == [0, 283]


def test_a_shorter_life_is_narrowed_as_long_as_the_limit_lasts(lives: Lives) -> None:
    actor, life = lives(180.0)
    assert ageing.lifetime(actor) == "a code of 1 min 43 s was accepted, one of 4 min 43 s refused"
    assert life.tried[1:] == [0, 283, 103]


@pytest.mark.parametrize("seconds", [30.0, 100.0, 180.0, 300.0, 500.0])
def test_no_more_is_waited_for_it_than_the_limit(lives: Lives, seconds: float) -> None:
    actor, _ = lives(seconds)
    assert ageing.lifetime(actor)
    assert sum(actor.world.clock.moves) <= 600.0  # type: ignore[attr-defined]


def test_where_not_even_a_fresh_code_is_taken_nothing_is_waited_for(lives: Lives) -> None:
    actor, life = lives(-1.0)
    assert ageing.lifetime(actor).startswith("a code of ")
    assert len(life.tried) <= 3
    assert sum(actor.world.clock.moves) < 30.0  # type: ignore[attr-defined]


@pytest.mark.parametrize("really", [True, False])
def test_a_fresh_code_is_not_given_in_a_silent_pause(lives: Lives, really: bool) -> None:
    actor, life = lives(50.0, really=really, pause=4.0)
    assert ageing.lifetime(actor).startswith("a fresh code was accepted, one of ")
    assert life.tried.count(0) == 1


def test_a_code_that_lives_too_long_is_not_waited_for(lives: Lives) -> None:
    actor, life = lives(4000.0, under=False)
    assert ageing.lifetime(actor) == "a code of 10 min 1 s was accepted, and no end was found"
    assert len(life.tried) == 1


def test_where_time_moves_it_is_narrowed_as_before(lives: Lives) -> None:
    actor, _ = lives(300.0, really=False)
    assert ageing.lifetime(actor).startswith("a code of 4 min 5")
