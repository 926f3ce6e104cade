"""With the time that is let pass, browsers forget the cookies whose time is over, and no others."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from fixtures.clock import wall
from steps.tasks import codes
from tests.steps.conftest import Visit

HOUR = 3600.0


def names(actor: object) -> set[str]:
    return {cookie["name"] for cookie in actor.portal.context.cookies()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("told", ["max-age", "expires"])
def test_a_cookie_ends_when_its_time_is_over(visit: Visit, told: str) -> None:
    value = "3600" if told == "max-age" else formatdate(wall() + HOUR, usegmt=True)
    script = f"<script>document.cookie = 'kept=1; {told}={value}'; document.cookie = 'session=1'</script>"
    actor, portal = visit({"/": script})
    actor.portal.go(f"{portal.url}/")
    codes.pass_time(actor, HOUR - 300)
    assert names(actor) == {"kept", "session"}
    codes.pass_time(actor, 301)
    assert names(actor) == {"session"}


def test_a_cookie_that_is_set_anew_lives_on(visit: Visit) -> None:
    actor, portal = visit({"/": "<script>document.cookie = 'kept=1; max-age=3600'</script>"})
    for _ in range(3):
        actor.portal.go(f"{portal.url}/")
        codes.pass_time(actor, HOUR - 60)
        assert names(actor) == {"kept"}


def test_where_time_is_really_waited_for_the_browser_knows_it_already(visit: Visit) -> None:
    actor, portal = visit({"/": "<script>document.cookie = 'kept=1; max-age=3600'</script>"})
    actor.world.clock.really = True
    actor.portal.go(f"{portal.url}/")
    codes.pass_time(actor, 2 * HOUR)
    assert names(actor) == {"kept"}


def test_a_browser_that_was_closed_or_has_ended_does_not_keep_time_from_passing(visit: Visit) -> None:
    actor, portal = visit({"/": "<script>document.cookie = 'kept=1; max-age=3600'</script>"})
    closed = actor.portal
    ended = actor.fresh_browser()
    actor.fresh_browser()
    actor.portal.go(f"{portal.url}/")
    actor.shut(closed)
    ended.context.close()
    codes.pass_time(actor, HOUR)
    assert actor.world.clock.moves == [HOUR]  # type: ignore[attr-defined]
    assert names(actor) == set()


def test_a_clock_of_the_whole_portal_lets_the_browsers_of_all_grow_older(visit: Visit) -> None:
    page = {"/": "<script>document.cookie = 'kept=1; max-age=3600'</script>"}
    (ana, portal), (ben, _) = visit(page), visit(page)
    ana.world.clock.shared, ana.world.actors = True, {"Ana": ana, "Ben": ben}
    for actor in (ana, ben):
        actor.portal.go(f"{portal.url}/")
    codes.pass_time(ana, HOUR)
    assert names(ana) == names(ben) == set()
