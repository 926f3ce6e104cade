"""Where both methods can be on, the second one stands beside the first, and each is turned off by itself."""

from __future__ import annotations

import pytest

from tests.reference_server.conftest import SETTINGS, Browser, World, app_code
from tests.reference_server.faults.conftest import Portal

VARIATION = "methods-together"
APP, MAIL = "Time Based Tokens", "Email Two-Factor Authentication"
METHODS = {"time_based": APP, "email": MAIL}


def with_both(world: World) -> tuple[dict[str, str], Browser]:
    """A customer of whom the app was on first, and then the mails as well."""
    account = world.account("time_based")
    browser = world.signed_in(account).begin("email")
    assert browser.submit(f"{SETTINGS}/email", code=world.outbox.code()).url.path == f"{SETTINGS}/enabled"
    browser.get(SETTINGS)
    return account, browser


def methods(browser: Browser) -> str:
    """What the settings say of the methods that are on."""
    return browser.text.partition("<p>Methods: ")[2].partition("<")[0]


def test_a_method_can_be_turned_on_beside_another(portal: Portal) -> None:
    _, browser = with_both(portal(VARIATION))
    assert methods(browser) == f"{MAIL}, {APP}"
    assert "Click Here to Enable" not in browser.text


def test_only_what_is_off_is_offered_and_begun(portal: Portal) -> None:
    world = portal(VARIATION)
    browser = world.signed_in(world.account("email"))
    assert "Click Here to Enable" in browser.get(SETTINGS).text
    offered = browser.get(f"{SETTINGS}/choose").text
    assert ('value="time_based"' in offered, 'value="email"' in offered) == (True, False)
    assert "is on already" in browser.submit(f"{SETTINGS}/choose", method="email").text
    assert browser.submit(f"{SETTINGS}/choose", method="time_based").url.path == f"{SETTINGS}/time-based"


def test_the_method_that_was_turned_on_last_signs_in(portal: Portal) -> None:
    world = portal(VARIATION)
    account, _ = with_both(world)
    browser = world.browser().sign_in(account)
    browser.give(app_code(account["secret"], world.clock.at))
    assert not browser.is_signed_in()
    browser.give(world.outbox.code())
    assert browser.is_signed_in()


@pytest.mark.parametrize("first", ["time_based", "email"])
def test_each_is_turned_off_by_itself(portal: Portal, first: str) -> None:
    world = portal(VARIATION)
    account, browser = with_both(world)
    [second] = METHODS.keys() - {first}
    for method, left in ((first, METHODS[second]), (second, "")):
        page = browser.submit(f"{SETTINGS}/disable", method=method, password=account["password"])
        assert "That method was turned off." in page.text
        assert methods(browser) == left
    assert "is off<" in browser.text
    assert world.browser().sign_in(account).is_signed_in()


def test_the_backup_code_that_was_handed_over_last_is_good_for_what_is_left(portal: Portal) -> None:
    world = portal(VARIATION)
    account = world.account("time_based")
    browser = world.signed_in(account).begin("email")
    browser.submit(f"{SETTINGS}/email", code=world.outbox.code())
    code = browser.backup_code
    browser.get(SETTINGS)
    browser.submit(f"{SETTINGS}/disable", method="email", password=account["password"])
    other = world.browser().sign_in(account)
    other.get("/sign-in/backup")
    other.submit("/sign-in/backup", code=code)
    assert other.is_signed_in()


def test_the_fault_on_it_leaves_the_second_one_on(portal_with_faults: Portal) -> None:
    world = portal_with_faults("one-of-two-methods-stays-on")
    account, browser = with_both(world)
    for method in ("email", "time_based"):
        browser.submit(f"{SETTINGS}/disable", method=method, password=account["password"])
        assert "That method was turned off." in browser.text
    assert methods(browser) == APP
