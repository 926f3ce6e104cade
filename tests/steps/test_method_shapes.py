"""How the methods of a portal go together is told by its profile alone, and coming in and turning off follow it."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.actor import Actor
from steps.tasks import navigation, setting_up, signing_in, turning_off
from tests.steps.conftest import Visit
from tests.steps.shapes import CAPABILITIES, CONTROLS, NOT_LISTED, NOTICES, WAYS_OFF, ShapedPortal

Shaped = tuple[Actor, ShapedPortal]


def shaped(visit: Visit, *, silent: bool = False, **methods: bool) -> Shaped:
    """Ana at a portal of that shape, whose profile says the same of it."""
    shape = ShapedPortal(silent=silent, **methods)
    more: dict[str, Any] = {"methods": methods, "mailbox": {"kind": "sink", "settle": 0}}
    notices = (NOTICES if methods.get("forced") else {}) | (NOT_LISTED if silent else {})
    paths = WAYS_OFF | {"set_up_demanded": ["enable"]}
    actor, portal = visit({}, capabilities=CAPABILITIES, controls=CONTROLS, paths=paths, notices=notices, **more)
    actor.method = ""
    return shape.join(actor, portal), shape


def test_where_methods_are_on_together_turning_off_ends_each(visit: Visit) -> None:
    actor, portal = shaped(visit, together=True)
    setting_up.turn_on(actor, "time_based")
    setting_up.turn_on(actor, "email")
    assert portal.on == actor.methods_on == ["time_based", "email"]
    assert turning_off.turn_all_off(actor)
    assert portal.on == actor.methods_on == []
    assert not signing_in.needs_factor(actor)


@pytest.mark.parametrize("kept", ["time_based", "email"])
def test_where_a_method_only_goes_from_a_list_that_tells_which_one_was_turned_off(visit: Visit, kept: str) -> None:
    actor, portal = shaped(visit, silent=True, together=True)
    setting_up.turn_on(actor, "time_based")
    setting_up.turn_on(actor, "email")
    [actor.method] = {"time_based", "email"} - {kept}
    navigation.reach(actor, "two_factor")
    assert turning_off.turn_off(actor)
    assert portal.on == actor.methods_on == [kept]


@pytest.mark.parametrize(("first", "other"), [("time_based", "email"), ("email", "time_based")])
def test_where_they_exclude_each_other_the_method_is_changed_by_turning_off(
    visit: Visit, first: str, other: str
) -> None:
    actor, portal = shaped(visit)
    setting_up.turn_on(actor, first)
    assert turning_off.turn_all_off(actor)
    setting_up.turn_on(actor, other)
    assert portal.on == actor.methods_on == [other]
    assert signing_in.from_fresh_browser(actor) == f"{other}_asked"


def test_a_method_that_replaces_another_needs_to_be_turned_off_only_itself(visit: Visit) -> None:
    actor, _ = shaped(visit)
    actor.turned_on("time_based")
    actor.turned_on("email")
    assert actor.methods_on == ["email"]


def test_a_method_that_stays_on_although_the_profile_says_that_the_other_ended_it_is_seen(visit: Visit) -> None:
    actor, portal = shaped(visit)
    portal.together = True
    setting_up.turn_on(actor, "time_based")
    setting_up.turn_on(actor, "email")
    assert turning_off.turn_all_off(actor)
    assert portal.on == ["time_based"]
    assert signing_in.needs_factor(actor)


def test_where_a_method_is_demanded_coming_in_sets_one_up(visit: Visit) -> None:
    actor, portal = shaped(visit, forced=True)
    setting_up.come_in(actor)
    assert portal.on == ["time_based"]
    assert actor.portal.sees("signed_in")
    assert not actor.portal.sees("set_up_demanded")


def test_where_a_method_is_demanded_signing_in_sets_one_up(visit: Visit) -> None:
    actor, portal = shaped(visit, forced=True)
    assert setting_up.sign_in(actor) == "signed_in"
    assert portal.on == ["time_based"]


def test_the_method_that_is_demanded_can_be_chosen(visit: Visit) -> None:
    actor, portal = shaped(visit, forced=True)
    setting_up.turn_on(actor, "email")
    assert portal.on == ["email"]
    assert signing_in.from_fresh_browser(actor) == "email_asked"


def test_as_long_as_a_method_is_demanded_none_is_on(visit: Visit) -> None:
    actor, portal = shaped(visit, forced=True)
    navigation.reach_choice(actor)
    assert navigation.state(actor) == "off"
    assert not signing_in.needs_factor(actor)
    assert portal.on == []
    setting_up.turn_on(actor, "time_based")
    assert navigation.state(actor) == "on"
    assert signing_in.needs_factor(actor)


def test_a_demand_is_looked_for_only_where_the_profile_speaks_of_it(visit: Visit) -> None:
    actor, portal = shaped(visit)
    setting_up.come_in(actor)
    assert portal.on == []
