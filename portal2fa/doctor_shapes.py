"""Patterns for what a portal shows, made of its shape alone: classes of signs and how many, never a code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal2fa.drafting.codes import shaped_like

_APART = r"[\s-]?"
"""What may stand between the signs of a secret."""


def codes_pattern(texts: Sequence[str]) -> str:
    """A pattern that finds the backup codes in `texts`; empty where nothing in them looks like one."""
    return shaped_like(texts)


def key_pattern(text: str, secret: str) -> str:
    """A pattern that finds in `text` the very `secret` (upper case, no spaces); empty where it is not there."""
    found = re.search(_APART.join(map(re.escape, secret)), text, re.IGNORECASE)
    if found is None:
        return ""
    between = next(iter(re.findall(r"[\s-]", found[0])), "")
    lengths = [len(group) for group in re.split(r"[\s-]", found[0])]
    return rf"\b{_groups(_alphabet(found[0]), lengths, '-' if between == '-' else ' ')}\b"


def _alphabet(text: str) -> str:
    """The class of the signs of base32 (RFC 4648 section 6) in the letter case of `text`."""
    small, capital = any(c.islower() for c in text), any(c.isupper() for c in text)
    return f"[{'A-Z' * (capital or not small)}{'a-z' * small}2-7]"


def _groups(alphabet: str, lengths: Sequence[int], between: str) -> str:
    """Groups of so many signs each; those of equal length are counted."""
    first, equal = lengths[0], len(set(lengths[:-1])) <= 1
    mark = "-" if between == "-" else r"\s"
    if len(lengths) == 1:
        return f"{alphabet}{{{first}}}"
    if equal and lengths[-1] == first:
        return f"{alphabet}{{{first}}}(?:{mark}{alphabet}{{{first}}}){{{len(lengths) - 1}}}"
    return mark.join(f"{alphabet}{{{length}}}" for length in lengths)
