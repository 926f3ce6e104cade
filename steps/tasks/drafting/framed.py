"""Settings that a page shows in a frame: what the frame shows has an address of its own, by which it is reached."""

from __future__ import annotations

import contextlib

from playwright.sync_api import Error

from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.origins import place_below
from steps.tasks.drafting import seeing
from steps.tasks.drafting.walker import Walker


def frame_of(walker: Walker, before: Snapshot, after: Snapshot) -> str:
    """The frame that came with a deed and holds a button; empty where there is none."""
    known = {e.frame for e in before.elements}
    return next((e.frame for e in after.of_kind("button", "link") if e.frame and e.frame not in known), "")


def place_in(walker: Walker, frame: str) -> str:
    """The address of what a frame shows, below the portal's own; empty where it is another site's.

    Its query belongs to it: it is what the page around it opens.
    """
    with contextlib.suppress(Error):
        url = seeing.address(walker.page, frame)
        return place_below(walker.actor.portal.url, url).partition("#")[0]
    return ""


def heading(page: Snapshot, frame: str) -> Element | None:
    """What heads a frame: its first heading, else its first text."""
    inside = [e for e in page.elements if e.frame == frame and e.text]
    return next((e for kind in ("heading", "text") for e in inside if e.kind == kind), None)
