"""Guessing: how often something wrong may be tried, and what becomes of the owner meanwhile."""

from __future__ import annotations

from typing import Any

from behave import given, step, then, when

from portal2fa.expectation import expect
from steps.tasks import answering, doubts, guessing, signing_in
from steps.words import person


@step("{who:Person} has given up to {most:d} wrong codes")
@step("{who:Person} gives up to {most:d} wrong codes")
def wrong_codes(context: Any, who: str, most: int) -> None:
    """At the challenge of a sign-in of hers, until the portal has had enough."""
    actor = person(context, who)
    signing_in.from_fresh_browser(actor)
    guessing.wrong_codes(actor, most)


@when("{who:Person} gives up to {most:d} wrong backup codes")
def wrong_backup_codes(context: Any, who: str, most: int) -> None:
    """Of the right form."""
    actor = person(context, who)
    signing_in.from_fresh_browser(actor)
    guessing.wrong_backup_codes(actor, most)


@when("somebody gives up to {most:d} wrong passwords for {who:Person}")
def wrong_passwords(context: Any, most: int, who: str) -> None:
    """From another browser."""
    actor = person(context, who)
    kept = actor.portal
    guessing.wrong_passwords(actor, most)
    actor.notes["strangers_window"] = actor.portal
    actor.look_through(kept)


@when("{who:Person} gives all but one of as many, and the last from a fresh sign-in")
def over_sign_ins(context: Any, who: str) -> None:
    """As many as Ana was allowed."""
    actor = person(context, who)
    signing_in.from_fresh_browser(actor)
    guessing.all_but_one(actor, person(context, "Ana"), lambda: guessing.from_fresh_browser(actor))
    guessing.last_one(actor)


@when("{who:Person} gives all but one of as many, and the last after a new mail")
def over_mails(context: Any, who: str) -> None:
    """As many as Ana was allowed."""
    actor = person(context, who)
    signing_in.from_fresh_browser(actor)
    guessing.all_but_one(actor, person(context, "Ana"), lambda: guessing.a_new_mail(actor))
    guessing.last_one(actor)


@when("{who:Person} gives {more:d} more than as many, all of them at once")
def at_the_same_moment(context: Any, who: str, more: int) -> None:
    """Than Ana was allowed, each in a browser that waits for a code."""
    actor = person(context, who)
    actor.notes["judged_beyond"] = guessing.at_once_some_more(actor, person(context, "Ana"), more)


@then("no more of {whose:Whose} codes are told to be wrong than of Ana's")
def no_more_are_judged(context: Any, whose: str) -> None:
    """Whoever sends them at once is not told more by them."""
    beyond = person(context, whose).notes["judged_beyond"]
    expect(beyond <= 0, expected="as many to be told wrong as one after the other", seen=f"{beyond} more")


@when("{who:Person} gives all but one of as many, and then a wrong backup code")
def over_kinds(context: Any, who: str) -> None:
    """As many as Ana was allowed."""
    actor = person(context, who)
    signing_in.from_fresh_browser(actor)
    guessing.all_but_one(actor, person(context, "Ana"), lambda: None)
    guessing.wrong_backup_codes(actor, 1)


@then("the portal has had enough of {who:Person}")
def has_enough(context: Any, who: str) -> None:
    """It says that there were too many wrong ones."""
    actor = person(context, who)
    expect(guessing.is_enough(actor), expected="word that too many were wrong", seen=answering.said(actor))


@then("even the right code does not sign {who:Person} in now")
def right_is_refused(context: Any, who: str) -> None:
    """What a guesser may find by trying on has to be of no use."""
    actor = person(context, who)
    answer = guessing.right_code(actor)
    doubts.count_on_the_answer(actor)
    expect(not answer.accepted, expected="no sign-in after so many wrong codes", seen="it was accepted")


@then("the right code signs {who:Person} in again")
def right_is_taken_again(context: Any, who: str) -> None:
    """The lock has an end, whatever it says."""
    actor = person(context, who)
    answer = guessing.right_code(actor)
    expect(answer.accepted, expected="the right code to sign in", seen=answer.text, missing=doubts.of_answer(actor))


@then("even her own backup code does not sign her in now")
def own_is_refused(context: Any) -> None:
    """Likewise of backup codes."""
    actor = person(context, "she")
    answer = answering.guess(actor, actor.backup_codes[-1], backup_code=True)
    doubts.count_on_the_answer(actor)
    expect(not answer.accepted, expected="no sign-in after so many wrong backup codes", seen="it was accepted")


@then("even the right password does not sign {who:Person} in from there now")
def password_is_refused(context: Any, who: str) -> None:
    """In the browser of the one who guessed."""
    taken = guessing.right_password(person(context, who))
    expect(not taken, expected="no sign-in after so many wrong passwords", seen="it was accepted")


@then("the right code is answered in the words for a wrong one")
def same_words(context: Any) -> None:
    """Otherwise a guesser learns the code, and uses it when the time is over."""
    actor = person(context, "she")
    guessing.last_one(actor)
    wrong, right = answering.said(actor), guessing.right_code(actor).text
    expect(right == wrong, expected=f'"{wrong}"', seen=f'"{right}"')


@given("{who:Person} has asked for up to {most:d} new codes")
@when("{who:Person} asks for up to {most:d} new codes")
def asks_on_and_on(context: Any, who: str, most: int) -> None:
    """Without waiting for any of them."""
    actor = person(context, who)
    actor.notes["asked"], actor.notes["mailed"] = most, guessing.resent(actor, most)


@when("{whose:Whose} wish for a new code is sent {most:d} times by a program")
def sent_on_and_on(context: Any, whose: str, most: int) -> None:
    """As the portal's page would send it, were it not for what the page itself keeps back."""
    actor = person(context, whose)
    actor.notes["asked"], actor.notes["mailed"] = most, guessing.resent_by_a_program(actor, most)


@then("fewer mails than that reach {who:Person}")
def fewer(context: Any, who: str) -> None:
    """At some number the portal stops."""
    notes = person(context, who).notes
    expect(notes["mailed"] < notes["asked"], expected=f"fewer than {notes['asked']} mails", seen=f"{notes['mailed']}")
