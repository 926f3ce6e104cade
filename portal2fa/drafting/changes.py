"""What a deed changed on a page, and which of the new words are the portal's answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.vocabulary import Vocabulary

_NOTICES = ("heading", "text", "button", "link")
_LIVE, _HEADING, _BRIEF, _IN_FRONT = 2.0, 1.0, 0.5, 1.5
_TOO_LONG = 220
_TELLING = 16
"""So many characters that two texts share tell what both are about."""
_EDGES = " .,:;!'\"()"
_VOLATILE = re.compile(r"\S*[@•*]\S*|(?<![^\W\d_])\d+(?![^\W\d_])")
"""Addresses, also masked ones, and numbers; not the digit of a word such as 2FA."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a portal showed, and how much speaks for their being the answer that is looked for."""

    element: Element
    score: float
    reasons: tuple[str, ...]


def fresh(before: Snapshot | None, after: Snapshot) -> list[Element]:
    """The elements with words that were not in sight before."""
    known = before.texts() if before is not None else set()
    return [e for e in after.elements if e.kind in _NOTICES and e.text and e.text not in known]


def came(before: Snapshot, after: Snapshot) -> list[Element]:
    """What came into sight: what is called as nothing was before, or as fewer were on the same page."""
    numbers = {e.number for e in before.elements if e.number >= 0}
    then, now = (Counter(map(_called, page.elements)) for page in (before, after))
    anew = [e for e in after.elements if e.number not in numbers]
    is_same = len(anew) < len(after.elements)
    return [e for e in anew if (now[_called(e)] > then[_called(e)] if is_same else not then[_called(e)])]


def _called(element: Element) -> tuple[str, str, str]:
    return element.kind, element.words, element.href


def answers(
    before: Snapshot | None,
    after: Snapshot,
    words: Vocabulary,
    *,
    topics: Mapping[str, float],
    absent: Sequence[Snapshot] = (),
    against: Collection[str] = (),
    needed: bool = False,
) -> list[Said]:
    """The new words of a page that say something of `topics`, the best first.

    What stands on one of the pages `absent` cannot be the answer; with `needed` only words of a topic count, else any
    that are read out or head the page.
    """
    elsewhere = {text for snapshot in absent for text in snapshot.texts()}
    found = []
    for element in fresh(before, after):
        if element.text in elsewhere or len(element.text) > _TOO_LONG or element.landmark in ("footer", "nav"):
            continue
        score, reasons = _worth(element, words, topics)
        if any(words.says(topic, element.text) for topic in against):
            score -= 2.0
        if needed and not reasons:
            continue
        score += (_LIVE if element.live else 0.0) + (_HEADING if element.kind == "heading" else 0.0)
        score += _BRIEF if len(element.text) < 80 else 0.0
        score += _IN_FRONT if element.landmark == "dialog" else 0.0
        score -= 1.5 if element.kind in ("button", "link") else 0.0
        reasons += ["it is read out when it comes"] if element.live else []
        found.append(Said(element, score, ("it came with the answer", *reasons)))
    return sorted(found, key=lambda said: (-said.score, len(said.element.text)))


def _worth(element: Element, words: Vocabulary, topics: Mapping[str, float]) -> tuple[float, list[str]]:
    worth, reasons = 0.0, []
    for topic, weight in topics.items():
        if words.says(topic, element.text):
            worth += weight
            reasons.append(f'it says "{words.fit(topic, element.text).phrase}" ({topic.replace("_", " ")})')
    return worth, reasons


def common_words(one: str, other: str) -> str:
    """The longest run of whole words that two texts share, as it stands in `one`; empty where it says too little."""
    ours, theirs = ([word.strip(_EDGES) for word in text.split()] for text in (one, other))
    same = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
    shared = " ".join(one.split()[same.a : same.a + same.size]).strip(_EDGES)
    return shared if same.size > 1 and len(shared) >= _TELLING else ""


def stable_part(text: str, values: Iterable[str]) -> tuple[str, bool]:
    """The part of a text that holds for everybody at any time, and whether that is all of it.

    Account values, addresses, masked addresses and numbers are not stable; the longest part without them counts.
    """
    rest = text
    for value in sorted(filter(None, values), key=len, reverse=True):
        rest = rest.replace(value, "\0")
    parts = [part.strip(" .,:;-\u2013") for part in re.split(r"\0", _VOLATILE.sub("\0", rest))]
    if len(parts) == 1:
        return text, True
    return max(parts, key=len, default=""), False
