"""The words by which portals call things, in nine languages, and how well a text fits a topic."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WITHOUT_SPACES = re.compile(r"[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Arabic, whose prefixes join the word, and scripts that put no spaces between words."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a text fits a topic: `share` of the text (0 to 1) that the `phrase` in `language` makes up."""

    share: float
    phrase: str
    language: str


NO_FIT = Fit(0.0, "", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by topic and language, in their plain form."""

    topics: Mapping[str, Mapping[str, tuple[str, ...]]]

    def fit(self, topic: str, text: str) -> Fit:
        """The phrase of `topic` that makes up most of `text`; raises `KeyError` for an unknown topic."""
        bare = plain(text)
        found = [
            Fit(len(phrase) / len(bare), phrase, language)
            for language, phrases in self.topics[topic].items()
            for phrase in phrases
            if _holds(bare, phrase)
        ]
        return max(found, key=lambda fit: fit.share, default=NO_FIT)

    def says(self, topic: str, text: str) -> bool:
        """Whether a phrase of `topic` stands anywhere in `text`."""
        bare = plain(text)
        return any(_holds(bare, phrase) for phrases in self.topics[topic].values() for phrase in phrases)


def plain(text: str) -> str:
    """A text in small letters without accents, punctuation and superfluous spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) or _WITHOUT_SPACES.match(c))
    composed = unicodedata.normalize("NFC", kept)
    return " ".join("".join(c if c.isalnum() else " " for c in composed).split())


def _holds(bare: str, phrase: str) -> bool:
    if _WITHOUT_SPACES.search(phrase):
        return phrase in bare
    return f" {phrase} " in f" {bare} "


@cache
def load() -> Vocabulary:
    """The vocabulary that comes along."""
    table = tomllib.loads(files("portal2fa.drafting").joinpath("vocabulary.toml").read_text("utf-8"))
    return Vocabulary(
        {
            topic: {language: tuple(map(plain, phrases)) for language, phrases in languages.items()}
            for topic, languages in table.items()
        }
    )
