"""No code knows a portal by name, and the draft none by words that only one product has.

What can be held to honestly, without a second set of products to try it on:

1. No file of `portal2fa/`, `steps/` and `fixtures/` but the profiles names a product under test, its packages, or a
   theme; the heuristics and the vocabulary do not even speak of the reference portal.
2. Words and places in the code are those of the vocabulary only: the code has no text, id, class or path of a portal.
   Links to the app stores and the scheme `otpauth:` are the exceptions: they are not a portal's.
3. A word or phrase of the vocabulary, if only one product has it in a label, is everyday language or a term of the
   field, and is listed here; the words of the help text that the specification is made from (profile `documented`)
   are no portal's own.
4. No id, class or attribute value by which a profile points at something is in the heuristics, also as a part.
5. Shops in nine languages, in words of which no shipped profile has one, are drafted to the end (`test_languages.py`).

This is leaving one out as far as words go: without what only one product says, all that is left of the vocabulary for
that product is what others say as well, everyday language and terms of the field.  It is not leaving one out of the
making: whoever made the heuristics had seen every product here, and a figure for a portal that nobody had seen would
need one more.
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
CODE = sorted(
    path
    for folder in ("portal2fa", "steps", "fixtures")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".js", ".toml", ".j2", ".css", ".c", ".json")
    and path.parent != ROOT / "fixtures/profiles"
)
PARTS = ("django", "flask", "pgadmin4", "privacy-idea", "twenty-one")
"""Packages and themes of the products, and other ways to write their names."""
OURS = r"(?i)reference portal|harbour"
SAME_WORDS = {"documented": "the help text", "reference": "the help text", "whmcs-six": "whmcs"}
"""Profiles that share their words by intention."""
EVERYDAY = {
    "account security",
    "authentication code",
    "back to",
    "contact us",
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
TERMS = {
    "active": "said of whatever is on",
    "back": "leads back on any site",
    "enroll": "to register an authenticator, as many makers of them say",
    "enrollment": "the noun to it",
    "incorrect": "an everyday word for wrong",
    "navigation": "what leads through a site, as HTML and ARIA call it",
    "next": "leads on on any site",
    "otp": "one-time password, as RFC 4226 and RFC 6238 abbreviate it",
    "resend": "an everyday word for sending again",
    "tan": "transaction number: one of a list of codes that each count once, as banks hand them out",
    "temporarily": "an everyday word for a pause",
    "validate": "an everyday word for checking",
    "yes": "an everyday word for agreeing",
}
"""Single words that one shipped product has, and why they are not that product's own."""


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


def names() -> re.Pattern[str]:
    """Every product under test and every stand-in, as words: an underscore ends one, a letter or a digit does not."""
    profiles = list(ROOT.glob("tests/portals/*/profile.toml"))
    told = {path.parent.name for path in profiles}
    told |= {tomllib.loads(path.read_text("utf-8"))["name"] for path in profiles}
    told |= {path.parent.name for path in ROOT.glob("tests/stand_ins/*/__main__.py")}
    assert len(told) > len(profiles) > 0
    longest_first = sorted({*told, *PARTS}, key=len, reverse=True)
    either = "|".join("[-_ .]?".join(re.split("[-_]", name)) for name in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)


def test_no_product_is_named() -> None:
    known = names()
    found = {str(path.relative_to(ROOT)): known.findall(path.read_text("utf-8")) for path in CODE}
    assert set(FILES) <= set(CODE)
    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize("named", ["the WHMCS menu", "_pgadmin_4", "twenty_one", "Flask-Security", "a.django.b"])
def test_a_name_is_noticed_as_a_word_of_its_own(named: str) -> None:
    assert names().search(named)


@pytest.mark.parametrize("other", ["flasks", "djangonaut", "a twenty-oner", "whmcs2fa", "private idea"])
def test_a_part_of_another_word_is_no_name(other: str) -> None:
    assert not names().search(other)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_draft_does_not_speak_of_our_own_portal(path: Any) -> None:
    assert re.findall(OURS, path.read_text("utf-8")) == []


def test_no_place_or_css_of_a_profile_is_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FILES if path.suffix != ".toml")
    own: set[str] = set()
    for path in shipped(ROOT).values():
        profile = tomllib.loads(path.read_text("utf-8"))
        places = [p for said in profile.get("places", {}).values() for p in ([said] if isinstance(said, str) else said)]
        css = re.findall(r'css = "([^"]+)"', path.read_text("utf-8"))
        own |= {word for word in (*places, *css) if len(word) > 2 and "otpauth:" not in word}
    assert {word for word in own if f'"{word}"' in code or f"'{word}'" in code} == set()


def marks(css: str) -> set[str]:
    """Ids, classes and attribute values of a selector; texts are words, and held to the vocabulary."""
    bare = re.sub(r":(?:has-text|text-is|text)\([^)]*\)", "", css)
    named = re.findall(r"[#.]([A-Za-z_][\w-]*)", re.sub(r"""(["']).*?\1""", "", bare))
    return {*named, *re.findall(r"""=["']([^"']+)["']""", bare)}


def test_the_marks_of_a_selector_are_its_ids_classes_and_attribute_values() -> None:
    css = "#box .row:has-text('a.b') > input[name='pw'], a[href*=\"/x.y\"]"
    assert marks(css) == {"box", "row", "pw", "/x.y"}


def test_no_id_class_or_attribute_value_of_a_profile_is_in_the_heuristics() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FILES if path.suffix != ".toml")
    own: set[str] = set()
    for path in shipped(ROOT).values():
        own |= set[str]().union(*map(marks, re.findall(r'css = "((?:[^"\\]|\\.)+)"', path.read_text("utf-8"))))
    telling = {mark for mark in own if not re.fullmatch("[a-z]+", mark)}  # a single word is anybody's
    assert len(telling) > 10
    found = {mark for mark in telling if re.search(rf"(?<![\w-]){re.escape(mark)}(?![\w-])", code)}
    assert found == {"otpauth:"}  # the scheme of what a QR code holds: no portal's own


def test_no_word_and_no_phrase_is_the_label_of_one_product_only() -> None:
    products = said_by()
    private = {}
    for phrase in {p for languages in load().topics.values() for p in languages["en"]}:
        who = {name for name, said in products.items() if any(f" {phrase} " in f" {words} " for words in said)}
        if len(who) == 1 and who != {"the help text"}:
            private[phrase] = who
    excused = EVERYDAY | set(TERMS)
    assert set(private) - excused == set(), private
    assert excused - set(private) == set()  # nothing is excused that need not be
