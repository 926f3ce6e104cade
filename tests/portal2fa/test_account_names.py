"""An account's name in a text: as words of its own."""

from __future__ import annotations

import pytest

from portal2fa.profile_accounts import Account


def named(name: str) -> Account:
    return Account(username="x", password="p", name=name)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Ana", "Hello, Ana!", True),
        ("Ana", "Analytics", False),
        ("Ana", "Diana", False),
        ("Ana (home)", "Ana (home)", True),
        ("", "Ana", False),
        (" ", "Ana Lim", False),
        ("林美", "ようこそ林美さん", True),
        ("Ana", "Anaさん", True),
        ("Özge", "Özgekent", False),
    ],
)
def test_a_name_is_found_as_words(name: str, text: str, found: bool) -> None:
    assert named(name).is_named_in(text) is found


@pytest.mark.parametrize(
    ("name", "other", "text", "found"),
    [
        ("Ana", "Ana Lim", "Ana Lim", False),
        ("Ana", "Ana Lim", "Ana Lim, Ana", True),
        ("Ana Lim", "Ana", "Ana Lim", True),
        ("Ana Lim", "", "Ana Lim", True),
        ("Ana", "Ana", "Ana", True),
    ],
)
def test_a_name_inside_the_others_is_not_beside_it(name: str, other: str, text: str, found: bool) -> None:
    assert named(name).named_beside(named(other), text) is found
