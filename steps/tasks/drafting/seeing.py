"""Looking at a page: all that a person can see of it, once it has come to rest, and pictures with secrets covered."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Error, FloatRect, Frame, Page

from fixtures import covering
from portal2fa.drafting.elements import Box, Element, Snapshot, read_snapshot
from steps.tasks import waiting

_REST = 0.15
"""Seconds between two looks that have to be the same for a page to be at rest."""
_LARGE = 100.0
"""CSS pixels in both directions that a frame has whose content people are meant to see."""
_MARGIN = 60.0
"""CSS pixels around an element that its picture shows."""
_BUSY = """() => [...document.querySelectorAll(
    '[role=progressbar]:not([aria-valuenow]), progress:not([value]), [aria-busy=true]')].some((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (!e.checkVisibility || e.checkVisibility({ visibilityProperty: true }));
})"""
"""Whether the page shows that it is busy, with no end in sight that it could tell."""


@cache
def _script() -> str:
    return (Path(__file__).parent / "collect.js").read_text("utf-8")


def leave_mark(page: Page) -> None:
    """Mark the page, so that it is seen when another one has taken its place."""
    page.evaluate("() => { window.__portal2faMark = true; }")


def is_marked(page: Page) -> bool:
    """Whether the page is the one that was marked, and no other has taken its place."""
    return bool(page.evaluate("() => window.__portal2faMark === true"))


def look(page: Page) -> Snapshot:
    """What the page shows now."""
    frames = [(selector, frame) for frame in page.frames[1:] if (selector := _selector(frame))]
    inner = []
    for selector, frame in frames:
        with contextlib.suppress(Error):  # a frame that has just gone shows nothing
            inner.append((selector, frame.evaluate(_script())))
    return read_snapshot(page.evaluate(_script()), inner)


def _selector(frame: Frame) -> str:
    """How the page's own document points at a frame; empty for frames in frames, and for those out of sight."""
    if frame.parent_frame is None or frame.parent_frame.parent_frame is not None:
        return ""
    with contextlib.suppress(Error):
        element = frame.frame_element()
        if not element.is_visible():
            return ""
        for name in ("id", "name", "title"):
            if said := (element.get_attribute(name) or "").strip():
                return f"iframe[{name}='{said}']"
        source = (element.get_attribute("src") or "").partition("?")[0]
        return f"iframe[src*='{source}']" if source else ""
    return ""


def address(page: Page, selector: str) -> str:
    """The address of what the frame that `selector` points at shows; empty where it has gone."""
    return next((frame.url for frame in page.frames[1:] if _selector(frame) == selector), "")


def at_rest(
    page: Page,
    *,
    seconds: float,
    unlike: Snapshot | None = None,
    is_awaited: Callable[[], bool] = lambda: False,
) -> Snapshot:
    """The page once two looks in a row agree, within `seconds`; a change from `unlike` or another page comes first.

    It is not at rest while `is_awaited` says that an answer to its scripts is still to come.
    """
    seen: list[Snapshot] = []

    def rests() -> bool:
        with contextlib.suppress(Error):  # a page that is just changing cannot be looked at
            page.wait_for_load_state("load", timeout=seconds * 1000)
            seen.append(look(page))
            if is_awaited():
                seen.clear()  # what a script was answered it shows a moment later
                return False
            if _awaits_frame(page, seen[-1]) or page.evaluate(_BUSY):
                return False
            changed = unlike is None or seen[-1].fingerprint != unlike.fingerprint or not is_marked(page)
            return changed and len(seen) > 1 and seen[-1].fingerprint == seen[-2].fingerprint
        seen.clear()
        return False

    waiting.until(rests, seconds, pause=_REST)
    return seen[-1] if seen else look(page)


def _awaits_frame(page: Page, seen: Snapshot) -> bool:
    """Whether a frame in sight, large enough to be meant for people, shows nothing yet."""
    shown = {e.frame for e in seen.elements}
    return any(_is_large(frame) for frame in page.frames[1:] if (found := _selector(frame)) and found not in shown)


def _is_large(frame: Frame) -> bool:
    box = frame.frame_element().bounding_box()
    return box is not None and min(box["width"], box["height"]) >= _LARGE


def handle(page: Page, element: Element) -> ElementHandle | None:
    """An element that was looked at, in the browser, maybe taken out of its page since; None when its page has gone."""
    frames = [page.main_frame] if not element.frame else [f for f in page.frames if _selector(f) == element.frame]
    for frame in frames:
        found: Any = frame.evaluate_handle("n => window.__portal2faSeen?.elements.get(n)", element.number)
        as_element: ElementHandle | None = found.as_element()
        if as_element is not None:
            return as_element
    return None


def picture(page: Page, element: Element | None, secrets: list[str]) -> bytes:
    """A PNG of an element with what is around it, or of the window, secrets covered; empty where none can be taken."""
    options: dict[str, Any] = {}
    try:
        if element is not None and (box := _box(page, element)) is not None:
            size = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            options = {"full_page": True, "clip": _clip(box, size)}
        return covering.screenshot(page, secrets, **options)
    except Error:
        return b""


def _box(page: Page, element: Element) -> Box | None:
    """Where an element is on the page; in a frame as far as that shows it, and None where it does not."""
    if not element.frame:
        return element.box
    found = handle(page, element)
    frame = found.owner_frame() if found is not None else None
    if found is None or frame is None:
        return None
    scrolled = page.evaluate("() => [scrollX, scrollY]")
    return _shared(found.bounding_box(), frame.frame_element().bounding_box(), scrolled)


def _shared(inner: FloatRect | None, outer: FloatRect | None, scrolled: list[float]) -> Box | None:
    """What two boxes of the window have in common, as a box of the page, which is `scrolled`; None for nothing."""
    if inner is None or outer is None:
        return None
    x, y = max(inner["x"], outer["x"]), max(inner["y"], outer["y"])
    width = min(inner["x"] + inner["width"], outer["x"] + outer["width"]) - x
    height = min(inner["y"] + inner["height"], outer["y"] + outer["height"]) - y
    return Box(x + scrolled[0], y + scrolled[1], width, height) if width > 0 and height > 0 else None


def _clip(box: Box, size: list[float]) -> dict[str, float]:
    x, y = max(0.0, box.x - _MARGIN), max(0.0, box.y - _MARGIN)
    right = min(size[0], box.x + box.width + _MARGIN)
    bottom = min(size[1], box.y + box.height + _MARGIN)
    return {"x": x, "y": y, "width": max(1.0, right - x), "height": max(1.0, bottom - y)}
