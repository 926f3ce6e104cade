"""The draft knows no portal: neither by name, nor by words that only one product has.

What can be held to honestly, without a second set of products to try it on:

1. No file of the heuristics, nor the vocabulary, names a product under test, its packages, or a theme.
2. Words and places in the code are those of the vocabulary only: the code has no text, id, class or path of a portal.
   Links to the app stores and the scheme `otpauth:` are the exceptions: they are not a portal's.
3. A phrase of the vocabulary, if it is a label of one product only, is an everyday phrase that is listed here; the
   words of the help text that the specification is made from (profile `documented`) are no portal's own.
4. Shops in nine languages, in words of which no shipped profile has one, are drafted to the end (`test_languages.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from portal2fa.drafting.vocabulary import load, plain
from portal2fa.profile_files import find_root, shipped

ROOT = find_root()
FILES = sorted(
    path
    for folder in ("portal2fa/drafting", "steps/tasks/drafting")
    for path in (ROOT / folder).iterdir()
    if path.suffix in (".py", ".js", ".toml")
)
PRODUCTS = r"(?i)django|flask|pgadmin|rdiffweb|privacy_?idea|whmcs|twenty.one|reference portal|harbour"
SAME_WORDS = {"documented": "the help text", "reference": "the help text", "whmcs-six": "whmcs"}
"""Profiles that share their words by intention."""
EVERYDAY = {
    "account security",
    "authentication code",
    "back to",
    "keep it",
    "keep them",
    "login verification",
    "not enabled",
    "not valid",
    "one time code",
    "one time password",
    "recovery code",
    "recovery codes",
    "backup token",
    "resend code",
    "set up",
    "somewhere safe",
    "submit code",
    "i am sure",
    "yes i am sure",
}
"""Phrases of more than one word that one shipped product has, and anybody may."""


def labels(table: Any) -> Iterator[str]:
    """Every text by which a table of a profile points at something, in its plain form."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        if isinstance(value, str) and key in ("name", "label", "text", "placeholder"):
            yield plain(value)
        elif isinstance(value, dict | list):
            yield from labels(value)


def said_by() -> dict[str, set[str]]:
    """The labels of each product."""
    found: dict[str, set[str]] = {}
    for name, path in shipped(ROOT).items():
        profile = tomllib.loads(path.read_text("utf-8"))
        tables = [profile.get("controls", {}), profile.get("notices", {})]
        found.setdefault(SAME_WORDS.get(name, name), set()).update(word for table in tables for word in labels(table))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_product_is_named(path: Any) -> None:
    assert re.findall(PRODUCTS, path.read_text("utf-8")) == []


def test_no_place_or_css_of_a_profile_is_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FILES if path.suffix != ".toml")
    own: set[str] = set()
    for path in shipped(ROOT).values():
        profile = tomllib.loads(path.read_text("utf-8"))
        places = [p for said in profile.get("places", {}).values() for p in ([said] if isinstance(said, str) else said)]
        css = re.findall(r'css = "([^"]+)"', path.read_text("utf-8"))
        own |= {word for word in (*places, *css) if len(word) > 2 and "otpauth:" not in word}
    assert {word for word in own if f'"{word}"' in code or f"'{word}'" in code} == set()


def test_no_phrase_is_the_label_of_one_product_only() -> None:
    products = said_by()
    private = {}
    for phrase in {p for languages in load().topics.values() for p in languages["en"] if " " in p}:
        who = {name for name, said in products.items() if any(f" {phrase} " in f" {words} " for words in said)}
        if len(who) == 1 and who != {"the help text"}:
            private[phrase] = who
    assert set(private) - EVERYDAY == set(), private
    assert EVERYDAY - set(private) == set()  # nothing is excused that need not be
