"""The words of nine languages, and how a text fits them."""

from __future__ import annotations

import pytest

from portal2fa.drafting.vocabulary import load, plain

LANGUAGES = {"en", "ms", "de", "fr", "es", "pt", "ja", "zh", "ar"}


def test_every_topic_has_words_in_nine_languages() -> None:
    assert {topic: set(said) for topic, said in load().topics.items()} == dict.fromkeys(load().topics, LANGUAGES)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("two_factor", "Zwei-Faktor-Authentifizierung einrichten"),
        ("two_factor", "二要素認証を有効にする"),
        ("enable", "تفعيل المصادقة الثنائية"),
        ("sign_in", "Iniciar sesión"),
        ("refused", "Le code est erroné."),
        ("security_settings", "Tetapan Keselamatan"),
        ("cancel", "取消"),
        ("password", "Palavra-passe"),
    ],
)
def test_a_text_says_a_topic_whatever_its_case_accents_and_language(topic: str, text: str) -> None:
    assert load().says(topic, text)


@pytest.mark.parametrize(("topic", "text"), [("enable", "Disable"), ("on", "Second"), ("app_method", "Approval")])
def test_a_part_of_a_word_says_nothing(topic: str, text: str) -> None:
    assert not load().says(topic, text)


def test_the_more_of_a_text_a_phrase_makes_up_the_better_it_fits() -> None:
    words = load()
    assert words.fit("cancel", "Cancel").share == 1.0
    assert 0 < words.fit("cancel", "Cancel my order of yesterday").share < 0.5


def test_plain_text_has_no_accents_and_no_punctuation() -> None:
    assert plain("  Schließen, Größe? ") == "schliessen grosse"
