"""How likely an element is what is looked for, with the reasons: a score for every element, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.vocabulary import NO_FIT, Vocabulary

_WHOLE, _PART = 1.0, 0.45
"""What a phrase is worth that is all of a name, and one that is next to nothing of it."""
_LONG_NAME = 90
"""Characters from which on a name is prose rather than a name."""
_PROSE = 220
"""Characters from which on a text is prose rather than a line."""
_ALONE = 2.0
"""What an element is worth that is the only one of its kind on a page that speaks of it."""
_ASIDE = ("nav", "header", "footer")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is looked for: the kinds that it may be, words for and against it with their weights, and other traits."""

    what: str
    """In words, for people: `the field for the password`."""
    kinds: frozenset[str]
    topics: Mapping[str, float] = field(default_factory=dict)
    against: Mapping[str, float] = field(default_factory=dict)
    traits: Mapping[str, float] = field(default_factory=dict)
    """Names in `TRAITS` with their weights; a negative weight counts against."""
    needed: frozenset[str] = frozenset()
    """Traits without which it cannot be."""
    words_needed: bool = True
    """Whether one of `topics` has to be said."""
    page_topics: frozenset[str] = frozenset()
    """What a page speaks of whose only element that can be it is it, whatever it is called."""
    page_against: frozenset[str] = frozenset()
    """What a page speaks of on which an element without any words is not it, unless it speaks of `topics` as well."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element that may be what is looked for."""

    element: Element
    score: float
    reasons: tuple[str, ...]


TRAITS: Mapping[str, tuple[str, Callable[[Element, Snapshot], bool]]] = {
    "password": ("its type is password", lambda e, s: e.type == "password"),
    "writes": ("text can be typed in", lambda e, s: e.tag in ("input", "textarea") and not e.value),
    "plain": ("any text can be typed in", lambda e, s: e.type in ("", "text", "email", "tel", "number")),
    "typed": (
        "a code can be typed in, in sight or not",
        lambda e, s: e.type in ("", "text", "email", "tel", "number", "password") and e.role != "combobox",
    ),
    "one-time-code": ("autocomplete is one-time-code", lambda e, s: e.autocomplete == "one-time-code"),
    "username": ("autocomplete is username or email", lambda e, s: e.autocomplete in ("username", "email")),
    "numeric": ("it takes digits", lambda e, s: e.inputmode == "numeric" or e.type == "number"),
    "short": ("it takes as many characters as a code has", lambda e, s: 4 <= e.most <= 10),
    "email": ("its type is email", lambda e, s: e.type == "email"),
    "submits": ("it sends a form", lambda e, s: e.submits),
    "enabled": ("it can be used", lambda e, s: not e.disabled),
    "header": ("it stands at the head of the page", lambda e, s: e.landmark == "header" or e.box.y < 80),
    "nav": ("it stands in a menu", lambda e, s: e.landmark in ("nav", "header")),
    "main": ("it stands in the middle of the page", lambda e, s: e.landmark in ("main", "", "dialog")),
    "footer": ("it stands at the foot of the page", lambda e, s: e.landmark == "footer"),
    "dialog": ("it stands in a dialog", lambda e, s: e.landmark == "dialog"),
    "opens": ("it says that it opens something", lambda e, s: e.opens),
    "corner": (
        "it stands in a corner",
        lambda e, s: (
            (e.box.y < s.height / 6 or e.box.y > s.height * 0.8) and (e.box.x > s.width / 2 or e.box.x < s.width / 4)
        ),
    ),
    "spelled": ("its name is what can be read on it", lambda e, s: e.name == e.text),
    "wordless": ("it shows a sign instead of words", lambda e, s: not any(c.isalnum() for c in e.words)),
    "square": (
        "it is square",
        lambda e, s: e.box.height > 0 and 0.8 < e.box.width / e.box.height < 1.25 and e.box.width >= 80,
    ),
    "live": ("it is read out when it comes", lambda e, s: e.live),
    "heading": ("it is a heading", lambda e, s: e.kind == "heading"),
    "interactive": ("it can be pressed", lambda e, s: e.kind in ("button", "link")),
}


def rank(goal: Goal, snapshot: Snapshot, words: Vocabulary, among: Iterable[Element] | None = None) -> list[Candidate]:
    """The elements that may be what `goal` describes, the best first; among some of the page's only, if given."""
    elements = snapshot.elements if among is None else tuple(among)
    found = [scored for element in elements if (scored := score(goal, element, snapshot, words)) is not None]
    if (alone := _alone(goal, elements, snapshot, words)) is not None and all(c.score < alone.score for c in found):
        found = [alone]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.element.index))


def _alone(goal: Goal, elements: Sequence[Element], snapshot: Snapshot, words: Vocabulary) -> Candidate | None:
    """The only element of a page that can be meant, where the page speaks of what is looked for."""
    if not any(_page_says(topic, snapshot, words) for topic in goal.page_topics):
        return None
    can_be = [e for e in snapshot.elements if e.kind in goal.kinds and _has_needed(goal, e, snapshot)]
    if len(can_be) != 1 or can_be[0] not in elements or not _may_be_called(goal, can_be[0], words):
        return None
    return Candidate(can_be[0], _ALONE, ("it is the only one on a page that speaks of it",))


def _page_says(topic: str, snapshot: Snapshot, words: Vocabulary) -> bool:
    """Whether a brief text in the middle of a page speaks of a topic."""
    said = (e.text for e in snapshot.of_kind("text", "heading") if e.landmark not in _ASIDE)
    return any(words.says(topic, text) for text in said if len(text) < _PROSE)


def _has_needed(goal: Goal, element: Element, snapshot: Snapshot) -> bool:
    return all(TRAITS[name][1](element, snapshot) for name in goal.needed)


def _may_be_called(goal: Goal, element: Element, words: Vocabulary) -> bool:
    """Whether what an element says is about what is looked for and nothing else, or is nothing at all."""
    said = element.words
    about = not said or any(words.says(topic, said) for topic in goal.topics)
    return about and not any(words.says(topic, said) for topic in goal.against)


def score(goal: Goal, element: Element, snapshot: Snapshot, words: Vocabulary) -> Candidate | None:
    """The candidate that an element is for a goal; None where it cannot be."""
    if element.kind not in goal.kinds:
        return None
    if not _has_needed(goal, element, snapshot) or _is_of_another_page(goal, element, snapshot, words):
        return None
    said, reasons = _said(goal, element, words)
    if goal.words_needed and not said:
        return None
    for topic, weight in goal.against.items():
        if (fit := words.fit(topic, element.words)).share:
            said -= weight * (_PART + (_WHOLE - _PART) * fit.share)
            reasons.append(f'"{fit.phrase}" speaks against it')
    for name, weight in goal.traits.items():
        words_for_it, holds = TRAITS[name]
        if holds(element, snapshot):
            said += weight
            reasons.append(words_for_it)
    if len(element.words) > _LONG_NAME:
        said -= 1.0
    return Candidate(element, said, tuple(reasons)) if said > 0 else None


def _is_of_another_page(goal: Goal, element: Element, snapshot: Snapshot, words: Vocabulary) -> bool:
    """Whether an element that says nothing itself stands on a page that speaks of something else."""
    if element.words or not any(_page_says(topic, snapshot, words) for topic in goal.page_against):
        return False
    return not any(_page_says(topic, snapshot, words) for topic in goal.topics)


def _said(goal: Goal, element: Element, words: Vocabulary) -> tuple[float, list[str]]:
    """What the words of an element are worth, by its best topic."""
    best, reason = 0.0, ""
    texts = [text for text in (element.name, element.label, element.text, element.placeholder) if text]
    for topic, weight in goal.topics.items():
        fit = max((words.fit(topic, text) for text in texts), key=lambda f: f.share, default=NO_FIT)
        worth = weight * (_PART + (_WHOLE - _PART) * fit.share) if fit.share else 0.0
        if worth > best:
            best, reason = worth, f'its words hold "{fit.phrase}" ({topic.replace("_", " ")}, {fit.language})'
    return best, [reason] if reason else []
