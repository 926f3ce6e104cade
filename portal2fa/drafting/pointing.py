"""The ways in which a profile can point at an element, the most lasting first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from portal2fa.drafting.changes import stable_part
from portal2fa.drafting.elements import Element
from portal2fa.profile_locator import Role
from portal2fa.profile_values import OF_THE_ACCOUNT, unknown

Pointer = dict[str, Any]
"""A locator as the profile has it: `{"role": "button", "name": "Get Started"}`."""

_ROLES = frozenset(get_args(Role))
_LEAST = 3
"""Fewer characters than this point at nothing."""


def ways(element: Element, values: Mapping[str, str]) -> list[Pointer]:
    """Every way to point at `element`; `values` are those of the account, and become `{name}` and the like.

    A page's own words in braces are no way: a profile takes them for a value.
    """
    found = [dict(way) for way in _ways(element, values) if not unknown(str([*way.values()]), OF_THE_ACCOUNT)]
    if element.frame:
        found = [{**way, "frame": element.frame} for way in found]
    return found


def harmless_ways(element: Element, values: Mapping[str, str], masked: Callable[[str], str]) -> list[Pointer]:
    """Those of the ways to point at `element` that hold nothing of a secret; `masked` takes secrets out of a text.

    Of words that hold a secret not even a part is taken: a part of a key is no secret that anybody could tell.
    """
    words = (element.text, element.name, element.value)
    tells = any(masked(said) != said for said in words)
    return [
        way
        for way in ways(element, values)
        if not (tells and ("text" in way or "name" in way)) and masked(str(way)) == str(way)
    ]


def _ways(element: Element, values: Mapping[str, str]) -> Iterator[Pointer]:
    if element.kind in ("field", "choice") and element.label:
        yield {"label": with_placeholders(element.label, values)}
    if element.role in _ROLES and element.name and element.kind != "text":
        name, exact = lasting(element.name, values)
        if name:
            hidden = {"aria_hidden": True} if element.concealed else {}
            yield {"role": element.role, "name": name} | ({} if exact else {"exact": False}) | hidden
    if element.placeholder and element.kind == "field":
        yield {"placeholder": element.placeholder}
    if element.text and element.kind not in ("field", "image"):
        yield from words_of(element.text, values)
    if is_sent(element):
        yield {"css": element.css}
    if element.test_id:
        yield {"test_id": element.test_id}
    if element.kind == "image" and element.role == "img":
        yield {"role": "img"}
    if element.css:
        yield {"css": element.css}


def is_sent(element: Element) -> bool:
    """Whether the CSS of a field is what a form sends it as."""
    return element.kind == "field" and element.css.startswith(f"{element.tag}[name=")


def words_of(text: str, values: Mapping[str, str]) -> Iterator[Pointer]:
    """The ways to point at a text."""
    part, exact = lasting(text, values)
    if len(part) >= _LEAST:
        yield {"text": part} | ({} if exact else {"exact": False})


def lasting(text: str, values: Mapping[str, str]) -> tuple[str, bool]:
    """A text that holds for every account, with placeholders, and whether it is the whole text."""
    marked = with_placeholders(text, values)
    if marked != text:
        bare = marked
        for key in values:
            bare = bare.replace("{" + key + "}", "")
        if stable_part(bare, ())[1]:
            return marked, True
    return stable_part(text, [value for value in values.values() if len(value) >= _LEAST])


def with_placeholders(text: str, values: Mapping[str, str]) -> str:
    """A text with the account's own values as `{name}`, `{username}` and `{email}`."""
    for key in ("name", "username", "email"):
        value = values.get(key, "")
        if len(value) >= _LEAST:
            text = text.replace(value, "{" + key + "}")
    return text
