"""Backup codes are told from other words, and their pattern from the codes."""

from __future__ import annotations

import re

import pytest

from portal2fa.drafting.codes import backup_codes, pattern_of
from portal2fa.drafting.vocabulary import load
from tests.drafting.pages import element, page


def test_the_code_is_read_from_a_field_that_cannot_be_written_to() -> None:
    shown = page(
        element("heading", "Two-factor authentication is on"),
        element("field", "Backup code", value="ABCD-EFG1-HIJ2-KLM3"),
    )
    codes, elements = backup_codes(shown, load())
    assert codes == ["ABCD-EFG1-HIJ2-KLM3"]
    assert elements[0].label == "Backup code"


def test_all_codes_of_a_list_are_read() -> None:
    items = [element("text", code) for code in ("abcdefg2", "hijklmn3", "opqrstu4")]
    assert backup_codes(page(element("heading", "Backup tokens"), *items), load())[0] == [
        "abcdefg2",
        "hijklmn3",
        "opqrstu4",
    ]


def test_words_with_a_hyphen_are_no_codes_and_neither_is_the_secret() -> None:
    shown = page(
        element("heading", "Backup codes"), element("text", "Two-factor set-up"), element("text", "GEZDGNBVGY3TQOJQ")
    )
    assert backup_codes(shown, load(), secrets=["GEZDGNBVGY3TQOJQ"])[0] == []


def test_the_name_of_an_icon_is_no_code() -> None:
    shown = page(element("heading", "Backup codes"), element("text", "settings", concealed=True))
    assert backup_codes(shown, load())[0] == []
    codes = [element("text", code, concealed=True) for code in ("493021", "771345")]  # in a dialog that stays hidden
    assert backup_codes(page(*shown.elements, *codes), load())[0] == ["493021", "771345"]


def test_what_was_asked_for_is_read_where_no_word_tells_what_it_is() -> None:
    shown = page(element("text", "#0: 493021"), element("text", "#1: 771345"))
    assert backup_codes(shown, load())[0] == []
    assert backup_codes(shown, load(), asked_for=True)[0] == ["493021", "771345"]


def test_a_code_in_groups_with_spaces_is_read_where_it_is_to_be_kept_safe() -> None:
    advice = element("text", "Write it on paper and keep it safe.")
    shown = page(element("heading", "Complete!"), element("text", "4c1d 77ab 0e9f k2m8"), advice)
    assert backup_codes(shown, load())[0] == ["4c1d 77ab 0e9f k2m8"]
    assert backup_codes(page(element("text", "4c1d 77ab 0e9f k2m8")), load())[0] == []
    assert backup_codes(page(element("text", "sluh zwxr ogvg zwjm"), advice), load())[0] == ["sluh zwxr ogvg zwjm"]


@pytest.mark.parametrize("text", ["Keep this code safe", "with this code", "code 1234", "keep 2 of them safe"])
def test_words_are_no_groups_of_a_code(text: str) -> None:
    assert backup_codes(page(element("text", "Keep it safe"), element("text", text)), load())[0] == []


def test_without_a_word_of_backup_codes_nothing_is_one() -> None:
    assert backup_codes(page(element("text", "abcd-1234-efgh")), load())[0] == []


@pytest.mark.parametrize(
    ("codes", "other", "not_one"),
    [
        (["ABCD-EFG1-HIJ2-KLM3"], "ZZZZ-0000-YYYY-9999", "ZZZZ-0000-YYYY"),
        (["12345678", "23456789"], "00000000", "0000000a"),
        (["00ff-11aa-22bb"] * 4, "dead-beef-0000", "dead-beef"),
        (["4c1d 77ab 0e9f k2m8"], "zzzz 0000 yyyy 9999", "zzzz-0000-yyyy-9999"),
    ],
)
def test_the_pattern_matches_codes_of_the_same_shape_only(codes: list[str], other: str, not_one: str) -> None:
    assert re.fullmatch(pattern_of(codes), codes[0])
    assert re.fullmatch(pattern_of(codes), other)
    assert not re.fullmatch(pattern_of(codes), not_one)
