"""Patterns made of what is shown: they find it, and hold nothing of it."""

from __future__ import annotations

import re

import pytest

from fixtures.authenticator import normal_secret
from portal2fa.doctor_hints import look_at
from portal2fa.doctor_shapes import codes_pattern, key_pattern
from portal2fa.profile import Profile

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("shown", "pattern", "codes"),
    [
        ("7K2M-9QXA-B3CD-W8YZ", r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b", ["7K2M-9QXA-B3CD-W8YZ"]),
        ("48201937\n19374820", r"\b[0-9]{8}\b", ["48201937", "19374820"]),
        ("Your code: 4a7b-91c2", r"\b[a-z0-9]{4}(?:-[a-z0-9]{4}){1}\b", ["4a7b-91c2"]),
    ],
)
def test_a_pattern_for_backup_codes_has_their_shape_alone(shown: str, pattern: str, codes: list[str]) -> None:
    found = codes_pattern([shown])
    assert (found, re.findall(found, shown)) == (pattern, codes)


def test_where_nothing_looks_like_a_code_no_pattern_is_made() -> None:
    assert codes_pattern(["Keep this page in a safe place.", ""]) == ""


def grouped(size: int, between: str) -> str:
    return between.join(SECRET[start : start + size] for start in range(0, len(SECRET), size))


@pytest.mark.parametrize(
    ("shown", "pattern"),
    [
        (SECRET, r"\b[A-Z2-7]{32}\b"),
        (f"Your key is {grouped(4, ' ')}.", r"\b[A-Z2-7]{4}(?:\s[A-Z2-7]{4}){7}\b"),
        (grouped(8, "-"), r"\b[A-Z2-7]{8}(?:-[A-Z2-7]{8}){3}\b"),
        (grouped(10, " ").lower(), r"\b[a-z2-7]{10}\s[a-z2-7]{10}\s[a-z2-7]{10}\s[a-z2-7]{2}\b"),
    ],
)
def test_a_pattern_for_a_key_finds_the_secret_and_holds_nothing_of_it(shown: str, pattern: str) -> None:
    found = key_pattern(shown, SECRET)
    assert found == pattern
    match = re.search(found, shown)
    assert match is not None
    assert normal_secret(match[0]) == SECRET


def test_where_the_secret_is_not_shown_no_pattern_is_made() -> None:
    assert key_pattern("GEZD GNBV", SECRET) == ""


def test_there_is_something_to_look_at_for_every_table_of_entries() -> None:
    tables = {"controls", "notices", "paths", "places", "accounts", "capabilities", "mailbox", "timing", "clock"}
    assert tables | {"backup_codes", "manual_key"} <= set(Profile.model_fields)
    for table in (*tables, "backup_codes", "manual_key"):
        assert look_at(f"{table}.something")
    assert look_at("accounts.pool[0].password") == look_at("accounts")
    assert look_at("portal") == ""
