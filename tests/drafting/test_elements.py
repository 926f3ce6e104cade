"""What makes two looks at a page differ."""

from __future__ import annotations

from typing import Any

from portal2fa.drafting.elements import read_snapshot
from tests.drafting.pages import element, page


def raw(*texts: str) -> dict[str, Any]:
    """What the collecting script answers for a page of these texts."""
    common = {"tag": "p", "box": (0, 0, 10, 10), "options": []}
    elements = [{"index": number, "text": text, "kind": "text", **common} for number, text in enumerate(texts)]
    return {"url": "https://portal.example/", "title": "", "elements": elements, "width": 1280, "height": 720}


def test_a_clock_that_ticks_makes_no_other_page() -> None:
    assert (
        page(element("text", "Signed out in 1:59")).fingerprint
        == page(element("text", "Signed out in 1:58")).fingerprint
    )
    assert page(element("text", "Opens at ten")).fingerprint != page(element("text", "Opens at two")).fingerprint


def test_what_is_left_of_a_session_is_nothing_that_the_portal_says() -> None:
    assert [e.text for e in read_snapshot(raw("1:58", "Welcome")).elements] == ["Welcome"]
