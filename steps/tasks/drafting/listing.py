"""Settings that never speak of two factors: they list what sign-in asks for, and are known by where they lead."""

from __future__ import annotations

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from portal2fa.origins import place_below
from steps.tasks.drafting import closed_lists
from steps.tasks.drafting.walker import Walker, place_of

LISTED = "second_factors"
"""What such settings speak of: the things themselves, such as tokens."""
_TRIES = 3
Found = tuple[str, Snapshot]
"""The entry that leads to the settings, and the page that it leads to."""


def find(walker: Walker) -> Found | None:
    """Follow what adds a thing by its name; where a method can be chosen behind it, the things are second factors.

    Their list is where another entry of that page leads; it may be where the sign-in had led.
    """
    home = walker.pages["client_area"]
    for adding in _adding(walker, home)[:_TRIES]:
        if not place_below(walker.actor.portal.url, adding.element.href):  # a button may make something at once
            continue
        name = walker.control("enable", adding.element, why=adding.reasons)
        choice = walker.press(adding.element, home)
        if closed_lists.find(walker, choice) is not None and (found := _list_of(walker, choice)) is not None:
            _note_home(walker, choice, home, found[1])
            return found
        walker.draft.drop("controls", name)
        home = walker.go(walker.draft.value("places", "client_area"))
    return None


def _adding(walker: Walker, page: Snapshot) -> list[Candidate]:
    return [c for c in walker.rank(goals.ENABLE, page) if walker.words.says(LISTED, c.element.words)]


def _list_of(walker: Walker, choice: Snapshot) -> Found | None:
    """The page that lists the things, by an entry that speaks of them without adding any."""
    for candidate in walker.rank(goals.LISTED, choice):
        element = candidate.element
        if walker.words.says("enable", element.words) or _same_place(element, choice):
            continue
        name = walker.control("security_settings", element, why=candidate.reasons)
        after = walker.press(element, choice)
        if _adding(walker, after) and place_of(after.url) != place_of(choice.url):
            return name, after
        walker.draft.drop("controls", name)
        choice = walker.go(choice.url.removeprefix(walker.actor.portal.url))
    return None


def _same_place(element: Element, page: Snapshot) -> bool:
    return element.href.partition("#")[0] == page.url.partition("#")[0]


def _note_home(walker: Walker, choice: Snapshot, home: Snapshot, settings: Snapshot) -> None:
    """Where the sign-in leads to the settings at once, let the way to them begin at the page beside them."""
    walker.topic = LISTED
    if place_of(home.url) != place_of(settings.url):
        return
    walker.pages["client_area"] = choice
    why = ("the sign-in leads to the settings at once; from here an entry leads to them",)
    walker.put("places", "client_area", place_of(choice.url), why=why)
