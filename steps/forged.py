"""What is given otherwise than the portal's own places would have it: forged, too late, at once, or by a link."""

from __future__ import annotations

from typing import Any

from behave import given, then, when

from portal2fa.expectation import expect
from steps.tasks import deep_links, doubts, forging, mail, out_of_order, side_by_side
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


@when("{who:Person} gives his code in Ana's name")
def gives_code_for_another(context: Any, who: str) -> None:
    """In a sign-in of his own, with her wherever the request names the customer."""
    other = person(context, "Ana")
    forging.give_code_naming(person(context, who), other)


@then("{who:Person} is shown nothing of Ana's")
def shows_nothing_of_hers(context: Any, who: str) -> None:
    """Neither her name nor, by that, what is hers."""
    other = person(context, "Ana")
    actor = person(context, who)
    shown = forging.shows(actor, other)
    actor.portal.recorder.counts_on_absence("controls.name with the name of the account")
    expect(not shown, expected="nothing of another customer", seen="the client area with her name")


@when("{who:Person} gives the code shown by the app {time:Duration} later")
def gives_late(context: Any, who: str, time: float) -> None:
    """Where the portal waited for it, if it still does."""
    out_of_order.give_late(person(context, who), time)


@when("{who:Person} sets up time-based tokens in two browsers at once")
def sets_up_twice(context: Any, who: str) -> None:
    """Two secrets, each confirmed where it was shown."""
    side_by_side.set_up_twice(person(context, who))


@then("just one of the two apps signs her in")
def one_signs_in(context: Any) -> None:
    """Whichever it is: portals keep the first or the last."""
    actor = person(context, "she")
    number = len(side_by_side.apps_that_sign_in(actor))
    expect(number == 1, expected="one app to sign in", seen=f"{number} that do", missing=doubts.of_answer(actor))


@then("it is one that was confirmed")
def was_confirmed(context: Any) -> None:
    """The portal said yes to a code of it, and not of the other one only."""
    found = side_by_side.signs_in_unconfirmed(person(context, "she"))
    expect(not found, expected="an app of which a code was accepted", seen="one of which none was")


@when("{who:Person} asks for a place behind the sign-in before the password")
def asks_before_password(context: Any, who: str) -> None:
    """By its address, in a browser that knows nothing; then she signs in where that leads."""
    deep_links.ask_before_the_password(person(context, who))


@when("{who:Person} asks for a place behind the sign-in before the code")
def asks_before_code(context: Any, who: str) -> None:
    """By its address, while the portal waits for a code."""
    deep_links.ask_before_the_code(person(context, who))


@then("{who:Person} is at the place that she asked for")
def is_at_the_place(context: Any, who: str) -> None:
    """Signed in, and where the address says."""
    actor = person(context, who)
    there = deep_links.is_there(actor)
    expect(
        there, expected="the place that was asked for", seen=actor.portal.page.title(), missing=doubts.of_answer(actor)
    )


@when("{who:Person} cancels, goes back, and gives the code shown by the app")
def confirms_after_cancelling(context: Any, who: str) -> None:
    """Where the portal still asks for it there."""
    out_of_order.confirm_after_cancelling(person(context, who))
