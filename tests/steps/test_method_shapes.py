"""How the methods of a portal go together is told by its profile alone, and turning off follows it."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.actor import Actor
from steps.tasks import setting_up, signing_in, turning_off
from tests.steps.conftest import Visit
from tests.steps.shapes import CAPABILITIES, CONTROLS, WAYS_OFF, ShapedPortal

Shaped = tuple[Actor, ShapedPortal]


def shaped(visit: Visit, **methods: bool) -> Shaped:
    """Ana at a portal of that shape, whose profile says the same of it."""
    shape = ShapedPortal(**methods)
    more: dict[str, Any] = {"methods": methods, "mailbox": {"kind": "sink", "settle": 0}}
    actor, portal = visit({}, capabilities=CAPABILITIES, controls=CONTROLS, paths=WAYS_OFF, **more)
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
