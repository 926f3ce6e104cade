"""docs/profiles.md has every table, key, default and name of the profile language, and none that does not exist."""

from __future__ import annotations

import re
import tomllib
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from portal2fa import profile, profile_checks
from portal2fa.profile_files import load_target, shipped
from tests.docs.pages import PAGES, ROOT, bare, blocks, page, section, tables

PROFILES = page("docs/profiles.md")
PLACES = dict.fromkeys(profile_checks.PLACES, profile_checks._ALWAYS)
MODELS: list[tuple[type[BaseModel], str, int]] = [
    (profile.Profile, "Top of the file", 0),
    (profile.Start, "`[start]`", 0),
    (profile.Accounts, "`[accounts]`", 0),
    (profile.Account, "`[accounts]`", 1),
    (profile.Mailbox, "`[mailbox]`", 0),
    (profile.Clock, "`[clock]`", 0),
    (profile.Timing, "`[timing]`", 0),
    (profile.BackupCodes, "`[backup_codes]`", 0),
    (profile.Capabilities, "`[capabilities]`", 0),
    (profile.Locator, "`[controls]`", 0),
    (profile.Action, "`[paths]`", 0),
]
"""Each model with the section and the number of the table that describes it."""


def model_keys(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Key and default of each field, as a person writes them; tables and absent things are left to words."""
    return [(field.alias or name, default(field.default)) for name, field in model.model_fields.items()]


def default(value: object) -> str:
    """A default in TOML; a word for what has none there."""
    if value is PydanticUndefined:
        return "required"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f"`'{value}'`" if "\\" in value or "{" in value else f'`"{value}"`'
    if value == ():
        return "`[]`"
    return f"`{value}`" if isinstance(value, int | float) else "in words"


@pytest.mark.parametrize(("model", "title", "number"), MODELS, ids=lambda value: getattr(value, "__name__", None))
def test_every_key_is_there_with_its_default_and_a_meaning(model: type[BaseModel], title: str, number: int) -> None:
    rows = tables(section(PROFILES, title))[number]
    written = [(bare(key), said) for key, said, _ in rows]
    real = model_keys(model)
    assert [key for key, _ in written] == [key for key, _ in real]
    for (key, said), (_, wanted) in zip(written, real, strict=True):
        assert wanted in (said, "in words"), key
        assert wanted != "in words" or not said.startswith(("`", "required")), key
    assert all(meaning for *_, meaning in rows)


@pytest.mark.parametrize(("model", "title", "number"), MODELS, ids=lambda value: getattr(value, "__name__", None))
def test_every_table_is_introduced_in_the_words_of_the_model(model: type[BaseModel], title: str, number: int) -> None:
    first = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    assert first in " ".join(section(PROFILES, title).split())


def test_no_model_is_left_out() -> None:
    every = {
        found
        for found in vars(profile).values()
        if isinstance(found, type) and issubclass(found, BaseModel) and found.__module__ == profile.__name__
    }
    assert {model.__name__ for model in every if not model.__name__.startswith("_")} == {m.__name__ for m, *_ in MODELS}


def names(required: dict[str, str], optional: tuple[str, ...] = ()) -> dict[str, str]:
    """What the page has to say about when each name is needed."""
    reasons = {name: "always" if why == profile_checks._ALWAYS else f"`{why}`" for name, why in required.items()}
    return reasons | dict.fromkeys(optional, "optional")


@pytest.mark.parametrize(
    ("title", "number", "wanted"),
    [
        (
            "`[places]`",
            0,
            names(PLACES, profile_checks.OPTIONAL_PLACES),
        ),
        ("`[controls]`", 1, names(profile_checks.CONTROLS)),
        ("`[notices]`", 0, names(profile_checks.NOTICES)),
        ("`[paths]`", 1, names(profile_checks.PATHS, profile_checks.OPTIONAL_PATHS)),
    ],
)
def test_every_name_is_there_with_when_it_is_needed(title: str, number: int, wanted: dict[str, str]) -> None:
    rows = tables(section(PROFILES, title))[number]
    assert {bare(name): needed for name, needed, _ in rows} == wanted
    assert all(meaning for *_, meaning in rows)


@pytest.mark.parametrize("model", [profile.Accounts, profile.Mailbox, profile.Clock])
def test_every_kind_is_named(model: type[BaseModel]) -> None:
    title = next(title for other, title, _ in MODELS if other is model)
    said = next(meaning for key, _, meaning in tables(section(PROFILES, title))[0] if bare(key) == "kind")
    kinds = typing.get_args(model.model_fields["kind"].annotation)
    assert set(re.findall(r"`(\w+)`(?=:)", said)) == set(kinds)


def test_the_step_by_step_page_names_all_kinds_there_are() -> None:
    said = next(line for line in page("docs/your-portal.md").splitlines() if line.startswith("Those are all kinds"))
    mailboxes, clocks = (typing.get_args(m.model_fields["kind"].annotation) for m in (profile.Mailbox, profile.Clock))
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
def test_every_example_of_a_table_has_only_keys_of_that_table(piece: str) -> None:
    [(table, said)] = tomllib.loads(piece).items()
    models = {title.strip("`[]"): model for model, title, number in MODELS if number == 0}
    if table in ("controls", "notices"):
        for entry in said.values():
            for locator in entry if isinstance(entry, list) else [entry]:
                profile.Locator.model_validate(locator)
    elif table == "paths":
        for action in (action for actions in said.values() for action in actions if isinstance(action, dict)):
            profile.Action.model_validate(action)
    elif table == "places":
        assert set(said) <= {*profile_checks.PLACES, *profile_checks.OPTIONAL_PLACES}
    elif table == "capabilities":
        assert set(said) <= set(profile.Capabilities.model_fields)
    else:
        models[table].model_validate(said)
