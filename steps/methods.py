"""Choosing a method and starting its set-up."""

from __future__ import annotations

from typing import Any

from behave import step, then, when

from fixtures.actor import Actor
from portal2fa.expectation import expect
from portal2fa.profile import METHODS
from steps.tasks import belated, doubts, leaving, navigation, setting_up
from steps.words import person, world


@step("{who:Person} is choosing a method")
def is_choosing(context: Any, who: str) -> None:
    """Be where methods are chosen."""
    navigation.reach_choice(person(context, who))


@when("{who:Person} looks at the methods")
def looks_at_methods(context: Any, who: str) -> None:
    """The choice is in sight."""
    person(context, who).portal.wait_for("choice")


@then("at least {number:d} methods are offered")
def methods_offered(context: Any, number: int) -> None:
    """Counted in sight, not in the markup."""
    actor = person(context, "she")
    known = [control for control in METHODS if control in world(context).profile.controls]
    offered = [control for control in known if belated.comes(actor, control)]
    for control in offered:
        doubts.count_on(actor, doubts.of_control(actor, control, f"start_{control}"))
    absent = tuple(f"controls.{control}" for control in known if control not in offered)
    expect(len(offered) >= number, expected=f"at least {number} methods", seen=offered or "none", missing=absent)


@when("{who:Person} chooses {method:Method}")
def chooses(context: Any, who: str, method: str) -> None:
    """Mark the method, without going on."""
    setting_up.choose(person(context, who), method)


@then("{method:Method} are chosen")
def are_chosen(context: Any, method: str) -> None:
    """The method is marked."""
    actor = person(context, "she")
    chosen = setting_up.is_chosen(actor, method)
    doubts.count_on(actor, _in_doubt(actor, method))
    expect(chosen, expected=f"{method} to be chosen", seen="it is not", missing=_in_doubt(actor, method))


@then("{method:Method} are not chosen")
def are_not_chosen(context: Any, method: str) -> None:
    """The method is not marked."""
    actor = person(context, "she")
    chosen = setting_up.is_chosen(actor, method)
    expect(not chosen, expected=f"{method} not to be chosen", seen="it is", missing=_in_doubt(actor, method))


def _in_doubt(actor: Actor, method: str) -> tuple[str, ...]:
    """What shows that the control of a method is the right one: its wording, or that the set-up began by it."""
    notice = f"{method}_chosen"
    marked = (f"notices.{notice}",) if notice in actor.world.profile.notices else ()
    return (*marked, *doubts.of_control(actor, method, f"start_{method}"))


@step("{who:Person} starts to set up {method:Method}")
def starts(context: Any, who: str, method: str) -> None:
    """From the choice, by the documented control."""
    setting_up.start(person(context, who), method)


@when("{who:Person} asks for the set-up of {method:Method}")
def asks_for(context: Any, who: str, method: str) -> None:
    """From the choice, by the documented control; what comes of it is for a Then to say."""
    setting_up.ask_for(person(context, who), method)


@step("{who:Person} has started to set up {method:Method}")
@step("{who:Person} starts the set-up of {method:Method} again")
def has_started(context: Any, who: str, method: str) -> None:
    """From wherever the person is."""
    setting_up.start_from_anywhere(person(context, who), method)


@when("{who:Person} cancels")
def cancels(context: Any, who: str) -> None:
    """By the portal's own way out."""
    actor = person(context, who)
    setting_up.cancel(actor)


@when("{who:Person} goes away without choosing")
@when("{who:Person} goes away in the middle of the set-up")
def goes_away(context: Any, who: str) -> None:
    """To another part of the portal."""
    setting_up.walk_away(person(context, who))


@when("{who:Person} leaves the set-up by {way:Leaving}")
def leaves_by(context: Any, who: str, way: str) -> None:
    """As browsers let people leave anything, wherever the portal puts its own way out."""
    leaving.WAYS[way](person(context, who))


@then("{who:Person} is shown a QR code")
def shown_qr(context: Any, who: str) -> None:
    """One that a camera can read."""
    actor = person(context, who)
    comes = belated.comes(actor, "qr_code")
    missing = (setting_up.A_QR_CODE,) if comes else ("controls.qr_code", *doubts.of_path(actor, "start_time_based"))
    expect(comes and setting_up.read_code(actor), expected="a readable QR code", seen="none", missing=missing)


@then("{who:Person} is shown no QR code")
def shown_no_qr(context: Any, who: str) -> None:
    """Neither the control nor anything readable on the whole page."""
    actor = person(context, who)
    text = setting_up.read_page(actor)
    expect(text is None, expected="no QR code in sight", seen="a readable QR code")


@then("{who:Person} is asked for no authorization code")
def not_asked_for_authorization(context: Any, who: str) -> None:
    """No place for a mailed code is in sight."""
    portal = person(context, who).portal
    asked = portal.shows("authorization_code")
    portal.recorder.counts_on_absence("controls.authorization_code")
    expect(not asked, expected="no place for a mailed code", seen="one")


@then("{who:Person} is asked for an authorization code")
def asked_for_authorization(context: Any, who: str) -> None:
    """The place for the mailed code is in sight."""
    actor = person(context, who)
    comes = belated.comes(actor, "authorization_code")
    missing = ("controls.authorization_code", *doubts.of_path(actor, "start_email"))
    expect(comes, expected="a place for the mailed code", seen="none", missing=missing)
    doubts.count_on(actor, doubts.of_control(actor, "authorization_code", "confirm_email"))
    navigation.note_label(actor, "authorization_code")
