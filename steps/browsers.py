"""What goes on behind the screen: what the browser keeps, asks for, and is told about what it may do."""

from __future__ import annotations

from typing import Any

from behave import given, step, then, when

from fixtures.actor import Actor
from portal2fa.expectation import expect
from steps.tasks import keeping, mail, odd_codes, overhearing, strangers
from steps.words import person


@given("what her browser asks and is answered is noted")
def is_noted(context: Any) -> None:
    """From now on, in each of her browsers."""
    person(context, "she").listen()


@then("her browser keeps her secret nowhere")
def keeps_no_secret(context: Any) -> None:
    """Neither in cookies nor in storage."""
    actor = person(context, "she")
    _keeps_not(actor, actor.scanned[-1].secret, "the secret")


@then("her browser keeps her password nowhere")
def keeps_no_password(context: Any) -> None:
    """Neither in cookies nor in storage."""
    actor = person(context, "she")
    _keeps_not(actor, actor.account.password, "the password")


@then("her browser keeps the mailed code nowhere")
def keeps_no_code(context: Any) -> None:
    """Neither in cookies nor in storage."""
    actor = person(context, "she")
    _keeps_not(actor, mail.newest_code(actor), "the mailed code")


def _keeps_not(actor: Actor, secret: str, what: str) -> None:
    found = keeping.places_with(actor, secret)
    expect(not found, expected=f"{what} nowhere in the browser", seen=f"it in {', '.join(found)}")


@then("no answer with her secret may be kept")
def secret_not_kept(context: Any) -> None:
    """What made the page in sight, and what brought the secret to it."""
    actor = person(context, "she")
    _not_to_be_kept(actor, actor.scanned[-1].secret)


@then("no answer with her backup code may be kept")
def backup_code_not_kept(context: Any) -> None:
    """What made the page in sight, and what brought the code to it."""
    actor = person(context, "she")
    _not_to_be_kept(actor, actor.backup_codes[-1])


def _not_to_be_kept(actor: Actor, secret: str) -> None:
    kept = [answer for answer in overhearing.answers_with(actor, secret) if overhearing.may_be_kept(answer)]
    told = sorted({overhearing.header(answer, "cache-control") or "nothing" for answer in kept})
    expect(not kept, expected="'Cache-Control: no-store' with it", seen=", ".join(told))


@then("none of her codes stands in an address")
def no_code_in_address(context: Any) -> None:
    """Of all addresses that her browsers asked for."""
    actor = person(context, "she")
    found = overhearing.addresses_with(actor, [*actor.used_codes, *actor.backup_codes])
    expect(not found, expected="no address with a code", seen=f"one at {', '.join(found)}")


@then("nobody but the portal was asked for anything")
def no_strangers(context: Any) -> None:
    """By any of her browsers; origins of the profile count as the portal's own."""
    found = overhearing.strangers(person(context, "she"))
    expect(not found, expected="the portal alone to be asked", seen=f"{', '.join(found)} to be asked as well")


@then("no script can read what keeps her signed in")
def not_for_scripts(context: Any) -> None:
    """`HttpOnly`, RFC 6265 section 4.1.2.6."""
    _all_have(person(context, "she"), "httponly")


@then("what keeps her signed in is not sent along from other sites")
def not_from_other_sites(context: Any) -> None:
    """`SameSite`, with one of the values that keep it back."""
    cookies = keeping.keepers(person(context, "she"))
    lax = [one.name for one in cookies if one.attributes.get("samesite") not in ("lax", "strict")]
    expect(not lax, expected="SameSite=Lax or SameSite=Strict", seen=f"neither for {', '.join(lax)}")


def _all_have(actor: Actor, attribute: str) -> None:
    without = [one.name for one in keeping.keepers(actor) if attribute not in one.attributes]
    expect(not without, expected=f"{attribute} with every such cookie", seen=f"{', '.join(without)} without it")


@then("the browser is told what it may load there")
def told_what_may_run(context: Any) -> None:
    """A policy as ASVS 3.4.3 wants it: scripts by list or mark, no plug-ins, no other base."""
    answer = overhearing.answer_in_sight(person(context, "she"))
    fits = any(overhearing.says_what_may_run(policy) for policy in overhearing.policies(answer))
    seen = overhearing.header(answer, "content-security-policy")
    expect(fits, expected="a Content-Security-Policy that keeps foreign scripts out", seen=seen)


@then("the browser is told not to guess types")
def told_not_to_guess(context: Any) -> None:
    """`X-Content-Type-Options`."""
    seen = overhearing.header(overhearing.answer_in_sight(person(context, "she")), "x-content-type-options")
    expect(seen.lower() == "nosniff", expected="'X-Content-Type-Options: nosniff'", seen=seen)


@then("the browser is told to keep the address from other sites")
def told_to_keep_the_address(context: Any) -> None:
    """`Referrer-Policy`; of several values the last one counts that the browser knows."""
    seen = overhearing.header(overhearing.answer_in_sight(person(context, "she")), "referrer-policy")
    last = seen.rpartition(",")[2].strip().lower()
    expect(last in overhearing.DISCREET, expected="a Referrer-Policy that keeps the path back", seen=seen)


@when("a stranger's site shows them inside of its own")
def shown_in_a_frame(context: Any) -> None:
    """In a frame of a document of nobody's."""
    actor = person(context, "she")
    actor.notes["framed"] = strangers.frame(actor)


@then("nothing of the portal is shown there")
def nothing_in_the_frame(context: Any) -> None:
    """The browser refused to, because the portal said so."""
    shown = person(context, "she").notes["framed"]
    expect(not shown, expected="nothing of the portal in the frame", seen=shown)


@when("{who:Person} signs in by a link that asks to go on to a stranger's site")
def signs_in_by_link(context: Any, who: str) -> None:
    """With every name that portals have for the place to go on to."""
    strangers.sign_in_by_link(person(context, who))


@then("nothing leads her to the stranger's site")
def not_led_away(context: Any) -> None:
    """Neither a request of her browser nor a redirect of the portal."""
    found = strangers.led_to(person(context, "she"))
    expect(not found, expected="to stay with the portal", seen=f"the way to {', '.join(found)}")


@step("her requests call the portal by a stranger's name")
def called_by_another_name(context: Any) -> None:
    """In the headers that proxies set."""
    strangers.call_by_another_name(person(context, "she"))


@then("the stranger's name is neither in her app nor on the screen")
def no_strange_name(context: Any) -> None:
    """Neither in the key URI nor in the markup."""
    found = strangers.places_with_the_name(person(context, "she"))
    expect(not found, expected="the portal's own name only", seen=f"the stranger's in {' and '.join(found)}")


@when("{who:Person} gives {what} for a code")
def gives_oddity(context: Any, who: str, what: str) -> None:
    """Something that is no code."""
    odd_codes.give(person(context, who), what)


@then("the portal answers without an error of its own")
def no_error(context: Any) -> None:
    """No status of 500 and above."""
    found = overhearing.errors(person(context, "she"))
    expect(not found, expected="an answer without an error", seen=", ".join(found))


@then("nothing of it has become markup")
def stays_text(context: Any) -> None:
    """No element of what was typed is in the document."""
    became = odd_codes.became_markup(person(context, "she"))
    expect(not became, expected="what was typed to stay text", seen="an element of it in the document")


@then("no link in the mail carries the code")
def no_code_in_links(context: Any) -> None:
    """In any part of the mail."""
    actor = person(context, "she")
    found = mail.links_with_the_code(actor, mail.whole(mail.await_code_mail(actor)))
    expect(not found, expected="no link with the code", seen=f"{len(found)}")
