"""Asking the person before a headed browser where the walk is stuck: what they click is taken, and not pressed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from playwright.sync_api import Error, Frame, Page

from portal2fa.drafting.elements import Element, Snapshot
from steps.tasks import waiting

_SKIP = "Skip (Esc)"
_SECONDS = 600.0
"""How long a person may look for it."""
_PAUSE = 0.2
_HAS_ANSWER = "() => window.__portal2faGuide?.answer !== undefined"
_HOLDERS = """() => {
    const answer = window.__portal2faGuide?.answer;
    const around = (e) => { for (let up = answer; up; up = up.parentNode || up.host) if (up === e) return true; };
    return answer ? [...window.__portal2faSeen.elements].flatMap(([n, e]) => around(e) ? [n] : []) : [];
}"""
"""The numbers of the elements that were looked at and hold what was clicked."""
_END = "() => window.__portal2faGuide?.end()"


@cache
def _script() -> str:
    return (Path(__file__).parent / "guide.js").read_text("utf-8")


def ask(
    page: Page, what: str, *, see: Callable[[], Snapshot], say: Callable[[str], None], heed: Callable[[], None]
) -> Element | None:
    """What the person clicks of what `see` shows; None where they skip, or click what nothing can point at.

    `heed` raises where the tester wants to stop.
    """
    words = f"Click {what}, or press {_SKIP}."
    snapshot = see()
    try:
        _begin(page, words)
        say(words)
        answered = waiting.until(lambda: _answered(page, words, heed), _SECONDS, pause=_PAUSE)
        return _clicked(answered, snapshot, page) if answered is not None else None
    finally:
        for frame in page.frames:
            with contextlib.suppress(Error):  # a frame that has gone has no bar either
                frame.evaluate(_END)


def _begin(page: Page, words: str) -> None:
    """Show the bar, and listen in every frame; nothing happens where that is done already."""
    for frame in page.frames:
        with contextlib.suppress(Error):  # a frame that is just loading is listened to at the next look
            frame.evaluate(_script(), [words, _SKIP, frame is page.main_frame])


def _answered(page: Page, words: str, heed: Callable[[], None]) -> Frame | None:
    heed()
    _begin(page, words)
    for frame in page.frames:
        with contextlib.suppress(Error):
            if frame.evaluate(_HAS_ANSWER):
                return frame
    return None


def _clicked(frame: Frame, snapshot: Snapshot, page: Page) -> Element | None:
    """The innermost element of the snapshot that holds what was clicked, one that can be used before mere text."""
    numbers = frame.evaluate(_HOLDERS)
    mine = [e for e in snapshot.elements if bool(e.frame) == (frame is not page.main_frame) and e.number in numbers]
    usable = [e for e in mine if e.kind not in ("text", "heading")]
    return next(iter([*usable[::-1], *mine[::-1]]), None)
