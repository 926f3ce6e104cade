"""Help: what customers look for, and where they find it."""

from __future__ import annotations

from typing import Any

from behave import then, when

from portal2fa.expectation import expect
from portal2fa.witnesses import behind
from steps.tasks import belated, following
from steps.words import person

_SOUGHT = {
    "what two-factor authentication is": "help_link",
    "how to turn it off": "turn_off_help_link",
    "a support ticket": "support_link",
    "the live chat": "live_chat",
}


@when('{who:Person} looks for "{what:Label}"')
def looks_for(context: Any, who: str, what: str) -> None:
    """From the portal's front, signed out."""
    actor = person(context, who)
    actor.portal.open("front")
    actor.notes["sought"] = _SOUGHT[what]


@when('{who:Person} looks for "{what:Label}" from there')
def looks_from_there(context: Any, who: str, what: str) -> None:
    """From wherever the person is."""
    person(context, who).notes["sought"] = _SOUGHT[what]


@then("{who:Person} finds it")
def finds(context: Any, who: str) -> None:
    """The way there is in sight, what it leads to answers, and it is what is looked for."""
    actor = person(context, who)
    control = str(actor.notes["sought"])
    described = actor.portal.profile.described(control)
    expect(belated.comes(actor, control), expected=described, seen="it is not there", missing=f"controls.{control}")
    address, status = following.link_answers(actor, control)
    expect(status in (0, 200), expected=f"{address} to answer", seen=f"status {status}")
    there, title = following.leads_on(actor, control)
    unseen = behind(control, following.LEADS_TO[control])
    expect(there, expected=f"{described} to lead there", seen=title, missing=unseen)
