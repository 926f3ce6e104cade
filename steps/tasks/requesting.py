"""Asking for codes by mail: not before the portal sends another one, and not while the last is still under way."""

from __future__ import annotations

import math

from fixtures.actor import Actor
from fixtures.mailbox.late import told_late
from fixtures.mailbox.mail import Mail, Request
from portal2fa import clock
from portal2fa.witnesses import WALKED
from steps.tasks import codes, doubts, mail, waiting


def expect_code(actor: Actor) -> None:
    """From now on only a mail that has yet to come can hold the code; to be called before the portal is asked.

    A mail that is still under way, or a second one that comes late, would be taken for the answer to the next wish.
    """
    let_come(actor)
    if actor.world.mailbox.watches:
        clock.pause(actor.mail_seen + actor.world.profile.mailbox.settles - clock.moment())
    _wait_out(actor)
    actor.mails_before = len(mail.code_mails(actor))
    come = _all_mails(actor)
    _tell_late(actor, come)
    actor.mails_then = len(come)
    actor.asked_at = actor.now()


def _tell_late(actor: Actor, come: list[Mail]) -> None:
    """Say of the run that the mail of the account's last request has come after all, if it has, before the next."""
    world, request = actor.world, actor.world.requests.get(actor.account.username)
    if request is None:
        return
    if told := told_late(request, come, world.profile.mailbox):
        world.recorder.remark(told)
        world.arrivals.slowest = math.inf
    request.overtaken = True


def note_request(actor: Actor) -> None:
    """The portal was asked to mail a code just now; where it was not for the first time, it may want a pause."""
    name, requests = actor.account.username, actor.world.requests
    again = name in requests
    if again:
        actor.world.recorder.counts_on_absence(WALKED + doubts.A_FURTHER_MAIL)
    requests[name] = Request(
        actor.now(), actor.mails_then, again=again, to=actor.values["email"], moment=clock.moment()
    )


def ask_again(actor: Actor) -> None:
    """Ask for the code again."""
    expect_code(actor)
    actor.portal.walk("resend")
    note_request(actor)


def resend(actor: Actor) -> None:
    """Ask for the code again, and wait until one more mail with a code has come."""
    ask_again(actor)
    mail.await_code_mail(actor)
    doubts.reached(actor, "resend")


def let_come(actor: Actor) -> None:
    """Wait for a mail that the account's last request has yet to bring, as long as a mail may take."""
    world = actor.world
    request = world.requests.get(actor.account.username)
    if request is None or request.in_vain or not world.mailbox.watches:
        return

    def came() -> list[Mail]:
        return mail.with_code(actor, _all_mails(actor)[request.mails :])

    awaited = not came()
    request.in_vain = not waiting.until(came, world.profile.mailbox.seconds, pause=world.mailbox.pause)
    if not request.in_vain:
        world.arrivals.note(request, clock.moment(), awaited=awaited)


def _wait_out(actor: Actor) -> None:
    """Let the time pass in which the portal sends no further code, by its clock where that can be moved."""
    request = actor.world.requests.get(actor.account.username)
    pause = actor.world.profile.mailbox.resend_after
    if request is not None and pause:
        codes.pass_time(actor, max(0.0, request.at + pause - actor.now()))


def in_doubt(actor: Actor) -> tuple[str, ...]:
    """What has to be seen once before a mail that did not come is missed: where one came before, a further one."""
    request = actor.world.requests.get(actor.account.username)
    return (doubts.A_FURTHER_MAIL,) if request is not None and request.again else ()


def _all_mails(actor: Actor) -> list[Mail]:
    return actor.world.mailbox.mails(actor.values["email"])
