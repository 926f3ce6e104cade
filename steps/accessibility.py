"""Whether the way can be walked by people who see, hear or move otherwise than most."""

from __future__ import annotations

from typing import Any

from behave import then, when

from portal2fa.expectation import expect
from steps.tasks import barriers, touring
from steps.words import person


@when('{who:Person} walks the whole way with a checker for "{subject:Label}"')
def walks_with_checker(context: Any, who: str, subject: str) -> None:
    """Every documented place and state, each looked at by a program."""
    actor = person(context, who)
    actor.notes["barriers"] = found = barriers.Found()
    touring.whole_way(actor, lambda place: found.look(place, actor.portal.page, subject))


@then("it finds nothing on the way")
def found_nothing(context: Any) -> None:
    """No rule of the program is broken at any place."""
    found = person(context, "she").notes["barriers"]
    expect(not found.told, expected="no barrier", seen="; ".join(found.told))
