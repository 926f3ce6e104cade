"""Cookies and what they stand for: renewed as they gain worth, ended by time and by leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reference_server.conftest import SETTINGS, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import World


def still_works(world: World, cookie: str | None) -> bool:
    assert cookie
    return world.browser(cookie=cookie).is_signed_in()


def test_cookie_changes_at_every_step_up_and_the_old_one_is_dead(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser()
    ana.get("/sign-in")
    seen = [ana.cookie]
    ana.sign_in(account)
    seen.append(ana.cookie)
    ana.give(app_code(account["secret"], world.clock.at))
    seen.append(ana.cookie)
    assert len(set(seen)) == 3
    assert [still_works(world, cookie) for cookie in seen] == [False, False, True]


def test_cookie_changes_when_it_is_turned_on_and_off(world: World) -> None:
    account = world.account()
    ana = world.signed_in(account)
    before = ana.cookie
    ana.begin("time_based")
    ana.submit(f"{SETTINGS}/time-based", code=app_code(ana.manual_key, world.clock.at))
    on = ana.cookie
    ana.get(SETTINGS)
    ana.submit(f"{SETTINGS}/disable", password=account["password"])
    assert [still_works(world, cookie) for cookie in (before, on, ana.cookie)] == [False, False, True]


def test_planted_cookie_of_a_stranger_does_not_become_signed_in(world: World) -> None:
    account = world.account()
    eve = world.browser()
    eve.get("/sign-in")
    victim = world.browser(cookie=eve.cookie)
    victim.sign_in(account)
    assert not still_works(world, eve.cookie)


@pytest.mark.parametrize(
    ("origin", "name", "secure"),
    [("http://portal.test", "session", False), ("https://portal.test", "__Host-session", True)],
)
def test_cookie_is_guarded(world: World, origin: str, name: str, secure: bool) -> None:
    answer = world.browser(origin).get("/sign-in")
    cookie, *rest = answer.headers["set-cookie"].split("; ")
    flags = {flag.lower() for flag in rest}
    assert cookie.startswith(f"{name}=")
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert ("secure" in flags) is secure
    assert not [flag for flag in flags if flag.startswith("domain")]


def test_log_out_ends_the_session_for_good(world: World) -> None:
    ana = world.signed_in()
    cookie = ana.cookie
    ana.get("/client")
    ana.submit("/sign-out")
    assert (ana.path, ana.status) == ("/sign-in", "You are signed out.")
    assert not still_works(world, cookie)


@pytest.mark.parametrize(("idle", "alive"), [(3599, True), (3600, False)])
def test_session_ends_after_an_hour_without_a_visit(world: World, idle: int, alive: bool) -> None:
    ana = world.signed_in()
    world.clock.at += idle
    assert ana.is_signed_in() is alive


@pytest.mark.parametrize(("waited", "waits"), [(1799, True), (1800, False)])
def test_sign_in_waits_half_an_hour_for_its_code(world: World, waited: int, waits: bool) -> None:
    account = world.account("time_based")
    browser = world.browser().sign_in(account)
    world.clock.at += waited
    browser.give(app_code(account["secret"], world.clock.at))
    assert browser.is_signed_in() is waits
    assert browser.path == ("/client" if waits else "/sign-in")


def test_page_that_was_asked_for_while_the_code_is_awaited_is_shown_after_it(world: World) -> None:
    account = world.account("time_based")
    browser = world.browser().sign_in(account)
    assert browser.get("/client/invoices").url.path == "/sign-in/challenge"
    browser.give(app_code(account["secret"], world.clock.at))
    assert browser.path == "/client/invoices"


def test_session_ends_after_a_day_however_busy(world: World) -> None:
    ana = world.signed_in()
    visits = []
    for _ in range(48):
        world.clock.at += 1800
        visits.append(ana.is_signed_in())
    assert visits == [True] * 47 + [False]


def test_session_follows_the_clock_of_its_account(world: World) -> None:
    account, other = world.account(), world.account()
    ana, ben = world.signed_in(account), world.signed_in(other)
    world.control("/clock", username=account["username"], offset=3600)
    assert (ana.is_signed_in(), ben.is_signed_in()) == (False, True)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 5000, "é", "a;b"])
def test_odd_cookie_is_nobody(world: World, cookie: str) -> None:
    browser = world.browser(headers=[(b"Cookie", b"session=" + cookie.encode())])
    assert browser.get("/client").url.path == "/sign-in"


def test_form_after_the_session_ended_leads_to_sign_in(world: World) -> None:
    ana = world.signed_in()
    ana.get(f"{SETTINGS}/choose")
    world.clock.at += 4000
    assert ana.submit(f"{SETTINGS}/choose", method="email").url.path == "/sign-in"
    assert world.outbox.mails == []
