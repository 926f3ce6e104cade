"""The menu behind the name, the security settings, and the state that they show."""

from __future__ import annotations

from typing import Any

from behave import given, step, then, when

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from portal2fa.expectation import expect
from portal2fa.profile import METHODS
from portal2fa.witnesses import goal
from steps.tasks import belated, doubts, navigation
from steps.words import person, world


@when("{who:Person} looks at her client area")
def looks_at_client_area(context: Any, who: str) -> None:
    """The first page behind the sign-in."""
    navigation.look_at_client_area(person(context, who))


@step("{who:Person} opens the menu behind her name")
def opens_menu(context: Any, who: str) -> None:
    """By the customer's own name."""
    navigation.open_menu(person(context, who))


@then("the menu behind her name is closed")
def menu_closed(context: Any) -> None:
    """Its options are out of sight."""
    shown = person(context, "she").portal.shows("security_settings")
    expect(not shown, expected="the options to be out of sight", seen="the options in sight before the menu was opened")
    person(context, "she").portal.recorder.counts_on_absence("controls.security_settings")


@then("it offers options once she has opened it")
def menu_offers(context: Any) -> None:
    """Its options are in sight."""
    actor = person(context, "she")
    actor.portal.walk("open_menu")
    comes = belated.comes(actor, "security_settings")
    if comes:
        doubts.reached(actor, "open_menu")
    in_doubt = doubts.of_control(actor, "security_settings", "security_settings")
    doubts.count_on(actor, in_doubt)
    absent = ("controls.security_settings", goal(actor.world.profile, "open_menu"), *in_doubt)
    expect(comes, expected="options to appear", seen="none", missing=absent)


@step('{who:Person} goes to "{label:Label}"')
def goes_to(context: Any, who: str, label: str) -> None:
    """By the documented entry."""
    actor = person(context, who)
    control = navigation.label_by_text(world(context).labels, label)
    actor.notes["was_there"] = control == "security_settings" and actor.portal.sees(control)
    navigation.go_to(actor, control)


@given("{who:Person} is at her security settings")
def get_to_settings(context: Any, who: str) -> None:
    """By the shortest way that the target offers."""
    navigation.reach(person(context, who), "security_settings")


@then("{who:Person} is at her security settings")
def is_at_settings(context: Any, who: str) -> None:
    """They are in sight, and were not before."""
    actor = person(context, who)
    title = actor.portal.page.title
    there = belated.wait_for(actor, "security_settings")
    if actor.notes.get("was_there") and actor.world.profile.paths["security_settings"]:
        raise CannotTell(
            "What the profile takes for the security settings was in sight before they were opened.",
            cause="notices.security_settings was seen before paths.security_settings was taken",
            hint="look at the picture, then mend the notice: it has to tell the security settings from other pages",
        )
    if there:
        doubts.reached(actor, "security_settings")
    absent = ("notices.security_settings", *doubts.of_path(actor, "security_settings"))
    expect(there, expected="the security settings", seen=title(), missing=absent)


@when("{who:Person} looks at her two-factor settings")
def looks_at_factor(context: Any, who: str) -> None:
    """Where two-factor sign-in is turned on and off."""
    navigation.reach(person(context, who), "two_factor")


@when("{who:Person} asks to turn it on")
def asks_to_turn_on(context: Any, who: str) -> None:
    """By the documented control."""
    navigation.go_to(person(context, who), "enable")


@then('{who:Person} is offered "{label:Label}"')
def is_offered(context: Any, who: str, label: str) -> None:
    """The control is in sight and usable; another wording is a deviation."""
    actor = person(context, who)
    control = navigation.label_by_text(world(context).labels, label)
    described = world(context).profile.described(control)
    expect(
        belated.comes(actor, control),
        expected=f"{described} to be in sight",
        seen="it is not there",
        missing=f"controls.{control}",
    )
    in_doubt = _in_doubt(actor, control)
    doubts.count_on(actor, in_doubt)
    usable = actor.portal.control(control).first.is_enabled()
    expect(usable, expected=f"{described} to be usable", seen="it is disabled", missing=in_doubt)
    navigation.note_label(actor, control)


@then('{who:Person} is not offered "{label:Label}"')
def is_not_offered(context: Any, who: str, label: str) -> None:
    """The control is out of sight."""
    actor = person(context, who)
    control = navigation.label_by_text(world(context).labels, label)
    in_doubt = _in_doubt(actor, control)
    doubts.count_on(actor, (f"controls.{control}", *in_doubt))
    away = not actor.portal.shows(control)
    if away and control == "enable":
        actor.world.recorder.saw(doubts.ONE_METHOD)
    missing = (*in_doubt, doubts.ONE_METHOD) if control == "enable" else in_doubt
    expect(away, expected="it to be out of sight", seen="it is in sight", missing=missing)


def _in_doubt(actor: Actor, control: str) -> tuple[str, ...]:
    """What shows that a control is the right one: the documented wording, or that the way by it led on."""
    path = f"start_{control}" if control in METHODS else control
    return doubts.of_control(actor, control, path)


@step("{who:Person} is told that two-factor sign-in is {state:State}")
def is_told(context: Any, who: str, state: str) -> None:
    """What the portal says of the state, here and now."""
    actor = person(context, who)
    known = actor.world.profile.capabilities.known_status
    said = belated.wait_for(actor, "on", "off") if known else navigation.state_by_offer(actor)
    seen = said or "neither on nor off"
    went = actor.notes.get("went") == "two_factor"
    if said and went and (known or said == "off"):  # that nothing is offered is so at any other page as well
        doubts.reached(actor, "two_factor")
    in_doubt = doubts.of_path(actor, "two_factor") if went else ()
    refusal = ("notices.turn_off_refused",) if "tried_off" in actor.notes else ()
    unsaid = doubts.of_the_state(actor, seen, state)
    missing = refusal if said and known else (*refusal, *unsaid, *in_doubt)
    expect(said == state, expected=f"the portal to say that it is {state}", seen=seen, missing=missing)
    doubts.count_on_the_state(actor, state)


@then("{who:Person} is told that two-factor sign-in is {state:State} when she looks again")
def is_told_again(context: Any, who: str, state: str) -> None:
    """What the settings say after everything was loaded anew."""
    actor = person(context, who)
    _expect_state(actor, state)


@then("two-factor sign-in is {state:State}")
def is_in_state(context: Any, state: str) -> None:
    """By the settings, loaded anew; while it has just been turned on, the announcement counts as well."""
    actor = person(context, "she")
    if state == "on" and actor.portal.sees("announced_on"):
        return
    _expect_state(actor, state)


def _expect_state(actor: Actor, state: str) -> None:
    """What the settings say once everything was loaded anew."""
    said = navigation.state(actor)
    expected = f"the settings to say that it is {state}"
    expect(said == state, expected=expected, seen=said, missing=_unsaid(actor, said, state))
    doubts.count_on_the_state(actor, state)


def _unsaid(actor: Actor, said: str, state: str) -> tuple[str, ...]:
    """The notice that was looked for in vain, when the settings say neither; and what the state itself rests on."""
    return (*doubts.of_the_state(actor, said, state), *doubts.of_deeds(actor))
