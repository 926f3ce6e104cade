"""Whether a scenario waited for something in vain: only then does more patience change anything."""

from __future__ import annotations

from steps.tasks import mail
from tests.steps.conftest import SOON, Visit

PAGE = "<p>Two-factor authentication is off</p><button>Click Here to Enable</button><script></script>"
"""A page with a script, which may show something else at any time."""


def test_what_comes_into_sight_was_not_waited_for_in_vain(visit: Visit) -> None:
    actor, portal = visit({"/": PAGE}, timing=SOON)
    actor.portal.go(portal.url)
    assert actor.portal.wait_for("off") == "off"
    actor.portal.wait_for_control("enable")
    assert not actor.portal.sees("on")
    assert not actor.world.recorder.notes.ran_out


def test_a_notice_that_never_comes_was(visit: Visit) -> None:
    actor, portal = visit({"/": PAGE}, timing=SOON)
    actor.portal.go(portal.url)
    assert actor.portal.wait_for("announced_on") is None
    assert actor.world.recorder.notes.ran_out


def test_a_mail_that_never_comes_was(visit: Visit) -> None:
    actor, _ = visit({"/": PAGE}, mailbox={"seconds": 1})
    assert mail.arrived(actor) == []
    assert actor.world.recorder.notes.ran_out
