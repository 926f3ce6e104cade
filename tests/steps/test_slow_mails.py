"""Slow mail: that none came, or no second one, is told only after as long as mails of the run were seen to take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from steps import mails
from steps.tasks import guessing, mail, requesting
from tests.steps.conftest import Letters, Visit

ANA = "ana@a.example"
BOX = {"kind": "imap", "host": "h", "username": "u", "password": "p", "seconds": 60}


@dataclass
class Time:
    """Time that passes only where it is waited for; mails come when it is theirs."""

    now: float = 1000.0
    under_way: list[tuple[float, Mail]] = field(default_factory=list)
    box: Letters | None = None

    def pause(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.now += max(0.0, seconds)
        assert self.box is not None
        self.box.kept += [mail for due, mail in self.under_way if due <= self.now]
        self.under_way = [(due, mail) for due, mail in self.under_way if due > self.now]

    def send(self, seconds: float, text: str = "Your code is 123456.", to: str = ANA) -> None:
        """A mail that takes so long."""
        self.under_way.append(
            (self.now + seconds, Mail(f"{len(text)}-{self.now}", (to,), "Code", (("text/plain", text),)))
        )


@pytest.fixture
def begun(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Actor, Time]]:
    """Ana, whose mails take their time; keyword arguments are laid over [mailbox]."""

    def begin(**mailbox: Any) -> tuple[Actor, Time]:
        actor, _ = visit({"/": "Hello"}, mailbox={**BOX, **mailbox}, paths={"resend": []})
        actor.portal.go(f"{actor.portal.url}/")
        actor.world.actors = {"Ana": actor}
        time, box = Time(), actor.world.mailbox
        assert isinstance(box, Letters)
        time.box, box.pause = box, 1.0
        monkeypatch.setattr(clock, "pause", time.pause)
        monkeypatch.setattr(clock, "moment", lambda: time.now)
        return actor, time

    return begin


def ask(actor: Actor, time: Time, *seconds: float) -> None:
    """The portal is asked for a code, and sends a mail that takes so long, or several."""
    requesting.expect_code(actor)
    requesting.note_request(actor)
    for number, wait in enumerate(seconds):
        time.send(wait, f"Your code is 12345{number}.")


def context(actor: Actor) -> SimpleNamespace:
    return SimpleNamespace(world=actor.world)


def test_a_second_mail_as_slow_as_the_first_one_is_counted(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun()
    ask(actor, time, 20, 35)
    with pytest.raises(NotAsExpected, match="saw 2 mails"):
        mails.mails_reach(context(actor), 1, "Ana")


def test_requests_without_end_are_counted_though_each_mail_takes_its_time(
    begun: Callable[..., tuple[Actor, Time]], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, time = begun()
    ask(actor, time, 20)

    def ask_again(path: str) -> None:
        assert path == "resend"
        time.pause(0.5)
        time.send(20, f"Code {time.now * 100:06.0f}")

    monkeypatch.setattr(actor.portal, "walk", ask_again)
    assert guessing.resent(actor, 12) == 12


def test_who_should_have_no_mail_is_waited_for_as_long(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun(settle=2)
    ask(actor, time, 20)
    mail.await_code_mail(actor)
    actor.mails_known = 1
    time.send(15)
    with pytest.raises(NotAsExpected, match="no mail with a code"):
        mails.no_mail(context(actor), "Ana")


def test_fast_mail_is_waited_for_no_longer_than_the_profile_says(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun(settle=5)
    ask(actor, time, 2)
    mail.await_code_mail(actor)
    before = time.now
    mails.mails_reach(context(actor), 1, "Ana")
    assert time.now - before == 5


def test_before_any_mail_came_it_is_looked_out_for_some_seconds(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun()
    time.send(9)
    with pytest.raises(NotAsExpected, match="no mail with a code"):
        mails.no_mail(context(actor), "Ana")


def test_how_long_it_is_looked_out_before_any_mail_is_for_the_profile_to_say(
    begun: Callable[..., tuple[Actor, Time]],
) -> None:
    actor, time = begun(settle=1)
    before = time.now
    mails.no_mail(context(actor), "Ana")
    assert time.now - before == 1


def test_a_mail_that_was_there_at_once_says_nothing_of_how_long_mails_take(
    begun: Callable[..., tuple[Actor, Time]],
) -> None:
    actor, time = begun(settle=1)
    ask(actor, time, 2)
    time.pause(30)
    before = time.now
    mails.mails_reach(context(actor), 1, "Ana")
    assert time.now - before == 1


def test_after_a_mail_that_came_too_late_nothing_is_told_of_none(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun(seconds=5)
    ask(actor, time, 8)
    with pytest.raises(CannotTell):
        mail.await_code_mail(actor)
    time.pause(5)
    requesting.expect_code(actor)
    with pytest.raises(CannotTell, match="later than mails are waited for") as told:
        mails.no_mail(context(actor), "Ana")
    assert "mailbox.seconds" in told.value.hint


def test_a_mail_that_takes_longer_is_never_waited_for_beyond_its_time(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun(seconds=10)
    actor.world.arrivals.slowest = 100.0
    before = time.now
    with pytest.raises(CannotTell, match="later than mails are waited for"):
        mails.no_mail(context(actor), "Ana")
    assert time.now - before <= 10


def test_the_own_sink_is_not_waited_for(begun: Callable[..., tuple[Actor, Time]]) -> None:
    actor, time = begun()
    sink = type(actor.world.profile.mailbox)(kind="sink", seconds=60)
    actor.world.profile = actor.world.profile.model_copy(update={"mailbox": sink})
    actor.world.arrivals.slowest = 8.0
    before = time.now
    mails.no_mail(context(actor), "Ana")
    assert time.now == before
