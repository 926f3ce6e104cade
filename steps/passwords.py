"""Forgotten passwords: a link by mail, a new password where it leads, and what else comes of it."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from portal2fa.expectation import expect
from steps.tasks import mailed_links, resetting, strangers
from steps.words import person


@step("a link to a new password is mailed to her")
@step("another link to a new password is mailed to her")
def link_is_mailed(context: Any) -> None:
    """Asked for as by somebody who forgot the password."""
    resetting.ask(person(context, "she"))


@step("{who:Person} chooses a new password by a link that is mailed to her")
def resets(context: Any, who: str) -> None:
    """The whole way, which the portal has to let her go."""
    actor = person(context, who)
    resetting.ask(actor)
    resetting.choose_by_the_newest(actor)


@when("{who:Person} chooses a new password by the link")
@when("{who:Person} chooses another password by the same link")
def chooses(context: Any, who: str) -> None:
    """Whether the portal takes it is for a Then to say."""
    actor = person(context, who)
    actor.notes["link_taken"] = resetting.choose(actor, actor.notes["links"][-1])


@then("the portal refuses the link")
def refuses_link(context: Any) -> None:
    """By what it said where the link led."""
    taken = person(context, "she").notes["link_taken"]
    expect(not taken, expected="the link to be refused", seen="a new password was taken by it")


@then("by the link {who:Person} chooses a new password")
def link_is_taken(context: Any, who: str) -> None:
    """The positive control of a link that something else was asked of."""
    actor = person(context, who)
    taken = resetting.choose(actor, actor.notes["links"][-1])
    expect(taken, expected="the link to be taken", seen="it was refused", missing="notices.new_password_chosen")


@then("by another link {who:Person} chooses a new password")
def another_is_taken(context: Any, who: str) -> None:
    """The positive control of a link that was too old."""
    resetting.ask(person(context, who))
    link_is_taken(context, who)


@then("each of the two holds at least {bits:d} bits of its own")
def hard_to_guess(context: Any, bits: int) -> None:
    """By the length and the signs of what the other one does not hold."""
    one, other = person(context, "she").notes["links"][-2:]
    held = min(mailed_links.bits_of_its_own(one, other), mailed_links.bits_of_its_own(other, one))
    expect(held >= bits, expected=f"at least {bits} bits", seen=f"{held:.0f} bits at most")


@then("the link is shown nowhere where she asked for it")
def link_not_shown(context: Any) -> None:
    """Neither in sight nor in the markup: who can read the page would not need the mailbox."""
    found = resetting.places_with_the_link(person(context, "she"))
    expect(not found, expected="the link in the mail only", seen=f"it in {', '.join(found)}")


@when("a new password is asked for with her address and with one that nobody has")
def both_are_asked(context: Any) -> None:
    """Each in a fresh browser."""
    resetting.ask_with_both(person(context, "she"))


@then("the portal answers both alike")
def answers_alike(context: Any) -> None:
    """In the same words, but for the address."""
    own, nobodys = person(context, "she").notes["answers"]
    expect(own == nobodys, expected=f'"{own}" for both', seen=f'"{nobodys}" for the address that nobody has')


@then("a mail with a link reaches her")
def link_came(context: Any) -> None:
    """The positive control of an answer that says nothing: something was done all the same."""
    links = person(context, "she").notes["links"]
    expect(links, expected="a mail with a link", seen="none")


@when("a new password is asked for under a stranger's name for the portal")
def asked_under_a_strangers_name(context: Any) -> None:
    """The request says that the portal was asked for by that name."""
    resetting.ask(person(context, "she"), stranger=True)


@then("no link in the mail leads to the stranger's site")
def no_link_to_the_stranger(context: Any) -> None:
    """Of all that stand in it."""
    found = strangers.links_to_the_name(person(context, "she").notes["links_of_the_mail"])
    expect(not found, expected="links to the portal alone", seen=f"{', '.join(found)}")
