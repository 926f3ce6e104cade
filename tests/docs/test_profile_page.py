"""docs/profiles.md has every table, key, default and name of the profile language, and none that does not exist."""

from __future__ import annotations

import re
import tomllib
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from portal2fa.profile import Narrow, Profile
from portal2fa.profile_accounts import Accounts
from portal2fa.profile_clock import Clock
from portal2fa.profile_files import load_target, shipped
from portal2fa.profile_locator import Action, Locator
from portal2fa.profile_mailbox import Mailbox
from portal2fa.profile_names import OPTIONAL, TABLES
from portal2fa.profile_tables import merge
from tests.docs import profile_page
from tests.docs.pages import PAGES, ROOT, blocks, page, tables

PROFILES = page("docs/profiles.md")


def test_the_tables_are_those_that_the_code_makes() -> None:
    assert profile_page.with_real_tables(PROFILES) == PROFILES, "run: python tests/docs/profile_page.py"


def test_no_table_of_the_language_is_left_out() -> None:
    wanted = [("keys", name) for name in profile_page.MODELS] + [("names", table) for table in TABLES]
    assert sorted(profile_page.described()) == sorted(wanted)


@pytest.mark.parametrize("name", profile_page.MODELS)
def test_every_key_has_a_meaning(name: str) -> None:
    [rows] = tables(profile_page.keys(profile_page.MODELS[name]))
    assert len(rows) == len(profile_page.MODELS[name].model_fields)
    assert all(meaning for *_, meaning in rows)


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (Profile, ("`url`", '`""`')),
        (Profile, ("`start`", "none")),
        (Profile, ("`title`", "required")),
        (Accounts, ("`pool`", "`[]`")),
        (Mailbox, ("`code_pattern`", r"`'(?<![\w.@-])(\d{6})(?![\w@-]|\.\w)'`")),
        (Locator, ("`exact`", "`true`")),
        (Action, ("`with`", '`""`')),
        (Narrow, ("`below`", "required")),
    ],
)
def test_a_default_is_written_as_in_a_profile(model: type[BaseModel], row: tuple[str, str]) -> None:
    assert row in [(key, default) for key, default, _ in tables(profile_page.keys(model))[0]]


def test_a_name_is_said_to_be_needed_when_a_profile_is_refused_without_it() -> None:
    rows = {name: when for name, when, _ in tables(profile_page.names("paths"))[0]}
    assert rows["`sign_in`"] == "always"
    assert rows["`resend`"] == "`resend`"
    assert {name for name, when in rows.items() if when == OPTIONAL} >= {"`prepare`", "`turn_off_email`", "`finish`"}


def test_a_table_that_was_changed_by_hand_is_noticed() -> None:
    assert profile_page.with_real_tables(PROFILES.replace("how reports call", "how people call")) == PROFILES


@pytest.mark.parametrize("model", [Accounts, Mailbox, Clock])
def test_every_kind_is_named(model: type[BaseModel]) -> None:
    said = next(meaning for key, _, meaning in tables(profile_page.keys(model))[0] if key == "`kind`")
    told = re.findall(r"`(\w+)`(?=[:,])", said)
    assert set(told) == set(typing.get_args(model.model_fields["kind"].annotation))


def test_the_step_by_step_page_names_all_kinds_there_are() -> None:
    said = next(line for line in page("docs/your-portal.md").splitlines() if line.startswith("Those are all kinds"))
    mailboxes, clocks = (typing.get_args(m.model_fields["kind"].annotation) for m in (Mailbox, Clock))
    assert re.findall(r"`(\w+)`", said) == [*mailboxes, *clocks]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_profile_that_is_shown_whole_can_be_used(path: Path, tmp_path: Path) -> None:
    environment = dict.fromkeys(("PORTAL2FA_ANA", "PORTAL2FA_BEN", "PORTAL2FA_MAILDIR"), "made up")
    environment |= dict.fromkeys(("PORTAL2FA_USERNAME", "PORTAL2FA_PASSWORD", "PORTAL2FA_NAME"), "made up")
    for block in blocks(path.read_text("utf-8"), "toml"):
        if "extends =" in block and "url =" in block:
            (tmp_path / "shown.toml").write_text(block, "utf-8")
            assert load_target(str(tmp_path / "shown.toml"), ROOT, environment).profile.name == "ours"


def test_the_targets_that_the_readme_names_can_be_named() -> None:
    said = next(line for line in page("README.md").splitlines() if line.startswith("`--target` takes the name"))
    also = next(line for line in page("README.md").splitlines() if line.startswith("In a checkout the portals"))
    named = {*re.findall(r"`(\w+)`[,)]", said), *re.findall(r"such as `([\w-]+)`", also)}
    assert len(named) == 3
    assert named <= set(shipped(ROOT))


PIECES = [block for block in blocks(PROFILES, "toml") if block.startswith("[")]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.splitlines()[0])
def test_every_example_is_right_in_a_whole_profile(piece: str) -> None:
    """Laid over the documented profile, every example is of the right form; controls in paths may be made up."""
    profile = tomllib.loads((ROOT / "fixtures" / "profiles" / "documented.toml").read_text("utf-8"))
    said = tomllib.loads(piece)
    for locale in said.pop("locales", {}).values():
        profile = merge(profile, locale)
    Profile.model_validate(merge(profile, said))
    for table in {"places", "notices", "paths"} & set(said):
        assert set(said[table]) <= set(TABLES[table])


@pytest.mark.parametrize("addition", ["nth", "aria_hidden", "placeholder", *Action.model_fields, "locales", "screens"])
def test_every_part_of_the_language_has_an_example(addition: str) -> None:
    key = {"value": "with"}.get(addition, addition)
    assert re.search(rf"\b{key}\b(?: =|\.)", "\n".join(PIECES)), key
