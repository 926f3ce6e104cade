"""Mails: what arrives, for whom, and what is in it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from behave import step, then, when

from fixtures import contents
from portal2fa.expectation import expect
from steps.tasks import calling, collecting, doubts, failing_mail, mail, people, requesting, settling
from steps.words import person, world


@step("{who:Person} waits for her mail")
def waits(context: Any, who: str) -> None:
    """Until a mail with a code has come."""
    mail.await_code_mail(person(context, who))


@step("{who:Person} asks for a new code")
def asks_again(context: Any, who: str) -> None:
    """By the portal's own control; the new mail has to come."""
    requesting.resend(person(context, who))


@when("{who:Person} asks for the code once more")
def asks_once_more(context: Any, who: str) -> None:
    """By the portal's own control; whether a mail comes is for a Then to say."""
    requesting.ask_again(person(context, who))


@when("{who:Person} asks for the set-up of email codes while no mail can be sent")
def asks_in_vain(context: Any, who: str) -> None:
    """From the choice of methods; what comes of it is for a Then to say."""
    failing_mail.ask_for_email_codes(person(context, who))


@when("{who:Person} signs in from a fresh browser while no mail can be sent")
def signs_in_in_vain(context: Any, who: str) -> None:
    """With the right password; whatever the portal does then."""
    failing_mail.sign_in(person(context, who))


@step("mails can be sent again")
def mails_go_out(context: Any) -> None:
    """The mail server is back."""
    failing_mail.end(person(context, "she"))


@then("{number:d} mail with a code reaches {who:Person}")
def mails_reach(context: Any, number: int, who: str) -> None:
    """Counted when the first has come and whatever came with it."""
    actor = person(context, who)
    mail.look_out(actor)
    mail.arrived(actor)
    count = len(settling.code_mails(actor)) - actor.mails_before
    if count == 0 and (mail.others_came(actor) or world(context).profile.mailbox.kind != "sink"):
        raise mail.none_came(actor)
    if count == 0:
        mail.refuse_late(actor)
    come = mail.code_mails(actor)[actor.mails_before :]
    unseen = calling.in_doubt(actor, come) if count else (mail.A_CODE_MAIL, *requesting.in_doubt(actor))
    doubts.count_on(actor, [doubts.CODE_OF_A_MAIL])
    expect(count == number, expected=f"{number} mail with a code", seen=f"{count} mails", missing=unseen)


@then("no mail reaches {who:Person}")
def no_mail(context: Any, who: str) -> None:
    """No code is there once the portal has finished with the last request; notices are no breach."""
    actor = person(context, who)
    found = settling.code_mails(actor)
    if world(context).profile.capabilities.email_codes:
        world(context).recorder.counts_on_absence(mail.A_CODE_MAIL)
    certain = calling.carries_anothers(actor, found)
    in_doubt = (doubts.CODE_OF_A_MAIL,) if certain else calling.in_doubt(actor, found)
    expect(not found, expected="no mail with a code", seen=f"{len(found)}", missing=in_doubt)


@then("it is addressed to {who:Person} alone")
def addressed(context: Any, who: str) -> None:
    """By the envelope where the sink knows it, else by the headers."""
    actor = person(context, who)
    mail.whole(mail.await_code_mail(actor))
    recipients = mail.receivers_of_the_code(actor)
    doubts.count_on(actor, [doubts.CODE_OF_A_MAIL])
    alone = recipients == {actor.values["email"].lower()}
    seen = ", ".join(sorted(recipients))
    expect(alone, expected="one recipient", seen=seen, missing=doubts.CODE_OF_A_MAIL)


@then("the portal itself does not show the code")
def not_on_the_page(context: Any) -> None:
    """Neither in sight nor in the markup, of any frame: who can read the page would not need the mailbox."""
    actor = person(context, "she")
    code = mail.newest_code(actor)
    doubts.count_on(actor, [doubts.CODE_OF_A_MAIL])
    found = contents.of(actor.portal.page)
    away = code not in found.markup + found.words
    expect(away, expected="the code in the mail only", seen="it on the page too", missing=doubts.CODE_OF_A_MAIL)


@then("the mail holds exactly one code")
def one_code(context: Any) -> None:
    """One candidate in the whole mail."""
    actor = person(context, "she")
    found = mail.code_candidates(actor, mail.whole(mail.await_code_mail(actor)))
    doubts.count_on(actor, [doubts.CODE_OF_A_MAIL])
    seen = f"{len(found)} candidates"
    expect(len(found) == 1, expected="one candidate for a code", seen=seen, missing=doubts.CODE_OF_A_MAIL)


@then("every part of the mail carries the same code")
def every_part(context: Any) -> None:
    """Plain text and HTML agree; a mail of one part agrees with itself."""
    actor = person(context, "she")
    parts = mail.codes_in_parts(actor, mail.whole(mail.await_code_mail(actor)))
    doubts.count_on(actor, [doubts.CODE_OF_A_MAIL])
    expect(
        parts and all(part == parts[0] and part for part in parts),
        expected="the same code in every part",
        seen=[len(part) for part in parts],
        missing=doubts.CODE_OF_A_MAIL,
    )


@then("the mail or the portal states a limit of {minutes:d} minutes")
def states_limit(context: Any, minutes: int) -> None:
    """In words and figures that a customer reads, in whichever frame."""
    actor = person(context, "she")
    pattern = world(context).profile.mailbox.lifetime_pattern
    found = mail.stated_minutes(contents.of(actor.portal.page).words, pattern)
    if minutes not in found:
        found |= mail.stated_minutes(mail.whole(mail.await_code_mail(actor)).all_text(), pattern)
    if found and pattern:
        world(context).recorder.used("mailbox.lifetime_pattern")
    missing = (doubts.A_LIFETIME,) if pattern and not found else ()
    seen = f"{sorted(found)}{' by mailbox.lifetime_pattern' if pattern else ''}" if found else "no limit"
    expect(minutes in found, expected=f"a limit of {minutes} minutes", seen=seen, missing=missing)


@step("{who:Person} has read her mails")
def has_read(context: Any, who: str) -> None:
    """Only later ones are news."""
    settling.read_all(person(context, who))


@then("a mail tells her that something happened")
def is_told(context: Any) -> None:
    """One that is no mail with a code."""
    found = mail.notices(person(context, "she"))
    expect(found, expected="a mail that tells of it", seen="no mail but those with codes", missing=mail.A_MAIL)


@then("a code of at least {digits:d} digits is mailed to her")
def long_enough(context: Any, digits: int) -> None:
    """By the number in the mail, whatever the profile takes for a code."""
    number = mail.mailed_number(person(context, "she"))
    expect(len(number) >= digits, expected=f"a code of at least {digits} digits", seen=f"{len(number)} digits")


@when("{number:d} sign-ins of hers are mailed a code")
def collects(context: Any, number: int) -> None:
    """Each a fresh one, some minutes after the one before."""
    actor = person(context, "she")
    actor.notes["collected"] = collecting.collect(actor, number)


@then("these codes do not follow each other")
def no_neighbours(context: Any) -> None:
    """By chance, seven steps in a row are that short once in more than a quintillion times."""
    codes = [int(code) for code in person(context, "she").notes["collected"]]
    steps = [abs(after - before) for before, after in pairwise(codes)]
    expect(max(steps) > 1000, expected="codes far from each other", seen=f"steps of {max(steps)} at most")


@then("nothing of her name has become markup in the mail")
def name_stays_text(context: Any) -> None:
    """In any part of it that is markup."""
    became = mail.holds_markup(person(context, "she"), people.MARKUP)
    expect(not became, expected="the name to stay text", seen="an element of it in the mail")


@then("no mail carries her backup code")
def no_backup_code(context: Any) -> None:
    """In any part of any mail, however it is grouped."""
    actor = person(context, "she")
    found = [item.subject for item in settling.mails(actor) if mail.carries(item, actor.backup_codes)]
    expect(actor.backup_codes and not found, expected="no backup code in the mail", seen=found)
