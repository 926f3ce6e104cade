"""A browser that ends in the middle: the next person gets another one, and the portal is not blamed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Error

from fixtures.browser import Browser, Screen
from portal2fa.browsers import find_browser
from portal2fa.errors import CLOSED
from portal2fa.lanes import Job, Lanes
from tests.steps.conftest import Visit


@pytest.fixture
def mortal(browser: Browser) -> Iterator[Browser]:
    """A browser of the test's own."""
    running = Browser(find_browser(), headed=False, beside=browser)
    yield running
    running.close()


def end(running: Browser) -> None:
    """Crash the whole browser."""
    with pytest.raises(Error):
        running._chromium.new_browser_cdp_session().send("Browser.crash")


def test_after_a_crash_the_next_browser_profile_opens_in_a_new_browser(mortal: Browser) -> None:
    end(mortal)
    page = mortal.context(Screen(), timeout=10).new_page()
    page.set_content("<p>alive</p>")
    assert page.inner_text("p") == "alive"


def test_two_scenarios_that_find_it_ended_start_one_new_browser_and_share_it(
    mortal: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    end(mortal)
    launch, started = mortal._launch, []

    def launch_and_count() -> Chromium:
        started.append(launch())
        return started[-1]

    monkeypatch.setattr(mortal, "_launch", launch_and_count)
    contexts: list[BrowserContext] = []
    lanes = Lanes()
    lanes.interleave_by(mortal.wait)
    scenario = Job(lambda: contexts.append(mortal.context(Screen(), timeout=10)))
    lanes.run([scenario, scenario], 2, 2)
    assert [context.browser for context in contexts] == started * 2
    assert len(started) == 1


def test_a_person_whose_browser_ended_does_not_blame_the_portal_and_goes_on_with_another(
    visit: Visit, mortal: Browser
) -> None:
    actor, portal = visit({"/": "<p>here</p>"})
    actor.world.browser = mortal
    actor.portal.go(portal.url)
    end(mortal)
    with pytest.raises(Error, match=CLOSED):
        actor.portal.go(portal.url)
    assert actor.fresh_browser().go(portal.url) is not None
    actor.close()


def test_a_browser_that_has_ended_can_still_be_closed(mortal: Browser) -> None:
    context = mortal.context(Screen(), timeout=10)
    end(mortal)
    mortal.close([context])


def test_closing_a_person_s_browsers_never_raises_and_leaves_none(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, _ = visit({"/": "<p>here</p>"})
    first, second = actor.fresh_browser().context, actor.fresh_browser().context

    def gone() -> None:
        raise Error(f"Target page, context or {CLOSED}")

    with monkeypatch.context() as broken:
        broken.setattr(first, "close", gone)
        actor.close()
    assert second.is_closed()
    assert not actor.has_window
    first.close()
