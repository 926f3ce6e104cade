"""Requests that are not the portal's own, and steps out of their order."""

from __future__ import annotations

from typing import Any

from behave import given, then, when

from portal2fa.expectation import expect
from steps.tasks import forging, mail, out_of_order
from steps.words import person


@given("{whose:Whose} wish for email codes is caught on its way")
def is_caught(context: Any, whose: str) -> None:
    """What the browser was about to send is known, and was not sent."""
    actor = person(context, whose)
    actor.listen()
    forging.catch_start(actor, "email")


@when("a stranger's site sends the same")
def stranger_sends(context: Any) -> None:
    """In her browser, with her cookies, and without what only the portal's own places know."""
    forging.send_from_a_stranger(person(context, "she"))


@then("sent from the portal it brings a mail with a code")
def portal_sends(context: Any) -> None:
    """The positive control of a request that was refused: the same one, sent as it should be."""
    actor = person(context, "she")
    forging.start_from_the_portal(actor, "email")
    came = mail.arrived(actor)
    expect(came, expected="a mail with a code", seen="none", missing=mail.A_CODE_MAIL)


@when("{who:Person} asks to turn two-factor sign-in off in Ana's name")
def turns_off_anothers(context: Any, who: str) -> None:
    """In a session of his own, with hers wherever the request names the customer."""
    other = person(context, "Ana")
    forging.turn_off_naming(person(context, who), other)


@when("{who:Person} cancels, goes back, and gives the code shown by the app")
def confirms_after_cancelling(context: Any, who: str) -> None:
    """Where the portal still asks for it there."""
    out_of_order.confirm_after_cancelling(person(context, who))
