"""What stands where on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from behave import given, then

from portal2fa.expectation import expect
from steps.tasks import looking
from steps.words import person


@given("{who:Person} has a screen of {width:d} by {height:d}")
def screen_size(context: Any, who: str, width: int, height: int) -> None:
    """In CSS pixels; an open window is resized."""
    actor = person(context, who)
    actor.screen = actor.screen.with_size(width, height)
    if actor.has_window:
        actor.portal.page.set_viewport_size({"width": width, "height": height})


@given("{who:Person} has a {scheme:w} screen with {density:d} pixels per dot")
def screen_kind(context: Any, who: str, scheme: str, density: int) -> None:
    """Light or dark, coarse or sharp; from the next browser on."""
    actor = person(context, who)
    actor.screen = replace(actor.screen, scheme=scheme, density=density)


@then("{who:Person} sees {whose:w} own name")
def own_name(context: Any, who: str, whose: str) -> None:
    """The control that the profile calls `name` holds the name of the account."""
    actor = person(context, who)
    looking.must_have_a_name(actor)
    seen = looking.names(actor)
    if seen.own:
        actor.world.recorder.saw(actor.entry("name"))
        actor.world.recorder.saw("controls.name with the name of the account")
    missing = () if seen.strangers else ("controls.name with the name of the account", actor.entry("name"))
    wanted = f"the name {actor.account.name}, and nobody else's"
    expect(seen.own and not seen.strangers, expected=wanted, seen=seen.text, missing=missing)


@then("her name is in the top-right corner")
def in_corner(context: Any) -> None:
    """Centre in the right third and the upper quarter, unscrolled; mirrored where text runs right to left."""
    where = looking.name_position(person(context, "she"))
    seen = f"it at {where.across:.0%} across and {where.down:.0%} down"
    expect(where.across >= 2 / 3 and where.down <= 1 / 4, expected="the name in the top-right corner", seen=seen)
    expect(where.in_sight, expected="all of the name in sight", seen="a part of it outside the screen")


@then("nothing covers her name")
def uncovered(context: Any) -> None:
    """What lies at the middle of the name is the name, once the page has drawn itself."""
    expect(
        not looking.stays_covered(person(context, "she")),
        expected="the name uncovered",
        seen="something on top of it",
    )
