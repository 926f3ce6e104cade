"""Windows of one browser: a portal that keeps the sign-in in one of them, and one that draws itself late."""

from __future__ import annotations

import pytest

from fixtures.actor import Actor
from steps.tasks import keeping, navigation, signing_in
from tests.steps.conftest import MiniPortal, Visit

PRIVATE = """<div id=x></div><script>
    setTimeout(() => x.innerHTML = sessionStorage.mark
        ? '<header><details><summary>Ana ' + 'Example</summary></details></header>'
        : '<form><label>Password <input type=password></label></form>', 150);
</script>"""
NOTICES = {"signed_in": {"css": "header summary"}, "sign_in_form": {"label": "Password"}}
PLACES = {"client_area": "/private", "protected": ["/private"], "sign_in": "/login"}


@pytest.fixture
def at_the_portal(visit: Visit) -> tuple[Actor, MiniPortal]:
    """Ana at a portal whose pages look into the window's own storage before they show anything."""
    actor, portal = visit({"/private": PRIVATE}, notices=NOTICES, places=PLACES)
    actor.portal.open("client_area")
    return actor, portal


def test_a_second_window_opened_from_a_signed_in_one_is_signed_in(at_the_portal: tuple[Actor, MiniPortal]) -> None:
    actor, _ = at_the_portal
    actor.portal.page.evaluate("sessionStorage.mark = 'in'")
    assert signing_in.reachable(actor) == ["/private"]
    assert len(actor.portal.context.pages) == 1


def test_a_second_window_opened_from_a_signed_out_one_is_not(at_the_portal: tuple[Actor, MiniPortal]) -> None:
    actor, _ = at_the_portal
    assert signing_in.reachable(actor) == []


def test_a_window_that_shows_what_the_browser_held_until_the_portal_answers_is_not_signed_in(visit: Visit) -> None:
    held = """<header><details><summary>Ana <b>Example</b></summary></details></header><script>
        const ask = left => fetch('/held').then(() => left ? ask(left - 1)
            : document.body.innerHTML = '<form><label>Password <input type=password></label></form>');
        ask(40);
    </script>"""
    actor, _ = visit({"/private": held, "/held": "held"}, notices=NOTICES, places=PLACES)
    actor.portal.go(actor.world.url + "/held")
    assert signing_in.reachable(actor) == []


def test_who_is_signed_in_is_not_signed_in_again_where_the_page_comes_late(
    at_the_portal: tuple[Actor, MiniPortal],
) -> None:
    actor, portal = at_the_portal
    actor.portal.page.evaluate("sessionStorage.mark = 'in'")
    actor.portal.open("client_area")
    navigation.be_signed_in(actor)
    assert "/login" not in portal.asked


def test_the_client_area_is_looked_at_once_it_is_drawn(at_the_portal: tuple[Actor, MiniPortal]) -> None:
    actor, _ = at_the_portal
    actor.portal.page.evaluate("sessionStorage.mark = 'in'")
    navigation.look_at_client_area(actor)
    assert actor.portal.sees("signed_in")


def test_a_function_of_the_page_does_not_take_the_place_of_the_browser_s_own(
    at_the_portal: tuple[Actor, MiniPortal],
) -> None:
    actor, _ = at_the_portal
    actor.portal.page.evaluate("() => { sessionStorage.mark = 'in'; window.open = () => { throw Error('mine'); }; }")
    assert signing_in.reachable(actor) == ["/private"]


def test_which_cookie_keeps_somebody_signed_in_is_told_though_the_windows_that_showed_it_are_closed(
    visit: Visit,
) -> None:
    by_cookie = PRIVATE.replace("sessionStorage.mark", "document.cookie.includes('mark=in')")
    actor, _ = visit({"/private": by_cookie}, notices=NOTICES, places=PLACES)
    actor.listen()
    actor.portal.open("client_area")
    actor.portal.page.evaluate("document.cookie = 'mark=in'")
    assert keeping.keepers(actor) == [keeping.SetCookie("mark", {})]


def test_what_a_window_asks_for_by_itself_sets_no_cookie_while_cookies_are_tried(visit: Visit) -> None:
    """A portal that gives whoever comes without its cookie another one: nobody is signed in by that."""
    by_cookie = PRIVATE.replace("sessionStorage.mark", "document.cookie.includes('mark=in')")
    asks = (
        "<script>setInterval(() => { const gone = !document.cookie.includes('mark='); fetch('/news').then(() =>"
        " setTimeout(() => { if (gone) document.cookie = 'mark=out'; }, 300)); }, 50);</script>"
    )
    actor, portal = visit({"/private": by_cookie, "/news": "none", "/asking": asks}, notices=NOTICES, places=PLACES)
    actor.listen()
    actor.portal.open("client_area")
    actor.portal.page.evaluate("for (const one of ['mark=in', 'x=1', 'y=1', 'z=1']) document.cookie = one")
    actor.portal.go(f"{portal.url}/asking")
    assert keeping.keepers(actor) == [keeping.SetCookie("mark", {})]
    assert {"mark=in", "x=1", "y=1", "z=1"} == set(actor.portal.page.evaluate("document.cookie").split("; "))
