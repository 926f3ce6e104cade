"""Accounts: who has one, whether it has a second factor, and whether sign-in asks for it."""

from __future__ import annotations

from typing import Any

from behave import given, step, then

from portal2fa.errors import CannotTell
from portal2fa.expectation import expect
from steps.tasks import answering, arriving, doubts, people, setting_up, signing_in
from steps.words import person, world


@step("{who:Person} has an account without two-factor sign-in")
def has_account(context: Any, who: str) -> None:
    """An account as customers have it before they follow the help text."""
    arriving.enters(world(context), who)


@given("{who:Person} has an account under a name that is markup")
def has_markup_for_a_name(context: Any, who: str) -> None:
    """Made for the purpose: what stands in the name is what an element is written like."""
    arriving.enters_called(world(context), who, people.MARKUP)


@step("{who:Person} uses two-factor sign-in with {method:Method}")
def uses_factor(context: Any, who: str, method: str) -> None:
    """An account that is protected already; how it came to be is not the point."""
    setting_up.enters_protected(world(context), who, method)


@step("{who:Person} has turned on two-factor sign-in with {method:Method} as well")
def has_turned_on_as_well(context: Any, who: str, method: str) -> None:
    """A second method beside one that is on, which nothing but the profile says to be possible."""
    actor = person(context, who)
    doubts.try_both_methods(actor)
    setting_up.turn_on(actor, method)


@step("{who:Person} has turned on two-factor sign-in with {method:Method}")
def has_turned_on(context: Any, who: str, method: str) -> None:
    """The whole way through the portal, for scenarios about what it hands over."""
    world_ = world(context)
    actor = person(context, who) if who in ("she", "he") else arriving.enters(world_, who)
    setting_up.turn_on(actor, method)


@then("{whose:Whose} account does not require a second factor")
def requires_none(context: Any, whose: str) -> None:
    """A fresh browser with the right password is let in, or led to the set-up that the portal demands of everybody."""
    actor = person(context, whose)
    asked = signing_in.needs_factor(actor)
    if not asked and actor.notes["sign_in_answer"] not in ("signed_in", "set_up_demanded"):
        raise CannotTell(
            "The sign-in could not be tried.",
            cause="the portal refused the right password just now: notices.sign_in_refused was seen",
            hint="sign in by hand: wrong passwords may have locked the account for a while",
        )
    in_doubt = doubts.of_deeds(actor) if actor.notes.get("turned_off") is False else ()
    seen = "a request for a second factor"
    expect(not asked, expected="to be signed in by the password alone", seen=seen, missing=in_doubt)


@then("a fresh browser needs {method:Method} to sign in as {who:Person}")
def requires_method(context: Any, method: str, who: str) -> None:
    """Password first, then a code of the method, and only then the client area."""
    actor = person(context, who)
    asked = signing_in.from_fresh_browser(actor)
    wanted = f"{method}_asked"
    absent = (f"notices.{wanted}", *doubts.of_path(actor, "sign_in")) if asked != wanted else ()
    expect(asked == wanted, expected=f"to be asked for {method.replace('_', '-')} codes", seen=asked, missing=absent)
    opened, unseen = signing_in.reachable(actor), signing_in.unasked(actor)
    expect(not opened, expected="nothing to open before the code", seen="places opened", missing=unseen)
    actor.answer = None
    accepted = signing_in.finish(actor)
    expect(
        accepted,
        expected="the right code to sign in",
        seen=answering.said(actor),
        missing=doubts.of_answer(actor),
    )
