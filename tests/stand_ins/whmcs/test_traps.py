"""The traps of the stand-in are really there, and the shipped profiles walk around them; seen with a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.authenticator import Authenticator, KeyUri
from fixtures.browser import Browser, Screen
from fixtures.portal import Portal
from fixtures.target import StartedPortal
from portal2fa.browsers import find_browser
from portal2fa.evidence import Recorder
from portal2fa.profile import Profile
from portal2fa.profile_accounts import Account
from portal2fa.profile_files import find_root, load_target
from reference_server.clock import SystemClock

HERE = Path(__file__).parent
NARROW = Screen(width=700)


@dataclass(frozen=True)
class Running:
    """The stand-in in one theme, with the accounts that nobody has used yet."""

    theme: str
    profile: Profile
    url: str
    accounts: list[Account]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    running = Browser(find_browser(), headed=False)
    yield running
    running.close()


@pytest.fixture(scope="module", params=["twenty_one", "six"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The stand-in, started as a run starts it."""
    profile = load_target(str(HERE / f"{request.param}.toml"), find_root(), {}).profile
    assert profile.start is not None
    log = tmp_path_factory.mktemp("stand-in") / "log"
    portal = StartedPortal(profile.start, root=find_root(), here=HERE, smtp="", log=log)
    yield Running(request.param, profile, portal.reached.url, list(portal.reached.accounts))
    portal.close()
    assert log.read_text() == ""


@pytest.fixture
def window(browser: Browser, running: Running, tmp_path: Path) -> Iterator[Callable[[Screen], Portal]]:
    """Opens windows, each of a browser and an account of its own."""
    opened: list[Portal] = []

    def open_window(screen: Screen) -> Portal:
        account = running.accounts.pop()
        values = {"username": account.username, "password": account.password, "name": account.name}
        context = browser.context(screen, timeout=running.profile.timing.answer)
        opened.append(Portal(context, running.profile, running.url, values, Recorder(tmp_path)))
        return opened[-1]

    yield open_window
    for portal in opened:
        portal.context.close()


@pytest.fixture
def portal(window: Callable[[Screen], Portal]) -> Portal:
    """A customer who is signed in and at the security settings."""
    return signed_in(window(Screen()), "security_settings")


def signed_in(portal: Portal, place: str) -> Portal:
    """Sign in with the password alone, and go to a place."""
    portal.open("sign_in")
    portal.walk("sign_in")
    assert portal.wait_for("signed_in") == "signed_in"
    portal.open(place)
    return portal


def begun(portal: Portal) -> Portal:
    """Open the dialog and begin the set-up."""
    portal.walk("enable")
    assert portal.wait_for("choice") == "choice"
    portal.walk("start_time_based")
    assert portal.wait_for("time_based_started") == "time_based_started"
    return portal


def code_of(portal: Portal) -> str:
    """What an app shows into which the key was typed."""
    key = re.search(portal.profile.manual_key.pattern, portal.control("manual_key").inner_text())
    assert key is not None
    return Authenticator(KeyUri(key[0], "", "", "SHA1", 6, 30)).code(SystemClock().now())


def test_the_full_name_stands_elsewhere_too_and_opens_no_menu(running: Running, portal: Portal) -> None:
    portal.open("client_area")
    full_name = portal.page.get_by_text(f"{portal.values['name']} Example").first
    assert full_name.is_visible()
    assert portal.control("name").count() == 1
    assert portal.control("name").inner_text().strip() == f"Hello, {portal.values['name']}!"
    if running.theme == "twenty_one":
        full_name.click()
        assert portal.page.url.endswith("/clientarea.php?action=details")
        assert not portal.shows("security_settings")


def test_the_menu_entry_is_told_from_the_one_in_the_list_beside_it(portal: Portal) -> None:
    assert portal.page.get_by_role("link", name="Security Settings").filter(visible=True).count() == 1
    assert not portal.shows("security_settings")
    portal.walk("open_menu")
    assert portal.shows("security_settings")


def test_both_buttons_are_in_the_markup_and_one_of_them_in_sight(portal: Portal) -> None:
    assert portal.page.locator("a.open-modal").count() == 2
    assert [name for name in ("enable", "disable") if portal.shows(name)] == ["enable"]
    assert [name for name in ("on", "off") if portal.sees(name)] == ["off"]


@pytest.mark.parametrize("leave", ["Escape", "beside it"])
def test_a_dialog_that_is_left_is_empty(portal: Portal, leave: str) -> None:
    begun(portal)
    if leave == "Escape":
        portal.page.keyboard.press("Escape")
    else:
        portal.page.mouse.click(5, 5)
    assert portal.page.locator("#modalAjax .modal-body").inner_html() == ""
    portal.walk("enable")
    assert portal.wait_for("choice") == "choice"


def test_the_backup_code_is_gone_with_the_dialog(portal: Portal) -> None:
    begun(portal).walk("confirm_time_based", code=code_of(portal))
    assert portal.wait_for("announced_on") == "announced_on"
    text = portal.control("backup_code").inner_text()
    assert re.fullmatch(portal.profile.backup_codes.pattern, text)
    portal.page.keyboard.press("Escape")
    assert text not in portal.page.content()
    assert portal.sees("on")
    assert portal.shows("disable")


def test_the_open_dialog_is_hidden_from_assistive_technology_in_one_theme(running: Running, portal: Portal) -> None:
    begun(portal)
    assert portal.page.locator("#modalAjax").get_attribute("aria-hidden") == {"six": "true"}.get(running.theme)
    assert portal.page.get_by_role("textbox").count() == (0 if running.theme == "six" else 1)
    assert portal.control("app_code").count() == 1


def test_what_is_called_code_is_a_captcha(window: Callable[[Screen], Portal]) -> None:
    portal = window(Screen())
    portal.open("sign_in")
    assert portal.page.locator("input[name=code][maxlength='6']").is_visible()
    portal.walk("sign_in")
    assert portal.wait_for("signed_in", "sign_in_refused") == "signed_in"


def test_in_a_narrow_window_the_bar_is_unfolded_first(window: Callable[[Screen], Portal]) -> None:
    portal = signed_in(window(NARROW), "client_area")
    assert not portal.shows("name")
    portal.walk("open_menu")
    assert portal.shows("security_settings")
