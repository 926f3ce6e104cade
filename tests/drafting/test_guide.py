"""`--guide` from the command line to the file: who is asked points it out, and the walk goes on as with all else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.clock import wall
from portal2fa.drafting import goals
from portal2fa.drafting.scoring import Goal
from tests.drafting.shop import Shop
from tests.drafting.shopping import ANA, ROOT, Shopper
from tests.drafting.wordings import ENGLISH

ODD = "Qwrt"
"""What nobody could guess."""
POINTING_OUT = Path(__file__).parent / "pointing_out.py"
ASKED = (
    goals.TO_SIGN_IN,
    goals.SIGN_IN,
    goals.ENABLE,
    goals.CODE,
    goals.BACKUP_FIELD,
    goals.CONFIRM,
    goals.DISABLE,
)
"""What a person is asked for, beside the steps to the settings and to a method."""


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A shop that calls the way to its client area as nobody else does."""
    opened = Shop(replace(ENGLISH, client_area=ODD), ANA, wall)
    yield opened
    opened.close()


def test_what_is_not_found_is_asked_for_and_walked_like_the_rest(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PERSON_CLICKS", ODD)
    ana = Shopper(shop, tmp_path, POINTING_OUT)
    ended = ana.draft("--guide")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    questions = [line for line in ended.stderr.splitlines() if line.startswith("Click ")]
    assert questions == [f"Click {goals.TO_SIGN_IN.what}, or press Skip (Esc)."]
    profile = tomllib.loads(ana.file.read_text("utf-8"))
    assert profile["controls"]["client_area"] == {"role": "link", "name": ODD}
    assert profile["paths"]["client_area"] == ["client_area"]
    assert "a person pointed at it" in ana.file.with_suffix(".html").read_text("utf-8")
    assert not shop.on


def test_without_it_the_command_ends_there_and_names_it(shop: Shop, tmp_path: Path) -> None:
    ended = Shopper(shop, tmp_path).draft()
    assert ended.returncode == 3, ended.stdout + ended.stderr
    assert "--guide" in ended.stderr


@pytest.mark.parametrize("goal", ASKED, ids=lambda goal: goal.what)
def test_the_page_says_what_is_asked_for(goal: Goal) -> None:
    page = (ROOT / "docs" / "your-portal.md").read_text("utf-8")
    assert goal.what in page.partition("It asks for ")[2].partition("\n")[0]
