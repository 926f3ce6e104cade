"""Settings in a frame of a dialog: found behind a menu, reached by their own address, and told by their rows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fixtures.clock import wall
from tests.drafting.framed_shop import SETTINGS, FramedShop
from tests.drafting.pictured import TABLES, pictures
from tests.drafting.shopping import ANA, Shopper
from tests.drafting.wordings import ENGLISH


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shopper, str]]:
    """Who drafted a shop with framed settings, whose factor is off again, and what the command said in the end."""
    folder: Path = tmp_path_factory.mktemp("framed")
    shop = FramedShop(ENGLISH, ANA, wall)
    ana = Shopper(shop, folder)
    try:
        ended = ana.draft()
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert not shop.on
        assert ana.forgotten
        yield ana, ended.stdout
    finally:
        shop.close()


@pytest.fixture(scope="module")
def profile(drafted: tuple[Shopper, str]) -> dict[str, Any]:
    """The draft."""
    return tomllib.loads(drafted[0].file.read_text("utf-8"))


def test_without_a_mailbox_it_is_said_that_mailed_codes_are_not_drafted(drafted: tuple[Shopper, str]) -> None:
    shopper, said = drafted
    assert "codes by mail were not drafted: no mailbox was given" in said
    assert "--mailbox names one" in shopper.file.read_text("utf-8")


def test_every_entry_that_is_no_gap_shows_what_it_was_decided_from(drafted: tuple[Shopper, str]) -> None:
    shown = pictures(drafted[0].file.with_suffix(".html").read_text("utf-8"))
    assert {key.partition(".")[0] for key in shown} == set(TABLES)
    assert [key for key, size in shown.items() if size is None] == []


def test_what_stands_in_a_frame_is_cropped_like_all_else(drafted: tuple[Shopper, str]) -> None:
    shown = pictures(drafted[0].file.with_suffix(".html").read_text("utf-8"))
    framed, window = shown["notices.security_settings"], shown["places.client_area"]
    assert framed is not None
    assert window is not None
    assert framed[1] < window[1] / 2


def test_the_way_is_walked_and_the_frame_is_reached_by_its_own_address(profile: dict[str, Any]) -> None:
    assert profile["paths"]["open_menu"] == ["name"]
    assert profile["paths"]["security_settings"] == ["security_settings"]
    assert profile["paths"]["two_factor"] == []
    assert profile["places"]["two_factor"] == profile["places"]["security_settings"] == SETTINGS
    heading = {"text": "Ways to sign in", "frame": "iframe[src*='/factors']"}
    assert profile["notices"]["security_settings"] == heading
    assert profile["controls"]["two_factor"] == {"text": "Ways to sign in"}


def test_a_method_is_begun_by_the_button_of_its_row(profile: dict[str, Any]) -> None:
    assert profile["controls"]["enable"] == {"css": "button[name='app'][value='SETUP']"}
    assert profile["controls"]["time_based"] == profile["notices"]["choice"] == {"text": "Authenticator"}
    assert profile["paths"]["start_time_based"] == ["enable"]
    assert profile["paths"]["enable"] == profile["paths"]["choose_time_based"] == []


def test_on_and_off_are_told_by_the_buttons(profile: dict[str, Any]) -> None:
    assert profile["notices"]["on"] == {"role": "button", "name": "Delete"}
    off = "body:not(:has(button[value='DELETE'])) button[value='SETUP']"
    assert profile["notices"]["off"] == {"css": off}
    assert profile["capabilities"]["known_status"]


def test_a_code_is_given_where_what_is_typed_is_not_shown(profile: dict[str, Any]) -> None:
    assert profile["controls"]["app_code"] == {"placeholder": "Passcode of now"}
    assert profile["controls"]["app_code_2"] == {"placeholder": "Passcode"}
