"""Alternatives of which some stand in a frame."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

from fixtures.locating import find_any
from portal2fa.profile_locator import Locator
from tests.steps.conftest import Visit

TOP, INSIDE = Locator(text="On top"), Locator(text="Inside", frame="#settings")
BESIDE, AWAY = Locator(text="Beside", frame="#settings"), Locator(text="Inside", frame="#nowhere")
WITHIN = Locator(text="Inside", within=Locator(css="body", frame="#settings"))
BODY = "<p>On top</p><iframe id=settings srcdoc='<p>Inside</p><p>Beside</p>'></iframe>"


@pytest.fixture
def page(visit: Visit) -> Page:
    actor, _ = visit({"/": BODY})
    actor.portal.open("front")
    return actor.portal.page


@pytest.mark.parametrize(
    ("locators", "texts"),
    [
        ([TOP, INSIDE], ["On top", "Inside"]),
        ([INSIDE, TOP], ["Inside", "On top"]),
        ([INSIDE, BESIDE], ["Inside", "Beside"]),
        ([AWAY, TOP], ["On top"]),
        ([WITHIN, TOP], ["Inside", "On top"]),
        ([TOP], ["On top"]),
        ([AWAY, INSIDE], ["Inside"]),
    ],
)
def test_alternatives_are_found_in_whatever_frame(page: Page, locators: list[Locator], texts: list[str]) -> None:
    page.frame_locator("#settings").get_by_text("Beside").wait_for()
    found = find_any(page, locators, {})
    found.first.wait_for(timeout=5000)
    assert found.count() == len(texts)
    assert [one.inner_text() for one in found.all()] == texts
    assert found.first.inner_text() == texts[0]
    assert found.first.first.is_visible()
    assert [handle.inner_text() for handle in found.element_handles()] == texts
    assert found.evaluate_all("all => all.map(one => one.innerText)") == texts


def test_one_that_comes_late_is_waited_for(page: Page) -> None:
    page.evaluate("() => void setTimeout(() => document.querySelector('p').innerText = 'Late', 300)")
    found = find_any(page, [AWAY, Locator(text="Late")], {})
    found.first.wait_for(timeout=5000)
    assert found.first.inner_text() == "Late"


def test_what_never_comes_is_waited_for_no_longer_than_said(page: Page) -> None:
    found = find_any(page, [AWAY, Locator(text="Never")], {})
    with pytest.raises(TooLate):
        found.first.wait_for(timeout=250)
    assert not found.first.is_visible()
