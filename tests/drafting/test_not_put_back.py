"""Where a draft cannot put the account back, nothing that was learnt is lost, and what the hint says truly works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import tomlkit

from tests.drafting.shop import SECRET
from tests.drafting.shopping import Shopper, shopper
from tests.drafting.wordings import ENGLISH


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Shopper]:
    """Ana at a shop where the second factor cannot be switched off."""
    with shopper(ENGLISH, tmp_path) as found:
        found.shop.stuck = True
        yield found


@pytest.fixture
def partial(ana: Shopper) -> Path:
    """What was drafted until the account could not be put back."""
    ended, file = ana.draft(), ana.file.with_name("shop.partial.toml")
    assert ended.returncode == 4, ended.stderr
    assert ana.shop.on
    assert not ana.file.exists()
    assert f"restore --target {file}" in ended.stderr
    return file


def test_the_same_command_puts_the_account_back(ana: Shopper, partial: Path) -> None:
    assert SECRET not in partial.read_text("utf-8") + partial.with_suffix(".html").read_text("utf-8")
    ana.shop.stuck = False
    ended = ana.draft()
    assert ended.returncode == 0, ended.stderr
    assert not ana.shop.on
    assert ana.forgotten


def test_with_its_gaps_filled_the_partial_profile_is_enough_to_restore(ana: Shopper, partial: Path) -> None:
    refused = ana.call("restore", "--target", str(partial))
    assert refused.returncode == 2, refused.stdout
    assert "notices.time_based_asked: is missing" in refused.stderr
    profile = tomlkit.parse(partial.read_text("utf-8"))
    profile["capabilities"]["turn_off"] = True
    profile["controls"]["disable"] = {"role": "button", "name": ENGLISH.disable}
    profile["notices"]["time_based_asked"] = {"label": ENGLISH.code}
    profile["notices"]["off"] = {"text": ENGLISH.off}
    profile["notices"]["turned_off"] = {"text": ENGLISH.turned_off}
    profile["paths"]["turn_off"] = ["disable"]
    partial.write_text(tomlkit.dumps(profile), "utf-8")
    ana.shop.stuck = False
    ended = ana.call("restore", "--target", str(partial))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not ana.shop.on
    assert ana.forgotten
