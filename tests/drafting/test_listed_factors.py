"""Settings that list what sign-in asks for: known by where they lead, whatever they call it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.clock import wall
from tests.drafting.listed_shop import ADD, LIST, ListedShop
from tests.drafting.shopping import ANA, Shopper
from tests.drafting.wordings import ENGLISH


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The draft of a shop with a list of authenticators, whose factor is off again."""
    folder: Path = tmp_path_factory.mktemp("listed")
    shop = ListedShop(ENGLISH, ANA, wall)
    ana = Shopper(shop, folder)
    try:
        ended = ana.draft()
        assert not shop.on, ended.stdout + ended.stderr
        assert ana.forgotten
        assert "using the draft" not in ended.stdout, ended.stdout  # the walk by the draft alone met no problem
        yield tomllib.loads(ana.file.read_text("utf-8"))
    finally:
        shop.close()


def test_the_list_is_the_settings_and_the_page_beside_it_the_client_area(profile: dict[str, Any]) -> None:
    assert profile["places"]["security_settings"] == profile["places"]["two_factor"] == LIST
    assert profile["places"]["client_area"] == ADD
    assert profile["controls"]["security_settings"] == {"role": "link", "name": "All authenticators"}
    assert profile["paths"]["two_factor"] == []


def test_a_method_is_an_option_of_a_list_that_goes_by_what_is_chosen_in_it(profile: dict[str, Any]) -> None:
    assert profile["paths"]["enable"] == ["enable", {"see": "fresh_list"}, "methods_list"]
    assert profile["controls"]["fresh_list"] == {"role": "combobox", "name": "Mail"}
    chosen = [{"role": "combobox", "name": name} for name in ("Mail", "Phone app")]
    assert profile["controls"]["methods_list"] == chosen
    assert profile["controls"]["time_based"] == {"role": "option", "name": "Phone app"}
    assert profile["notices"]["time_based_chosen"] == chosen[1]
    assert profile["paths"]["start_time_based"] == ["time_based", "get_started"]


def test_the_key_stands_behind_what_opens_it(profile: dict[str, Any]) -> None:
    assert profile["paths"]["show_manual_key"] == ["key"]
    assert profile["capabilities"]["manual_key"]


def test_on_and_off_are_told_by_what_is_listed(profile: dict[str, Any]) -> None:
    assert profile["notices"]["off"] == {"role": "heading", "name": "No authenticators so far"}
    assert profile["notices"]["on"] == {"text": ENGLISH.on}
    headings = [{"role": "heading", "name": name} for name in ("No authenticators so far", "Your authenticators")]
    assert profile["notices"]["security_settings"] == headings


def test_the_question_before_it_is_removed_is_answered_in_its_dialog(profile: dict[str, Any]) -> None:
    assert profile["paths"]["turn_off"] == ["disable", "disable_2"]
    names = [profile["controls"][name]["name"] for name in ("disable", "disable_2")]
    assert names == ["Remove authenticator", "Remove"]
