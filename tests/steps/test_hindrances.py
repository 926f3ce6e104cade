"""What kept the browser from using a control is told in words, without what may be secret in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from fixtures import hindrances
from portal2fa.errors import CannotTell
from tests.steps.conftest import Visit

_BUTTON = "<button>Click Here to Enable</button>"
_MOVING = "<style>@keyframes to { to { margin-left: 500px } } button { animation: to 1s infinite }</style>"
_OVER = "style='position: fixed; inset: 0' data-code='123456'"
SOON = {"answer": 1.0}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (f"{_BUTTON}<div id='cover' {_OVER}>Your code is 123456</div>", "div#cover lies over it."),
        (f"{_BUTTON}<div class='dark backdrop' {_OVER}>123456</div>", "div.dark.backdrop lies over it."),
        (f"{_BUTTON}<my-cover {_OVER}>123456</my-cover>", "my-cover lies over it."),
        (f"{_MOVING}{_BUTTON}", "it keeps moving."),
        (_BUTTON.replace("<button", "<button style='position: fixed; left: -500px'"), "it is outside the window."),
    ],
)
def test_what_is_in_the_way_is_told(visit: Visit, page: str, words: str) -> None:
    actor, _ = visit({"/page": page}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/page")
    with pytest.raises(CannotTell) as told:
        actor.portal.walk("enable")
    assert told.value.cause.startswith("controls.enable: ")
    assert told.value.cause.endswith(f"exceeded: {words}")
    assert "123456" not in str(told.value)


def test_what_has_no_log_is_told_by_its_first_line() -> None:
    assert hindrances.told(Error("Page.goto: it is gone\nsomewhere else")) == "Page.goto: it is gone"
