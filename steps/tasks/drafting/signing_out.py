"""The way to sign out: an entry in sight, or in a menu behind the name or another control, proven by using it."""

from __future__ import annotations

from collections.abc import Iterator

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.errors import CannotTell
from steps.tasks.drafting import entering, narrow
from steps.tasks.drafting.walker import Action, Walker

_MENUS = 3
"""So many menus are looked into beside the one behind the name."""
_DEEDS = 2
"""Entries that speak of signing out and follow each other: the second one answers whether that is meant."""


def learn(walker: Walker) -> None:
    """Find what signs out, and use it; what was noted on the way is forgotten where the account stays signed in."""
    walker.say("Looking for the way to sign out")
    known = dict(walker.draft.entries)
    try:
        way = _walk(walker)
    except CannotTell as error:
        walker.remark(str(error))
        way = []
    if way:
        walker.path(
            "sign_out",
            [*narrow.unfolding(walker, way[0]), *way],
            "after it the client area was open no more",
            sure=True,
        )
        for name in map(_control, way):
            walker.confirm("controls", name, "it was used to sign out")
        return
    walker.draft.entries = known
    walker.gap("paths", "sign_out", "looked in sight and in menus of the client area for what signs out, and used it")


def _walk(walker: Walker) -> list[Action]:
    """The way from the client area to being signed out; empty where none was found."""
    for opener in _openers(walker):
        page = _client_area(walker)
        way: list[Action] = []
        if opener:
            page = _open(walker, opener, page)
            way.append(opener)
        if _leave(walker, page, way):
            return way
    return []


def _openers(walker: Walker) -> Iterator[str]:
    """What may bring the entry into sight: nothing, the name, and what says at the head of the page that it opens."""
    yield ""
    name = walker.draft.value("controls", "name")
    if name is not None:
        yield "name"
    page = _client_area(walker)
    menus = [e for e in page.of_kind("button", "link") if e.opens and e.landmark in ("nav", "header")]
    for element in menus[:_MENUS]:
        pointer = walker.point(element)
        if pointer is not None and pointer != name:
            yield walker.keep("menu", pointer, element, why=("it stands at the head of the page, and opens something",))


def _client_area(walker: Walker) -> Snapshot:
    return walker.go(walker.draft.value("places", "client_area"))


def _open(walker: Walker, opener: str, page: Snapshot) -> Snapshot:
    try:
        return walker.use(opener, page)
    except CannotTell:  # a name that is only shown
        return page


def _leave(walker: Walker, page: Snapshot, way: list[Action]) -> bool:
    """Press what speaks of signing out, and what asks whether that is meant; whether nobody is signed in then."""
    pressed = set[int]()
    for _ in range(_DEEDS):
        found = _entry(walker, page, pressed)
        if found is None:
            return False
        pressed.add(found.element.number)
        name = walker.control("log_out", found.element, why=found.reasons)
        boxes = walker.dialogs
        page = walker.press(found.element, page)
        way.append({"press": name, "dialog": "accept"} if walker.dialogs > boxes else name)
        asks = _entry(walker, page, pressed)
        if (asks is None or asks.element.landmark != "dialog") and _is_out(walker):
            return True
    return False


def _entry(walker: Walker, page: Snapshot, pressed: set[int]) -> Candidate | None:
    left: list[Element] = [e for e in page.elements if e.number not in pressed]
    return walker.best(goals.SIGN_OUT, page, left)


def _is_out(walker: Walker) -> bool:
    """Whether the client area is open no more: it shows the sign-in, or nobody's name where it showed one before."""
    named = bool(entering.names(walker, walker.pages["client_area"]))
    page = walker.see_until(_client_area(walker), lambda now: entering.is_sign_in(walker, now))
    return not entering.names(walker, page) and (named or entering.is_sign_in(walker, page))


def _control(action: Action) -> str:
    return action if isinstance(action, str) else str(action["press"])
