"""Mail addresses that change: asking for another one, following its link, and who is written to."""

from __future__ import annotations

from typing import Any

from behave import then, when

from fixtures.actor import Actor
from portal2fa.expectation import expect
from steps.tasks import doubts, mail, moving
from steps.words import person


@when("{who:Person} asks for one address with a wrong password")
def asks_wrongly(context: Any, who: str) -> None:
    """With a password that is not the account's."""
    actor = person(context, who)
    actor.notes["one_address"] = moving.ask(actor, "not-" + actor.account.password)


@when("{who:Person} asks for another address")
def asks(context: Any, who: str) -> None:
    """With her password, where she is signed in."""
    moving.ask_rightly(person(context, who))


@when("{who:Person} moves to another address")
def moves(context: Any, who: str) -> None:
    """The whole way, which the portal has to let her go."""
    moving.move(person(context, who))


@then("a mail with a link reaches the other address")
def link_reaches(context: Any) -> None:
    """The positive control of an address that is written to for no wrong password."""
    actor = person(context, "she")
    expect(moving.await_link(actor), expected="a mail with a link to the other address", seen="none")


@then("no mail reaches the one address")
def nothing_reaches(context: Any) -> None:
    """Nothing at all: nobody had it before."""
    actor = person(context, "she")
    found = moving.mails_to(actor, actor.notes["one_address"])
    expect(not found, expected="no mail for a wrong password", seen=f"{len(found)} mails", missing=mail.A_MAIL)


@then("a code that she is mailed now reaches her old address alone")
def code_reaches_the_old(context: Any) -> None:
    """What she asked for counts not yet."""
    actor = person(context, "she")
    _reaches_alone(actor, actor.values["email"])


@then("a code that she is mailed now reaches her new address alone")
def code_reaches_the_new(context: Any) -> None:
    """And nobody who reads the old mailbox has it."""
    actor = person(context, "she")
    _reaches_alone(actor, actor.notes["other_address"])


def _reaches_alone(actor: Actor, wanted: str) -> None:
    """A sign-in with the password brings a code, to `wanted` and to nobody else."""
    receivers = moving.receivers_of_a_code(actor)
    asked = actor.notes["asked_for"]
    absent = ("notices.email_asked", *doubts.of_path(actor, "sign_in"))
    expect(asked == "email_asked", expected="to be asked for a mailed code", seen=asked, missing=absent)
    seen = ", ".join(sorted(receivers))
    expect(receivers == {wanted.lower()}, expected=f"a code to {wanted} alone", seen=f"one to {seen}")


@then("by the link the other address becomes hers")
def link_counts(context: Any) -> None:
    """The positive control of an address that does not count yet."""
    actor = person(context, "she")
    changed = moving.follow(actor)
    missing = ("notices.address_changed", *doubts.of_path(actor, "confirm_address"))
    expect(changed, expected="the address to be changed", seen="no word of it", missing=missing)


@then("a mail to her old address tells her that something happened")
def old_is_told(context: Any) -> None:
    """One that is no mail with a code."""
    found = moving.notices_at_the_old(person(context, "she"))
    expect(found, expected="a mail to the old address that tells of it", seen="none", missing=mail.A_MAIL)
