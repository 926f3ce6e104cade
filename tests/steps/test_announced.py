"""What a page announces: alerts and live regions in sight, in every frame."""

from __future__ import annotations

import pytest

from fixtures import announced
from tests.steps.conftest import Visit


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>Welcome</p>", []),
        ("<div role=alert>The token does not match.</div>", ["The token does not match."]),
        ("<div role=alert hidden>Nobody sees this</div>", []),
        ("<div role=status></div>", []),
        ("<div aria-live=polite>Saved</div><output>3</output>", ["Saved", "3"]),
        ("<div role=alert>Twice</div><div role=status>Twice</div>", ["Twice"]),
        ("<iframe srcdoc='<div role=alert>In a frame</div>'></iframe>", ["In a frame"]),
    ],
)
def test_what_is_announced_is_read(visit: Visit, body: str, texts: list[str]) -> None:
    actor, _ = visit({"/": body})
    actor.portal.open("front")
    actor.portal.page.wait_for_load_state()
    assert announced.on(actor.portal.page) == texts
