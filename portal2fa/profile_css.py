"""What can be told of a CSS selector without a browser: whether its brackets and quotation marks close."""

from __future__ import annotations

import re

from pydantic_core import PydanticCustomError

from portal2fa.profile_entry import wrong

_CLOSING = {"(": ")", "[": "]"}
_PARTS = re.compile(
    r"""/\*.*?\*/|\\.|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?P<mark>[]["'()])""",
    re.DOTALL,
)
"""Comments, escaped characters and texts in quotation marks, in which no mark counts; then the marks that do."""
_OF_ANOTHER_KIND = re.compile(r"""\s*(?:[\w:*+-]+\s*=|\(*//|\.\.|(["']).+\1\s*$)|.*>>""", re.DOTALL)
"""What Playwright does not, or not only, read as CSS: `text=It's`, an XPath, a chain of several."""


def closed(selector: str) -> str:
    """A selector as it is; raises `PydanticCustomError` where a bracket or a quotation mark has no partner."""
    if not _OF_ANOTHER_KIND.match(selector):
        _follow(selector)
    return selector


def _follow(selector: str) -> None:
    opened: list[str] = []
    for found in _PARTS.finditer(selector):
        mark = found["mark"]
        if mark is None:
            continue
        if mark in "\"'":
            raise _told(f"the quotation mark {mark} is never closed", f"close it, or write \\{mark} for the character")
        if opened and mark == _CLOSING[opened[-1]]:
            opened.pop()
        elif mark in _CLOSING and opened[-1:] != ["["]:
            opened.append(mark)
        else:
            inside = f" within {opened[-1]}" if opened else ""
            raise _told(f"{mark} has no place{inside} there", "close brackets in pairs, or put the text in quotes")
    if opened:
        raise _told(f"{opened[-1]} is never closed", f"add the missing {_CLOSING[opened[-1]]}")


def _told(problem: str, remedy: str) -> PydanticCustomError:
    return wrong(f"is no CSS selector: {problem}", remedy)
