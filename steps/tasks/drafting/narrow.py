"""Narrow windows: what has to be unfolded before the first control of a way, and what the pages show there instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element
from steps.tasks.drafting import entering
from steps.tasks.drafting.walker import Action, Walker

_WIDTH = 320
"""CSS pixels: a desktop screen of 1280 at 400 % (WCAG 2.2, success criterion 1.4.10)."""
_TRIES = 3
_FOLDED = "it is there in narrow windows only, and unfolds what is in sight in wide ones"


@contextmanager
def window(walker: Walker) -> Iterator[None]:
    """A window as narrow as that; as wide as before in the end."""
    size = walker.page.viewport_size
    assert size is not None, "the suite's own windows have a size"
    walker.page.set_viewport_size({"width": _WIDTH, "height": size["height"]})
    try:
        yield
    finally:
        walker.page.set_viewport_size(size)


def learn_inside(walker: Walker) -> None:
    """Note of the client area how it is used in a narrow window, and what shows there that somebody is signed in."""
    walker.say("Looking at narrow windows")
    with window(walker):
        page = walker.go(walker.draft.value("places", "client_area"))
        if not walker.sees("notices", "signed_in"):
            _add_sign(walker, "signed_in", entering.names(walker, page))
        for path in ("open_menu", "security_settings"):
            if walker.draft.value("paths", path):
                _unfold(walker, "client_area", path)
                break


def learn_outside(walker: Walker) -> None:
    """Note in a fresh browser how a narrow window comes to the sign-in, and what shows there that it is asked for."""
    walker.actor.fresh_browser()
    with window(walker):
        _unfold(walker, "front", "client_area")
        page = walker.go(walker.draft.value("places", "sign_in"))
        if not walker.sees("notices", "sign_in_form"):
            found = (walker.best(goal, page) for goal in (goals.SIGN_IN_HEADING, goals.PASSWORD, goals.USERNAME))
            _add_sign(walker, "sign_in_form", [c.element for c in found if c is not None])


def _add_sign(walker: Walker, notice: str, elements: list[Element]) -> None:
    """Beside what tells a state in wide windows, note what tells it in a narrow one."""
    known = walker.draft.value("notices", notice)
    pointers = ((walker.point(element, alone=False), element) for element in elements)
    found = next(((way, element) for way, element in pointers if way is not None and "css" not in way), None)
    if known is None or found is None:
        return
    several = known if isinstance(known, list) else [known]
    walker.put("notices", notice, [*several, found[0]], found[1], why=("in narrow windows this shows it",))


def _unfold(walker: Walker, place: str, path: str) -> None:
    """Where the first control of a path is out of sight, press before it what brings it there."""
    actions: list[Action] = list(walker.draft.value("paths", path) or [])
    first = actions[0] if actions else None
    if not isinstance(first, str):
        return
    page = walker.go(walker.draft.value("places", place))
    if walker.sees("controls", first):
        return
    for candidate in walker.rank(goals.MENU_BAR, page)[:_TRIES]:
        after = walker.press(candidate.element, page)
        if walker.sees("controls", first):
            name = walker.control("menu_bar", candidate.element, sure=True, why=(_FOLDED, *candidate.reasons))
            found, begun = walker.draft.entries[f"paths.{path}"], {"press": name, "optional": True}
            walker.draft.put(replace(found, value=[begun, *actions], why=(*found.why, _FOLDED)))
            return
        page = after if after.url == page.url else walker.go(walker.draft.value("places", place))


def unfolding(walker: Walker, first: Action) -> list[Action]:
    """What a path begins with in narrow windows whose first control is that of the menu behind the name."""
    way: list[Action] = list(walker.draft.value("paths", "open_menu") or [])
    return way[:1] if way[1:2] == [first] and isinstance(way[0], dict) else []
