"""Settings that list the methods in rows: each row names a method, and has a button that says no more than "Set up"."""

from __future__ import annotations

import re

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate
from steps.tasks.drafting.walker import Walker

_TOPICS = {"time_based": "app_method", "email": "email_method"}
_ASIDE = ("nav", "header", "footer")


def beginning(walker: Walker, page: Snapshot, method: str) -> Candidate | None:
    """The button that begins the set-up of the method beside it, where it is `method` and no other."""
    others = [topic for name, topic in _TOPICS.items() if name != method]
    for found in walker.rank(goals.ENABLE, page):
        beside = found.element.beside
        mine = walker.words.says(_TOPICS[method], beside) and not any(walker.words.says(o, beside) for o in others)
        if mine and found.element.landmark not in _ASIDE:
            return Candidate(found.element, found.score, (*found.reasons, f'beside it stands "{beside}"'))
    return None


def are_on(walker: Walker, page: Snapshot) -> bool:
    """Whether a page lists at least one method with a button that begins its set-up."""
    return any(beginning(walker, page, method) for method in _TOPICS)


def title(page: Snapshot, found: Candidate) -> Element | None:
    """What names the method of a row."""
    beside, frame = found.element.beside, found.element.frame
    near = [e for e in page.of_kind("text", "heading") if e.text and e.text in beside and e.frame == frame]
    return max((e for e in near if e.text != found.element.text), key=lambda e: len(e.text), default=None)


def whichever(css: str) -> str:
    """The CSS of a row's button without the part that tells its row: it then finds the button of every row."""
    return re.sub(r"\[name='[^']*'\]", "", css)
