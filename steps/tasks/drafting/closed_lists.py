"""Lists that scripts draw: closed they show what is chosen, and a press brings their options into sight."""

from __future__ import annotations

import json

from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.pointing import Pointer
from steps.tasks.drafting.walker import Walker

_TOPICS = ("app_method", "email_method")
LIST = "methods_list"
"""How the draft calls such a list, open or closed."""
CLOSED = "closed_list"
"""How it calls the list while it is closed."""
FIRST = "fresh_list"
"""How it calls the list before anything was chosen in it."""


def find(walker: Walker, page: Snapshot) -> Element | None:
    """The list in which a method is chosen, once it is filled; None where there is none."""
    if not any(_is_list(e) for e in page.elements):
        return None
    page = walker.see_until(page, lambda now: _of_methods(walker, now) is not None)
    return _of_methods(walker, page)


def _is_list(element: Element) -> bool:
    return element.role == "combobox" and element.opens and element.tag not in ("select", "input")


def _of_methods(walker: Walker, page: Snapshot) -> Element | None:
    lists = (e for e in page.of_kind("field") if _is_list(e))
    return next((e for e in lists if any(walker.words.says(topic, e.name) for topic in _TOPICS)), None)


def first(walker: Walker, element: Element) -> str:
    """The control by which a list is seen as it is at first, which scripts draw late; empty where that differs."""
    shown: Pointer = {"role": "combobox", "name": element.name}
    known = walker.draft.value("controls", FIRST)
    if known is None:
        walker.put("controls", FIRST, shown, element, why=(f'at first "{element.name}" is chosen in it',))
    return FIRST if known in (None, shown) else ""


def open_(walker: Walker, element: Element, page: Snapshot) -> tuple[str, Snapshot] | None:
    """Open a list: its control in the draft, and the page with its options; None where none came."""
    note(walker, element)
    after = walker.press(element, page)
    after = walker.see_until(after, lambda now: bool(options(now)))
    return (LIST, after) if options(after) else None


def options(page: Snapshot) -> list[Element]:
    """The options in sight."""
    return [e for e in page.of_kind("choice") if e.role == "option"]


def note(walker: Walker, element: Element) -> None:
    """Point at a list by what is chosen in it now, beside what was chosen in it before; open or closed, and closed."""
    shown: Pointer = {"role": "combobox", "name": element.name}
    said = f"{element.tag}[aria-expanded='false']:has-text({json.dumps(element.name, ensure_ascii=False)})"
    why = (f'it is a list in which "{element.name}" is chosen',)
    for name, way in ((LIST, shown), (CLOSED, {"css": said})):
        known = walker.draft.value("controls", name)
        several = known if isinstance(known, list) else [known] if known else []
        if way not in several:
            ways = [*several, way]
            walker.put("controls", name, ways if len(ways) > 1 else way, element, why=why)


def chosen(walker: Walker, method: str, page: Snapshot) -> None:
    """Note how a method is known to be chosen: the list, closed again, shows it."""
    page = walker.see_until(page, lambda now: not options(now) and _of_methods(walker, now) is not None)
    element = _of_methods(walker, page)
    if element is None:
        return
    note(walker, element)
    why = ("the list shows what is chosen in it",)
    walker.put("notices", f"{method}_chosen", {"role": "combobox", "name": element.name}, element, why=why)
