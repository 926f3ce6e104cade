"""A message that is put into a live region a moment after it is in sight is told; one that never is, is not."""

from __future__ import annotations

import pytest

from fixtures.actor import Answer
from steps.tasks import announcing
from tests.steps.conftest import Visit

MOVED = """<div id=said>Wrong code</div><div id=live aria-live=polite></div>
<script>setTimeout(() => live.append(said), 200)</script>"""
STAYS = "<div id=said>Wrong code</div><div aria-live=polite></div>"
THERE = "<div role=alert>Wrong code</div>"


@pytest.mark.parametrize(
    ("page", "told"), [(THERE, "live region"), (MOVED, "live region"), (STAYS, "")], ids=["there", "moved", "stays"]
)
def test_a_refusal_is_told_once_it_has_come_into_a_live_region(visit: Visit, page: str, told: str) -> None:
    actor, portal = visit({"/": page}, notices={"email_refused": {"text": "Wrong code"}})
    actor.portal.go(f"{portal.url}/")
    actor.answer = Answer(accepted=False, notice="email_refused", text="Wrong code")
    assert announcing.refusal(actor) == told
