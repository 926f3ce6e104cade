"""What cannot come any more is not waited for; what still may is waited for as long as the profile says."""

from __future__ import annotations

import threading

import pytest

from fixtures.awaiting import at_rest
from steps.tasks import waiting
from tests.steps.conftest import SOON, Visit

OFF = "<p>Two-factor authentication is off</p>"
STILL = "<style>p { color: green }</style><details><summary>Menu</summary></details><form><input><button>Go</button>"
LATER = f"setTimeout(() => document.body.insertAdjacentHTML(`beforeend`, `{OFF}`), 1000)"
FROM_A_FRAME = LATER.replace("document", "parent.document")
COME = "@keyframes come { from { visibility: hidden } } p { animation: come 1s step-end }"
ACTING = {
    "a script": f"<script>{LATER}</script>",
    "a handler": f'<img alt="" src="data:," onerror="{LATER}">',
    "a frame with a script": f'<iframe srcdoc="<script>{FROM_A_FRAME}</script>"></iframe>',
    "a refresh": "<meta http-equiv=Refresh content='1; url=/next'>",
    "an animation": f"<style>{COME}</style>{OFF}",
}
"""Pages on which something comes into sight after a second, by what brings it."""


def test_what_cannot_come_any_more_is_not_waited_for_in_vain(visit: Visit) -> None:
    actor, portal = visit({"/": OFF + STILL})
    actor.portal.go(portal.url)
    assert actor.portal.wait_for("off") == "off"
    assert actor.portal.wait_for("announced_on") is None
    assert not actor.portal.comes("enable")
    assert not waiting.on_page(actor.portal, lambda: actor.portal.sees("on"))
    assert not actor.world.recorder.notes.ran_out


@pytest.mark.parametrize("page", ACTING.values(), ids=ACTING)
def test_what_a_page_brings_by_itself_is_waited_for_beyond_what_was_measured(visit: Visit, page: str) -> None:
    actor, portal = visit({"/": page, "/next": OFF})
    actor.world.recorder.findings.latency.came(0.01)
    actor.portal.go(portal.url)
    assert actor.portal.wait_for("off") == "off"


@pytest.mark.parametrize("page", ACTING.values(), ids=ACTING)
def test_what_such_a_page_brings_is_asked_for_again_as_well(visit: Visit, page: str) -> None:
    actor, portal = visit({"/": page, "/next": OFF})
    actor.world.recorder.findings.latency.came(0.01)
    actor.portal.go(portal.url)
    assert waiting.on_page(actor.portal, lambda: actor.portal.sees("off"))


def test_a_page_that_an_answer_loads_anew_after_a_while_is_waited_for(visit: Visit) -> None:
    actor, portal = visit({"/": STILL, "/next": OFF})
    portal.headers["/"] = {"Refresh": "1; url=/next"}
    actor.world.recorder.findings.latency.came(0.01)
    actor.portal.go(portal.url)
    assert actor.portal.wait_for("off") == "off"


def test_a_page_is_at_rest_only_once_what_it_asked_for_was_answered(visit: Visit) -> None:
    looked = threading.Event()

    def late(_: dict[str, str]) -> str:
        looked.wait(10)
        return OFF

    actor, portal = visit({"/": "<form action=/next><input autofocus></form>", "/next": late})
    actor.portal.go(portal.url)
    assert at_rest(actor.portal.page)
    with actor.portal.page.expect_request("**/next*"):
        actor.portal.page.keyboard.press("Enter")
    assert not at_rest(actor.portal.page)
    looked.set()
    assert actor.portal.wait_for("off") == "off"
    assert at_rest(actor.portal.page)


def test_an_empty_window_is_not_at_rest(visit: Visit) -> None:
    actor, _ = visit({})
    assert not at_rest(actor.portal.page)


def test_how_long_something_took_to_come_is_measured(visit: Visit) -> None:
    actor, portal = visit({"/": ACTING["a script"]})
    actor.portal.go(portal.url)
    actor.portal.wait_for("off")
    assert actor.world.recorder.findings.latency.longest > 0.1


def test_what_did_not_come_is_not_measured(visit: Visit) -> None:
    actor, portal = visit({"/": OFF + "<script></script>"}, timing=SOON)
    actor.portal.go(portal.url)
    actor.portal.wait_for("announced_on")
    assert actor.world.recorder.findings.latency.longest == 0.0
    assert actor.world.recorder.notes.ran_out
