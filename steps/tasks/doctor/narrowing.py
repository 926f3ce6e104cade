"""Edits for a control that points at several things: for each of them the same locator, narrowed to that one alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Locator as Found

from fixtures.locating import find
from fixtures.portal import Portal
from portal2fa.doctor import Edit
from portal2fa.doctor_edits import MOST, as_locator, elements, setting
from portal2fa.profile_locator import Locator
from steps.tasks.doctor import pages

_SCOPES = ("main", "dialog", "navigation", "banner", "contentinfo", "form", "search", "complementary")
"""The parts of a page in which something may stand alone, the innermost and most usual first."""
Pointer = Mapping[str, Any]
"""A locator as the profile has it."""


def edits(portal: Portal, name: str) -> tuple[Edit, ...]:
    """A proposal for each of the different things that a control points at, the one that a run takes first."""
    proposed: dict[str, Edit] = {}
    for number, each in enumerate(pages.first_few(portal.control(name))):
        [kind] = pages.kinds(each)
        if kind in proposed:
            continue
        fitting = (way for way in _ways(portal, name, each, number) if _is_alone(portal, way, kind))
        if (way := next(fitting, None)) is not None:
            because = "the one that a run takes now" if number == 0 else "another one that fits now"
            proposed[kind] = setting(f"controls.{name}", way, because)
    return tuple(proposed.values())[:MOST]


def _is_alone(portal: Portal, way: Pointer, kind: str) -> bool:
    """Whether a locator finds nothing but things of one kind."""
    return pages.kinds(find(portal.page, Locator.model_validate(way), portal.values)) == [kind]


def _ways(portal: Portal, name: str, each: Found, number: int) -> Iterator[Pointer]:
    """Narrower locators for the thing that is the `number`th from 0, those that last longest first."""
    said = [locator.model_dump(exclude_defaults=True) for locator in portal.profile.controls[name]]
    whole = [_without(way, "exact") for way in said if "exact" in way]
    named = [{**as_locator(seen, portal.values), **_frame(said[0])} for seen in elements(each.aria_snapshot())[:1]]
    yield from (*whole, *named)
    for way in (*whole, *named, *said):
        if "within" not in way:
            yield from ({**_without(way, "nth"), "within": {"role": scope}} for scope in _SCOPES)
    if len(said) == 1:
        yield {**said[0], "nth": number + 1}


def _without(way: Pointer, key: str) -> Pointer:
    return {name: value for name, value in way.items() if name != key}


def _frame(way: Pointer) -> Pointer:
    return {"frame": way["frame"]} if "frame" in way else {}
