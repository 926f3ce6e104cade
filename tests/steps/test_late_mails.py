"""Mails with a code that come when nobody waits for them any more: the run tells of them, and judges none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from fixtures.world import World
from portal2fa.errors import CannotTell
from steps.tasks import mail, requesting
from tests.steps.conftest import Letters, Visit

ANA = "ana@a.example"
BOX = {"kind": "imap", "host": "h", "username": "u", "password": "p", "seconds": 1, "settle": 0}
TOLD = (
    "A mail with a code reached ana@a.example later than the 1 seconds of mailbox.seconds that it was waited for: "
    "raise them, or look into why the portal's mail is slow."
)


@pytest.fixture
def disappointed(visit: Visit) -> Callable[..., Actor]:
    """Ana, who has waited for a mail in vain; keyword arguments are laid over [mailbox]."""

    def begin(**mailbox: Any) -> Actor:
        actor, _ = visit({}, mailbox={**BOX, **mailbox})
        requesting.expect_code(actor)
        requesting.note_request(actor)
        with pytest.raises(CannotTell, match="No mail with a code reached Ana"):
            mail.await_code_mail(actor)
        return actor

    return begin


def deliver(actor: Actor, text: str = "Your code is 123456.", subject: str = "Code") -> None:
    box = actor.world.mailbox
    assert isinstance(box, Letters)
    box.kept.append(Mail(str(len(box.kept)), (ANA,), subject, (("text/plain", text),)))


def remarks(actor: Actor) -> list[str]:
    return actor.world.recorder.findings.remarks


def test_one_that_came_by_the_end_of_the_run_is_told(disappointed: Callable[..., Actor]) -> None:
    actor = disappointed()
    World.tell_late_mails(actor.world)
    assert remarks(actor) == []
    deliver(actor)
    World.tell_late_mails(actor.world)
    assert remarks(actor) == [TOLD]


def test_one_that_came_before_the_next_code_was_asked_for_is_told_once(disappointed: Callable[..., Actor]) -> None:
    actor = disappointed()
    deliver(actor)
    requesting.expect_code(actor)
    assert remarks(actor) == [TOLD]
    requesting.note_request(actor)
    World.tell_late_mails(actor.world)
    assert remarks(actor) == [TOLD]


def test_one_that_came_after_the_next_code_was_asked_for_may_be_that_code(disappointed: Callable[..., Actor]) -> None:
    actor = disappointed()
    requesting.expect_code(actor)
    deliver(actor)
    World.tell_late_mails(actor.world)
    assert remarks(actor) == []


def test_other_mails_are_not_the_code(disappointed: Callable[..., Actor]) -> None:
    actor = disappointed(subject_pattern="Code")
    deliver(actor, "Welcome")
    deliver(actor, subject="Invoice")
    World.tell_late_mails(actor.world)
    assert remarks(actor) == []


def test_one_that_came_in_time_is_not_late(visit: Visit) -> None:
    actor, _ = visit({}, mailbox=BOX)
    requesting.expect_code(actor)
    requesting.note_request(actor)
    deliver(actor)
    mail.await_code_mail(actor)
    World.tell_late_mails(actor.world)
    assert remarks(actor) == []


def test_a_mailbox_that_is_gone_by_the_end_is_no_problem(disappointed: Callable[..., Actor]) -> None:
    actor = disappointed()

    def gone(address: str) -> list[Mail]:
        raise CannotTell("The mail server cannot be reached.")

    actor.world.mailbox.mails = gone  # type: ignore[method-assign]
    World.tell_late_mails(actor.world)
    assert remarks(actor) == []
