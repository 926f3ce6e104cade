"""Every variation is declared, done and described, and its profile says what differs and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_files import load_target, shipped
from portal2fa.profile_locator import Locator
from portal2fa.variations import Variation, load_variations
from reference_server.faults.catalogue import BadCatalogue
from reference_server.faults.families import all_faults
from reference_server.variations import served

ROOT = Path(__file__).parents[3]
FOLDER = served.CATALOGUE.parent
KNOWN = load_variations(served.CATALOGUE)
each = pytest.mark.parametrize("variation", KNOWN, ids=lambda one: one.id)


def test_both_sides_read_the_same_catalogue() -> None:
    assert [one.id for one in KNOWN] == served.declared()
    assert len(KNOWN) >= 20
    assert not {one.id for one in KNOWN} & set(all_faults())


def test_no_module_and_no_profile_is_left_over() -> None:
    modules = {path.stem.replace("_", "-") for path in FOLDER.glob("*.py")} - {"--init--", "served", "tools"}
    assert modules == {one.id for one in KNOWN}
    profiles = {path for path in (FOLDER / "profiles").iterdir()}
    assert {str(path) for path in profiles} == {one.profile for one in KNOWN if one.profile != "reference"}


def test_one_that_nobody_has_done_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "declared", lambda: ["dark-theme", "no-such-thing"])
    with pytest.raises(BadCatalogue, match="no_such_thing"):
        served.all_variations()


@each
def test_the_profile_can_be_used_and_stands_on_the_reference(variation: Variation) -> None:
    profile = load_target(variation.profile, ROOT).profile
    assert profile.start is not None
    assert profile.accounts.kind == profile.clock.kind == "control"
    if variation.profile != "reference":
        assert tomllib.loads(Path(variation.profile).read_text("utf-8"))["extends"] == "reference"
        assert profile.name == variation.id


@each
def test_the_profile_says_nothing_that_its_base_says_already(variation: Variation) -> None:
    if variation.profile == "reference":
        return
    base: dict[str, Any] = {}
    for name in ("documented", "reference"):
        base |= tomllib.loads(shipped(ROOT)[name].read_text("utf-8"))
    own = tomllib.loads(Path(variation.profile).read_text("utf-8"))
    tables = {name: table for name, table in own.items() if isinstance(table, dict)}
    repeated = [
        f"{name}.{key}"
        for name, table in tables.items()
        for key, value in table.items()
        if base.get(name, {}).get(key) == value and name != "mailbox"  # which is replaced whole
    ]
    assert tables
    assert repeated == []


@each
def test_the_profile_calls_everything_as_the_portal_does(variation: Variation) -> None:
    """A word that the portal says otherwise is nowhere in the profile: no scenario has to find that out."""
    profile = load_target(variation.profile, ROOT).profile
    said = {text for table in (profile.controls, profile.notices) for text in words(list(table.values()))}
    otherwise = {old for old, new in served.all_variations()[variation.id].words.items() if old != new}
    assert len(said) > 50  # else nothing was compared
    assert said & otherwise == set()


def words(entry: object) -> Iterator[str]:
    """What an entry of a profile has to be called on the page."""
    if isinstance(entry, Locator):
        yield from (text for text in (entry.name, entry.label, entry.text) if text)
        yield from words(entry.within)
    if isinstance(entry, list | tuple):
        for one in entry:
            yield from words(one)
