"""Signing in: with the password, with a second factor, and what opens before that."""

from __future__ import annotations

from typing import Any

from behave import given, step, then, when

from fixtures.actor import Actor
from portal2fa.expectation import expect
from portal2fa.witnesses import apart
from steps.tasks import answering, belated, demanded, doubts, navigation, resetting, setting_up, signing_in
from steps.words import person


@when("{who:Person} comes to the portal's front door")
def front_door(context: Any, who: str) -> None:
    """The public start of the portal."""
    person(context, who).portal.open("front")


@when("{who:Person} goes to the client area")
def to_client_area(context: Any, who: str) -> None:
    """By the documented link."""
    navigation.go_to(person(context, who), "client_area")


@then("{who:Person} is asked to sign in")
def asked_to_sign_in(context: Any, who: str) -> None:
    """The sign-in is in sight."""
    actor = person(context, who)
    portal = actor.portal
    asked = belated.wait_for(actor, "sign_in_form")
    if asked:
        doubts.reached(actor, "client_area")
    in_doubt = ("notices.sign_in_form", *doubts.of_path(actor, "client_area"))
    expect(asked, expected="the sign-in", seen=portal.page.title(), missing=in_doubt)


@given("{who:Person} is signed in")
def be_signed_in(context: Any, who: str) -> None:
    """By the shortest way that the target offers."""
    setting_up.come_in(person(context, who))


@then("{who:Person} is signed in")
def is_signed_in(context: Any, who: str) -> None:
    """The portal says so, and what lies behind the sign-in opens."""
    actor = person(context, who)
    shown = belated.wait_for(actor, "signed_in")
    in_doubt = ("notices.signed_in", *(doubts.of_answer(actor) or doubts.of_path(actor, "sign_in")))
    expect(shown, expected="to be signed in", seen=actor.portal.page.title(), missing=in_doubt)
    signing_in.reach_all(actor)


@when("{who:Person} signs in with her password")
def signs_in(context: Any, who: str) -> None:
    """By the form, and with the set-up of a second factor where the portal demands that of everybody."""
    setting_up.sign_in(person(context, who))


@when("{who:Person} signs in, whatever else stays in sight")
def signs_in_whatever_stays(context: Any, who: str) -> None:
    """By the form; that the sign-in has gone is for a Then to say."""
    setting_up.sign_in_at_first_sight(person(context, who))


@when("{who:Person} signs in with a wrong password")
def signs_in_wrongly(context: Any, who: str) -> None:
    """By the form, with a password that is not the account's."""
    actor = person(context, who)
    navigation.sign_in_with_password(actor, "not-" + actor.account.password)


@when("{who:Person} signs in from a fresh browser with a wrong password")
def signs_in_wrongly_elsewhere(context: Any, who: str) -> None:
    """The same in a browser that knows nothing: one that is signed in may be shown more, or another page."""
    person(context, who).fresh_browser()
    signs_in_wrongly(context, who)


@when("Ana and Ben each give a wrong password in a fresh browser")
def both_sign_in_wrongly(context: Any) -> None:
    """One after the other; what each is told is noted."""
    for who in ("Ana", "Ben"):
        signs_in_wrongly_elsewhere(context, who)
        actor = person(context, who)
        actor.notes["told"] = resetting.answer_in_sight(actor, actor.values["username"])


@then("both are told the same")
def told_the_same(context: Any) -> None:
    """In the same words, but for who is addressed."""
    with_factor, without = (person(context, who).notes["told"] for who in ("Ana", "Ben"))
    expect(with_factor == without, expected=f'"{without}" for both', seen=f'"{with_factor}" for the one with a factor')


@then("{who:Person} is not signed in")
def not_signed_in(context: Any, who: str) -> None:
    """Nothing behind the sign-in opens for this browser."""
    actor = person(context, who)
    opened, unseen = signing_in.reachable(actor), signing_in.unasked(actor)
    seen = f"{', '.join(opened)} opened"
    expect(not opened, expected="nothing behind the sign-in to open", seen=seen, missing=unseen)


@then("with the right password {who:Person} is signed in")
def right_password(context: Any, who: str) -> None:
    """The positive control of a refused password."""
    actor = person(context, who)
    answer = setting_up.sign_in(actor)
    in_doubt = (*doubts.of_path(actor, "sign_in"), *doubts.of_a_password(actor, "sign_in"))
    expect(answer == "signed_in", expected="to be signed in", seen=answer, missing=in_doubt)


@then("{who:Person} is no longer asked to sign in")
def no_longer_asked(context: Any, who: str) -> None:
    """The sign-in is gone from sight."""
    portal = person(context, who).portal
    portal.recorder.counts_on_absence("notices.sign_in_form")
    away, unseen = not portal.sees("sign_in_form"), apart("sign_in_form", "signed_in")
    if away and portal.sees("signed_in"):
        portal.recorder.saw(unseen)
    expect(away, expected="no sign-in", seen="the sign-in", missing=unseen)


@step("{who:Person} signs in from a fresh browser")
def from_fresh_browser(context: Any, who: str) -> None:
    """The right password in a browser that knows nothing."""
    person(context, who).answer = None
    signing_in.from_fresh_browser(person(context, who))


@step("{who:Person} begins a second sign-in beside it")
def beside_it(context: Any, who: str) -> None:
    """In another fresh browser; the first one waits for its code."""
    actor = person(context, who)
    actor.notes["first_window"] = actor.portal
    signing_in.from_fresh_browser(actor)


@step("{who:Person} has signed in from a fresh browser with her code")
def completely(context: Any, who: str) -> None:
    """Password and second factor."""
    signing_in.completely(person(context, who))


@step("{who:Person} has signed in from a fresh browser with her backup code")
def with_backup_code(context: Any, who: str) -> None:
    """Password and backup code."""
    signing_in.with_backup_code(person(context, who))


@step("{who:Person} is asked for a code from her app")
@step("{who:Person} is asked for a code from his app")
def asked_for_app_code(context: Any, who: str) -> None:
    """The challenge for time-based tokens is in sight."""
    _expect_asked(person(context, who), "time_based_asked", "to be asked for a code from the app")


@step("{who:Person} is asked for a mailed code")
def asked_for_mailed_code(context: Any, who: str) -> None:
    """The challenge for email codes is in sight."""
    _expect_asked(person(context, who), "email_asked", "to be asked for a mailed code")


def _expect_asked(actor: Actor, notice: str, expected: str) -> None:
    """The challenge is in sight; where it is not, the way to sign in has to be right for that to be the portal's."""
    asked = belated.wait_for(actor, notice)
    absent = (f"notices.{notice}", *doubts.of_path(actor, "sign_in"))
    expect(asked, expected=expected, seen=actor.portal.page.title(), missing=absent)


@when("{who:Person} tries to reach the places behind the sign-in")
def tries_places(context: Any, who: str) -> None:
    """Each by its own address."""
    actor = person(context, who)
    actor.notes["opened"] = signing_in.reachable(actor)


@when("{who:Person} tries to reach the places behind the sign-in past the demand")
def tries_past_the_demand(context: Any, who: str) -> None:
    """Each by its own address, before a second factor is set up."""
    actor = person(context, who)
    actor.notes["opened"] = demanded.opened_past_it(actor)


@then("they open once {who:Person} has set up what is demanded")
def open_after_the_demand(context: Any, who: str) -> None:
    """The positive control of a demand: the same places open when it is met."""
    shut = demanded.meet_it(person(context, who))
    expect(not shut, expected="all of them to open", seen=f"{', '.join(shut)} to stay shut")


@then("none of them opens")
def none_opens(context: Any) -> None:
    """All of them lead elsewhere."""
    actor = person(context, "she")
    opened, unseen = actor.notes["opened"], signing_in.unasked(actor)
    expect(opened == [], expected="nothing behind the sign-in to open", seen=opened, missing=unseen)


@then("the code shown by the app signs her in and they open")
@then("the code from the mail signs her in and they open")
def code_opens(context: Any) -> None:
    """The positive control of a challenge: the same places open with the code."""
    actor = person(context, "she")
    _signs_in(actor, "the right code to sign in")


@then("a sign-in with a newly mailed code succeeds")
@then("a sign-in with the code shown by the app succeeds")
def fresh_sign_in(context: Any) -> None:
    """The positive control of an expired code: from the password on, all over again."""
    actor = person(context, "she")
    signing_in.from_fresh_browser(actor)
    actor.answer = None
    _signs_in(actor, "the new code to sign in")


@then("the code shown by the app signs her in")
@then("the next code shown by the app signs her in")
@then("the code from the mail signs her in")
@then("the newest code from the mail signs her in")
def code_signs_in(context: Any) -> None:
    """The code that has to be accepted is accepted, and opens the client area."""
    actor = person(context, "she")
    _signs_in(actor, "the right code to sign in")


def _signs_in(actor: Actor, expected: str) -> None:
    """The right code is accepted, and what lies behind the sign-in opens."""
    accepted = signing_in.finish(actor)
    expect(accepted, expected=expected, seen=answering.said(actor), missing=doubts.of_answer(actor))
    signing_in.reach_all(actor)
