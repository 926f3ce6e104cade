"""Backup codes: handed over, used, used up, replaced."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from portal2fa.errors import CannotTell
from portal2fa.evidence import OWN_BACKUP_CODES
from portal2fa.expectation import expect
from steps.tasks import answering, backup, doubts, looking, setting_up, signing_in
from steps.words import person


@step("{who:Person} is given a backup code")
def is_given(context: Any, who: str) -> None:
    """At least one code of the portal's form, in sight."""
    actor = person(context, who)
    found = actor.backup_codes or backup.receive(actor)
    absent = ("controls.backup_code", *doubts.of_deeds(actor))
    doubts.count_on(actor, [OWN_BACKUP_CODES])
    expect(found, expected="a backup code", seen="none", missing=absent)


@then("{who:Person} is offered a way to give her backup code")
def offered_a_way(context: Any, who: str) -> None:
    """What leads to the place for it, or that place itself, is in sight."""
    actor = person(context, who)
    missing = [f"controls.{control}" for control in backup.way_to_give(actor)]
    comes = backup.can_be_given(actor)
    expect(comes, expected="a way to give a backup code", seen="none", missing=tuple(missing))


@when("{who:Person} gives her backup code")
def gives(context: Any, who: str) -> None:
    """The newest that the person noted down."""
    actor = person(context, who)
    answering.give_backup_code(actor, actor.backup_codes[-1])


@when("{who:Person} gives her backup code in small letters without dashes")
def gives_in_another_writing(context: Any, who: str) -> None:
    """The newest that the person noted down, as it is typed in haste."""
    actor = person(context, who)
    code = backup.in_another_writing(actor.backup_codes[-1])
    answering.give_backup_code(actor, code, rests_on=(doubts.ANY_CASE,))


@when("{who:Person} gives a backup code that is not hers")
def gives_wrong(context: Any, who: str) -> None:
    """One of the same form."""
    actor = person(context, who)
    answering.give_wrong_backup_code(actor, backup.wrong(actor))


@when("{who:Person} gives the backup code she used before")
@when("{who:Person} gives the backup code from before")
def gives_used(context: Any, who: str) -> None:
    """The one that the portal took."""
    actor = person(context, who)
    answering.give_wrong_backup_code(actor, str(actor.notes["used_backup_code"]))


@when("{who:Person} gives the backup code she used before in small letters without dashes")
def gives_used_in_another_writing(context: Any, who: str) -> None:
    """The same code, as it is typed in haste."""
    actor = person(context, who)
    answering.give_wrong_backup_code(actor, backup.in_another_writing(str(actor.notes["used_backup_code"])))


@when("{who:Person} gives Ben's backup code")
def gives_others(context: Any, who: str) -> None:
    """The newest that he noted down."""
    code = person(context, "Ben").backup_codes[-1]
    answering.give_wrong_backup_code(person(context, who), code)


@step("{who:Person} has a new backup code made")
def has_new_one(context: Any, who: str) -> None:
    """In the settings, with the password."""
    actor = person(context, who)
    if not backup.make_new(actor):
        raise CannotTell("No new backup code was shown.", hint="mend paths.new_backup_code of the profile")


@when("{who:Person} asks for a new backup code with a wrong password")
def asks_wrongly(context: Any, who: str) -> None:
    """With a password that is not the account's."""
    actor = person(context, who)
    actor.notes["made"] = backup.make_new(actor, "not-" + actor.account.password)


@then("{who:Person} is shown no new backup code")
def shown_none(context: Any, who: str) -> None:
    """Nothing was handed over."""
    made = person(context, who).notes["made"]
    expect(not made, expected="no new backup code for a wrong password", seen="a new one was handed over")


@then("her backup code still signs her in")
def still_signs_in(context: Any) -> None:
    """From a fresh browser: the one that was handed over first."""
    actor = person(context, "she")
    signing_in.from_fresh_browser(actor)
    answer = answering.give_backup_code(actor, actor.backup_codes[0])
    expect(answer.accepted, expected="the backup code to sign in", seen=answer.text, missing=doubts.of_answer(actor))


@when("{who:Person} confirms the set-up of {method:Method}")
def confirms(context: Any, who: str, method: str) -> None:
    """All the way, and looks at what is handed over."""
    setting_up.confirm(person(context, who), method)


@then("a backup code of at least {number:d} bits is handed over")
def strong_enough(context: Any, number: int) -> None:
    """By the length and the kinds of signs of what is shown."""
    held = backup.bits(person(context, "she"))
    expect(held >= number, expected=f"a backup code of at least {number} bits", seen=f"{held:.0f} bits at most")


@then("the portal refuses the backup code")
def refuses(context: Any) -> None:
    """By what it said to the code that was given last."""
    answer = person(context, "she").answer
    doubts.count_on_the_answer(person(context, "she"))
    expect(answer is not None and not answer.accepted, expected="the backup code to be refused", seen="it was accepted")


@then("her own backup code signs her in")
def own_signs_in(context: Any) -> None:
    """The positive control of a refused backup code."""
    actor = person(context, "she")
    answer = answering.give_backup_code(actor, actor.backup_codes[-1])
    expect(answer.accepted, expected="the backup code to sign in", seen=answer.text, missing=doubts.of_answer(actor))


@then("{who:Person} is advised to keep it safe")
def advised(context: Any, who: str) -> None:
    """In words beside the code."""
    portal = person(context, who).portal
    doubts.count_on(person(context, who), [doubts.ADVICE_AWAY])
    expect(
        portal.sees("safe_advice"), expected="advice to keep the code safe", seen="none", missing="notices.safe_advice"
    )


@then("her backup code is shown nowhere")
def nowhere(context: Any) -> None:
    """Neither in sight nor in the markup."""
    actor = person(context, "she")
    found = looking.places_showing(actor.notes["shown"], actor.backup_codes[-1])
    expect(not found, expected="the backup code nowhere", seen=f"it at {', '.join(found)}")


@then("{who:Person} is given a new backup code that differs")
def new_differs(context: Any, who: str) -> None:
    """Shown right after the old one was used."""
    actor = person(context, who)
    if actor.notes["replacement"]:
        actor.world.recorder.saw(doubts.REPLACED)
    missing = ("controls.backup_code", doubts.REPLACED)
    expect(actor.notes["replacement"], expected="a new backup code", seen="none", missing=missing)


@then("the new backup code signs her in from a fresh browser")
def new_works(context: Any) -> None:
    """The proof that the replacement is one."""
    actor = person(context, "she")
    signing_in.from_fresh_browser(actor)
    answer = answering.give_backup_code(actor, actor.backup_codes[-1])
    expect(
        answer.accepted, expected="the new backup code to sign in", seen=answer.text, missing=doubts.of_answer(actor)
    )
