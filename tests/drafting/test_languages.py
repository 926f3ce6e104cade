"""A draft of a shop in each language of the vocabulary: labelled in words of which no shipped profile knows one."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

from portal2fa.profile_files import find_root, shipped
from tests.drafting.shop import Words
from tests.drafting.shopping import shopper
from tests.drafting.wordings import SHOPS

QUICK = ("ms", "ja", "ar")
"""What is tried every time: Latin letters, no spaces, from right to left; other tests draft shops in English."""


def in_words(locator: dict[str, str]) -> str:
    """The words by which a locator points at something."""
    return next(locator[way] for way in ("name", "label", "text") if way in locator)


def test_the_words_are_those_of_no_shipped_profile() -> None:
    profiles = "\n".join(path.read_text("utf-8") for path in shipped(find_root()).values()).casefold()
    said = {word for words in SHOPS.values() for word in dataclasses.astuple(words) if len(word) > 2}
    assert {word for word in said if f'"{word}"'.casefold() in profiles} == set()


@pytest.mark.parametrize(
    "words",
    [pytest.param(words, marks=() if name in QUICK else pytest.mark.portals_long) for name, words in SHOPS.items()],
    ids=list(SHOPS),
)
def test_everything_is_found_and_proven(words: Words, tmp_path: Path) -> None:
    with shopper(words, tmp_path) as ana:
        ended = ana.draft()
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert not ana.shop.on
    profile = tomllib.loads(ana.file.read_text("utf-8"))
    assert "# GAP " not in ana.file.read_text("utf-8")
    named = {name: in_words(said) for name, said in profile["controls"].items()}
    assert named == {
        "client_area": words.client_area,
        "username": words.username,
        "password": words.password,
        "sign_in": words.sign_in,
        "name": "{name}",
        "security_settings": words.security,
        "two_factor": words.two_factor,
        "enable": words.enable,
        "time_based": words.enable,
        "qr_code": "QR",
        "manual_key": words.key,
        "app_code": words.code,
        "confirm": words.confirm,
        "cancel": words.cancel,
        "backup_code": words.backup_code,
        "done": words.done,
        "verify": words.confirm,
        "use_backup_code": words.use_backup_code,
        "backup_code_field": words.backup_code,
        "sign_in_with_backup_code": words.confirm,
        "disable": words.disable,
        "log_out": words.sign_out,
    }
    told = {name: in_words(said) for name, said in profile["notices"].items()}
    assert told == {
        "sign_in_form": words.sign_in,
        "sign_in_refused": words.wrong_password,
        "signed_in": "{name}",
        "security_settings": words.security,
        "choice": words.enable,
        "off": words.off,
        "on": words.on,
        "announced_on": words.on,
        "time_based_started": "QR",
        "time_based_refused": words.wrong_code,
        "time_based_asked": words.code,
        "time_based_sign_in_refused": words.wrong_code,
        "backup_code_refused": words.wrong_code,
        "safe_advice": words.advice,
        "turned_off": words.turned_off,
    }
    assert profile["paths"]["turn_off"] == ["disable"]
    assert profile["paths"]["sign_out"] == ["name", "log_out"]
