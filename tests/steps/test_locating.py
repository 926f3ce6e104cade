"""From a profile's locators to elements: every way to point, on a page in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from fixtures.locating import find
from portal2fa.profile_locator import Locator
from tests.selectors import RIGHT, WRONG
from tests.steps.conftest import Visit

PAGE = (
    "<p data-testid=code>{code}</p><div data-testid=two-factor id=hidden hidden>Not in sight</div>"
    "<section data-testid=two-factor><h2>Of Ana Example</h2><button data-testid=turn-on>Turn on</button></section>"
    "<section><button data-testid=turn-on>Of another</button></section>"
)


def words(visit: Visit, locator: Locator) -> list[str]:
    """What the visible elements say that a locator finds on the page."""
    actor, _ = visit({"/": PAGE})
    actor.portal.open("front")
    return find(actor.portal.page, locator, actor.values).all_inner_texts()


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        (Locator(test_id="two-factor"), ["Of Ana Example\nTurn on"]),
        (Locator(test_id="turn-on"), ["Turn on", "Of another"]),
        (Locator(test_id="turn-on", nth=2), ["Of another"]),
        (Locator(test_id="turn-on", within=Locator(test_id="two-factor")), ["Turn on"]),
        (Locator(role="heading", within=Locator(test_id="two-factor"), name="Of {name}"), ["Of Ana Example"]),
        (Locator(test_id="turn"), []),
        (Locator(test_id="hidden"), []),
    ],
    ids=["one", "every", "the second", "within", "as a scope", "a part is none", "an id is none"],
)
def test_a_test_id_finds_what_carries_it_and_can_be_seen(visit: Visit, locator: Locator, expected: list[str]) -> None:
    assert words(visit, locator) == expected


def test_a_test_id_is_looked_for_in_a_frame(visit: Visit) -> None:
    actor, _ = visit({"/": "<iframe id=two-factor src=/inner></iframe><b data-testid=on>out</b>", "/inner": PAGE})
    actor.portal.open("front")
    found = find(actor.portal.page, Locator(test_id="turn-on", nth=1, frame="#two-factor"), actor.values)
    found.wait_for()
    assert found.inner_text() == "Turn on"


@pytest.mark.parametrize("selector", WRONG)
def test_what_is_refused_at_a_desk_the_browser_refuses_as_well(visit: Visit, selector: str) -> None:
    actor, _ = visit({"/": PAGE})
    actor.portal.open("front")
    with pytest.raises(Error, match=r"(?i)selector|unexpected token|parsing"):
        actor.portal.page.locator(selector).count()


@pytest.mark.parametrize("selector", RIGHT)
def test_what_is_taken_at_a_desk_the_browser_can_read(visit: Visit, selector: str) -> None:
    actor, _ = visit({"/": PAGE})
    actor.portal.open("front")
    assert actor.portal.page.locator(selector).count() == 0
