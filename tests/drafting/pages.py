"""Snapshots made by hand, for tests without a browser."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from portal2fa.drafting.elements import Box, Element, Snapshot

ROLES = {
    "button": "button",
    "link": "link",
    "heading": "heading",
    "field": "textbox",
    "choice": "radio",
    "image": "img",
}
TAGS = {"button": "button", "link": "a", "heading": "h1", "field": "input", "choice": "input", "image": "img"}


def element(kind: str, words: str = "", **more: object) -> Element:
    """An element of a kind by its words; fields and choices are labelled with them."""
    labelled = kind in ("field", "choice")
    made = Element(
        0,
        TAGS.get(kind, "p"),
        role=ROLES.get(kind, ""),
        name=words if kind != "text" else "",
        kind=kind,
        label=words if labelled else "",
        text="" if labelled or kind == "image" else words,
        landmark="main",
        box=Box(400, 300, 120, 30),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def page(*elements: Element, url: str = "https://portal.example/here") -> Snapshot:
    """A page that shows these elements, numbered in order."""
    numbers = count()
    return Snapshot(url, "A page", tuple(replace(one, index=next(numbers)) for one in elements))
