"""Backup codes as one more thing to add to a list: found by their name, and taken away in a row of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.clock import wall
from tests.drafting.listed_codes_shop import ListedCodesShop
from tests.drafting.shopping import ANA, Shopper
from tests.drafting.wordings import ENGLISH


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The draft of a shop that lists backup codes beside authenticators, whose list is empty again."""
    folder: Path = tmp_path_factory.mktemp("codes")
    shop = ListedCodesShop(ENGLISH, ANA, wall)
    ana = Shopper(shop, folder)
    try:
        ended = ana.draft()
        assert shop.listed == (), ended.stdout + ended.stderr
        assert ana.forgotten
        assert "using the draft" not in ended.stdout, ended.stdout  # the walk by the draft alone met no problem
        yield tomllib.loads(ana.file.read_text("utf-8"))
    finally:
        shop.close()


def test_the_codes_are_chosen_and_unfolded(profile: dict[str, Any]) -> None:
    assert profile["capabilities"]["backup_code"]
    way = ["close", "methods_list", "backup_codes", "get_started", "code_list"]
    assert profile["paths"]["show_backup_code"] == way
    assert profile["controls"]["backup_codes"] == {"role": "option", "name": "Backup codes"}
    assert profile["controls"]["backup_code"] == {"css": "#codes > span"}


def test_they_go_where_the_codes_of_the_app_go(profile: dict[str, Any]) -> None:
    filled = [profile["paths"][f"sign_in_{what}"][0]["fill"] for what in ("time_based", "backup_code")]
    assert profile["controls"][filled[0]] == profile["controls"][filled[1]]


def test_each_row_is_taken_away_by_itself(profile: dict[str, Any]) -> None:
    way = [
        "disable_time_based",
        "disable",
        {"see": "time_based_gone"},
        "disable_codes",
        "disable",
        {"see": "question_gone"},
    ]
    assert profile["paths"]["turn_off_time_based"] == way
    assert "turn_off" not in profile["paths"]
    row = {"css": 'tr:has-text("Phone app")'}
    remove = {"role": "button", "name": "Remove authenticator", "within": row}
    assert profile["controls"]["disable_time_based"] == remove


def test_a_method_is_gone_with_the_list_or_from_it(profile: dict[str, Any]) -> None:
    empty, without = profile["notices"]["turned_off_time_based"]
    assert empty == {"role": "heading", "name": "No authenticators so far"}
    on = profile["notices"]["on"]["text"]
    assert without == {"css": f'body:has(tr:has-text("{on}")):not(:has(tr:has-text("Phone app")))'}


def test_another_method_can_be_added_beside_it(profile: dict[str, Any]) -> None:
    assert profile["methods"]["together"]
