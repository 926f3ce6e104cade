"""Sessions: what a browser is worth to whoever holds it, and for how long."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from portal2fa.expectation import expect
from steps.tasks import out_of_order, sessions, signing_in
from steps.words import person


@step("what {whose:Whose} browser holds is kept")
def is_kept(context: Any, whose: str) -> None:
    """All of its cookies, as somebody would who planted or copied them."""
    sessions.keep(person(context, whose))


@then("a browser with what was kept reaches nothing behind the sign-in")
def kept_is_worthless(context: Any) -> None:
    """It is worth nothing to whoever holds it."""
    opened = sessions.opened_with_kept(person(context, "she"))
    expect(not opened, expected="nothing to open with what was kept", seen=f"{', '.join(opened)} opened")


@step("{who:Person} is signed in, and goes on in another browser")
def goes_on(context: Any, who: str) -> None:
    """What the first one opens is seen to open before."""
    actor = person(context, who)
    signing_in.reach_all(actor)
    sessions.open_another(actor)


@then("the browser that she left is signed out")
def other_signed_out(context: Any) -> None:
    """Whoever sits there has to sign in anew."""
    opened = sessions.opened_in_the_other(person(context, "she"))
    expect(not opened, expected="the other browser to be signed out", seen=f"{', '.join(opened)} opened there")


@then("{who:Person} is still signed in")
def still_signed_in(context: Any, who: str) -> None:
    """What lies behind the sign-in opens as before."""
    opened = signing_in.reachable(person(context, who), expected=True)
    expect(opened, expected="to be signed in as before", seen="nothing behind the sign-in opens any more")


@when("{who:Person} signs in from the same browser")
def from_the_same(context: Any, who: str) -> None:
    """The right password where somebody was signed in before."""
    sessions.sign_in_again(person(context, who))


@when("{who:Person} signs in from her browser")
def from_hers(context: Any, who: str) -> None:
    """The right password of another customer where she was signed in before."""
    browser = person(context, "she").portal
    actor = person(context, who)
    sessions.borrow(actor, browser)
    sessions.sign_in_again(actor)


@when("{who:Person} gives name and password as programs do")
def by_header(context: Any, who: str) -> None:
    """In a header of each request, and not by the form."""
    actor = person(context, who)
    actor.notes["opened"] = sessions.opened_by_header(actor)


@then("a complete sign-in succeeds")
def complete(context: Any) -> None:
    """The positive control of whatever was shut."""
    actor = person(context, "she")
    expect(sessions.complete_anew(actor), expected="a sign-in with password and code to succeed", seen="it was refused")
    signing_in.reach_all(actor)


@when("{who:Person} signs out and goes back")
def signs_out_and_back(context: Any, who: str) -> None:
    """By the portal's own way, and then by the browser's."""
    actor = person(context, who)
    sessions.sign_out(actor)
    out_of_order.go_back(actor)


@then("nothing of her account is shown")
def nothing_shown(context: Any) -> None:
    """Neither her name nor what shows that somebody is signed in."""
    shown = sessions.shown_of_the_account(person(context, "she"))
    expect(not shown, expected="nothing of the account", seen=shown)


@when("{who:Person} signs out")
def signs_out(context: Any, who: str) -> None:
    """By the portal's own way."""
    sessions.sign_out(person(context, who))
