"""Backup codes: handed over, used, used up, replaced."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from portal2fa.expectation import expect
from steps.tasks import answering, backup, doubts, looking, signing_in
from steps.words import person


@step("{who:Person} is given a backup code")
def is_given(context: Any, who: str) -> None:
    """At least one code of the portal's form, in sight."""
    actor = person(context, who)
    found = actor.backup_codes or backup.receive(actor)
    absent = ("controls.backup_code", *doubts.of_deeds(actor))
    expect(found, expected="a backup code", seen="none", missing=absent)


@when("{who:Person} gives her backup code")
def gives(context: Any, who: str) -> None:
    """The newest that the person noted down."""
    actor = person(context, who)
    answering.give_backup_code(actor, actor.backup_codes[-1])


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
    fresh = [code for code in actor.notes["replacement"] if code != actor.notes["used_backup_code"]]
    expect(fresh, expected="a new backup code", seen="none", missing="controls.backup_code")


@then("the new backup code signs her in from a fresh browser")
def new_works(context: Any) -> None:
    """The proof that the replacement is one."""
    actor = person(context, "she")
    signing_in.from_fresh_browser(actor)
    answer = answering.give_backup_code(actor, actor.backup_codes[-1])
    expect(
        answer.accepted, expected="the new backup code to sign in", seen=answer.text, missing=doubts.of_answer(actor)
    )
