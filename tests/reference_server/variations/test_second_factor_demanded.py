"""Where a second factor is demanded, nothing but its set-up opens without one, and everything does with it."""

from __future__ import annotations

import pytest

from tests.reference_server.conftest import SETTINGS, app_code
from tests.reference_server.faults.conftest import Portal

VARIATION = "second-factor-demanded"
DEMAND = "/client/protect"


@pytest.mark.parametrize("path", ["/client", "/client/services", "/client/security", SETTINGS, f"{SETTINGS}/enabled"])
def test_whoever_has_no_second_factor_is_led_to_the_demand(portal: Portal, path: str) -> None:
    world = portal(VARIATION)
    browser = world.browser().sign_in(world.account())
    browser.get(path)
    assert browser.path == DEMAND
    assert "Protect your account first" in browser.text


@pytest.mark.parametrize("method", ["time_based", "email"])
def test_what_is_demanded_can_be_set_up_and_opens_everything(portal: Portal, method: str) -> None:
    world = portal(VARIATION)
    browser = world.browser().sign_in(world.account()).begin(method)
    if method == "email":
        browser.submit(f"{SETTINGS}/email/resend")
        code = world.outbox.code()
    else:
        code = app_code(browser.manual_key.replace(" ", ""), world.clock.at)
    page = "email" if method == "email" else "time-based"
    assert browser.submit(f"{SETTINGS}/{page}", code=code).url.path == f"{SETTINGS}/enabled"
    for path in ("/client", "/client/invoices", SETTINGS):
        assert browser.get(path).url.path == path
    assert browser.get(DEMAND).url.path == "/client"


def test_a_set_up_that_was_left_is_over(portal: Portal) -> None:
    world = portal(VARIATION)
    browser = world.browser().sign_in(world.account()).begin("time_based")
    code = app_code(browser.manual_key.replace(" ", ""), world.clock.at)
    browser.get(SETTINGS)
    browser.submit(f"{SETTINGS}/time-based", code=code)
    assert browser.get("/client").url.path == DEMAND


def test_it_cannot_be_turned_off(portal: Portal) -> None:
    world = portal(VARIATION)
    account = world.account("time_based")
    browser = world.signed_in(account)
    assert "is on<" in browser.get(SETTINGS).text
    assert "Disable" not in browser.text


def test_whoever_has_one_is_asked_for_it_as_ever(portal: Portal) -> None:
    world = portal(VARIATION)
    browser = world.browser().sign_in(world.account("time_based"))
    assert browser.path == "/sign-in/challenge"


def test_the_fault_on_it_demands_nothing_but_at_the_front(portal_with_faults: Portal) -> None:
    world = portal_with_faults("demand-at-the-front-only")
    browser = world.browser().sign_in(world.account())
    assert browser.path == DEMAND
    assert browser.get("/client/services").url.path == "/client/services"
