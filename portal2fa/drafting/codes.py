"""Backup codes on a page: what looks like one, and a regular expression for codes like these."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.vocabulary import Vocabulary

_GROUPED = re.compile(r"(?<![\w-])[A-Za-z0-9]{3,}(?:-[A-Za-z0-9]{3,})+(?![\w-])")
_SPACED = re.compile(r"[A-Za-z0-9]{3,8}(?: [A-Za-z0-9]{3,8}){2,}")
_MANY, _VOWELS = 4, frozenset("aeiou")
_PLAIN = re.compile(r"(?<![\w-])(?=[A-Za-z]*\d|[a-z2-7]{8}\b)[A-Za-z0-9]{6,32}(?![\w-])")
_ENOUGH = 40
"""So many characters in all tell an alphabet; with fewer a broader one is taken."""
_ALPHABETS = (
    ("0-9", "0123456789"),
    ("0-9a-f", "0123456789abcdef"),
    ("a-z2-7", "abcdefghijklmnopqrstuvwxyz234567"),
    ("a-z0-9", "abcdefghijklmnopqrstuvwxyz0123456789"),
    ("A-Z0-9", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
)
_WHOLE = "A-Za-z0-9"


def backup_codes(
    page: Snapshot,
    words: Vocabulary,
    *,
    known: Collection[str] = (),
    secrets: Collection[str] = (),
    asked_for: bool = False,
) -> tuple[list[str], list[Element]]:
    """The backup codes on a page and the elements that show them, in page order; `known` texts are none of them.

    A page has to speak of them, unless they were `asked_for`.
    """
    about = asked_for or any(
        words.says(topic, e.text or e.name)
        for topic in ("backup_code", "safe")
        for e in page.elements
        if e.landmark not in ("footer",)
    )
    if not about:
        return [], []
    found: dict[str, Element] = {}
    for element in page.elements:
        text = element.value or element.text
        if not text or text in known or element.landmark in ("footer", "nav", "header"):
            continue
        if element.kind not in ("field", "text", "choice", "heading") or _is_icon(element):
            continue
        for code in _in_text(text):
            if code not in secrets and (_is_all(code, text) or code not in found):
                found[code] = element
    alike = _alike(list(found))
    return alike, list(dict.fromkeys(found[code] for code in alike))


def _is_icon(element: Element) -> bool:
    """Whether what stands there is the name of a picture in an icon font: a word that is for the eye alone."""
    return element.concealed and not any(character.isdigit() for character in element.text)


def _in_text(text: str) -> list[str]:
    if _is_spaced(text.strip()):
        return [text.strip()]
    grouped = _GROUPED.findall(text)
    if grouped:
        return [code for code in grouped if any(c.isdigit() for c in code) or (code.isupper() and code.count("-") > 1)]
    if len(text) > 200 and len(text.split()) > 2 * len(_PLAIN.findall(text)):
        return []
    return [code for code in _PLAIN.findall(text) if len(text) <= 3 * len(code) or len(_PLAIN.findall(text)) > 3]


def _is_spaced(text: str) -> bool:
    """Whether a text is one code in groups of one length with spaces between them.

    Groups without any digit are words, unless they are many, and in one is not even a vowel.
    """
    groups = text.split(" ")
    alike = _SPACED.fullmatch(text) is not None and len({*map(len, groups)}) == 1
    unspoken = len(groups) >= _MANY and any(not _VOWELS & {*group.lower()} for group in groups)
    return alike and (unspoken or any(character.isdigit() for character in text))


def _parts(code: str) -> list[str]:
    return re.split("[- ]", code)


def _is_all(code: str, text: str) -> bool:
    return code == text.strip()


def _alike(codes: Sequence[str]) -> list[str]:
    """The largest group of codes of one shape, grouped ones before others."""
    shapes: dict[tuple[int, ...], list[str]] = {}
    for code in codes:
        shapes.setdefault(tuple(map(len, _parts(code))), []).append(code)
    return max(shapes.values(), key=lambda group: (len(group), len(_parts(group[0])) > 1), default=[])


def shaped_like(texts: Iterable[str]) -> str:
    """A regular expression that matches the backup codes which stand in `texts`; empty where nothing looks like one."""
    alike = _alike(list(dict.fromkeys(code for text in texts for code in _in_text(text))))
    return pattern_of(alike) if alike else ""


def pattern_of(codes: Sequence[str]) -> str:
    """A regular expression that matches codes of the shape of these, which are at least one."""
    lengths, between = [len(part) for part in _parts(codes[0])], "-" if "-" in codes[0] else " "
    letters = _alphabet("".join(codes).replace(between, ""))
    if len(lengths) == 1:
        return rf"\b[{letters}]{{{lengths[0]}}}\b"
    if len(set(lengths)) == 1:
        return rf"\b[{letters}]{{{lengths[0]}}}(?:{between}[{letters}]{{{lengths[0]}}}){{{len(lengths) - 1}}}\b"
    return r"\b" + between.join(f"[{letters}]{{{length}}}" for length in lengths) + r"\b"


def _alphabet(characters: str) -> str:
    fitting = [name for name, alphabet in _ALPHABETS if set(characters) <= set(alphabet)]
    if not fitting:
        return _WHOLE
    narrow = fitting[0] == "0-9" or len(characters) >= _ENOUGH
    return fitting[0] if narrow else fitting[-1]
