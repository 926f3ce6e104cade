"""The JSON Schema takes every shipped profile as it is written, and refuses what is misspelt."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from portal2fa.cli import _status
from portal2fa.profile_files import find_root, shipped
from portal2fa.profile_names import TABLES
from portal2fa.profile_schema import schema
from tests.docs.pages import blocks, page

ROOT = find_root()
Table = dict[str, Any]
SCHEMA = schema()


def mistakes(table: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(table)]


def test_the_schema_is_one_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", sorted(shipped(ROOT)))
def test_a_shipped_profile_is_right_as_it_is_written(name: str) -> None:
    assert mistakes(tomllib.loads(shipped(ROOT)[name].read_text("utf-8"))) == []


def test_the_profile_that_documentation_shows_is_right() -> None:
    shown = [block for block in blocks(page("docs/your-portal.md"), "toml") if "extends =" in block]
    assert shown
    assert [mistakes(tomllib.loads(block)) for block in shown] == [[] for _ in shown]


# Each row is one typing mistake in a profile that is right.
TYPOS: list[tuple[str, str]] = [
    ('title = "A portal as documented"', 'titel = "A portal as documented"'),
    ('kind = "pool"', 'kind = "pol"'),
    ("password =", "pasword ="),
    ("[timing]", "[timings]"),
    ("answer = 10.0", 'answer = "10"'),
    ("live_chat = true", "life_chat = true"),
    ("cancel = true", 'cancel = "yes"'),
    ("turn_off = true\n", ""),
    ('sign_in = "/sign-in"', 'sing_in = "/sign-in"'),
    ('get_started = { role = "button"', 'get_started = { role = "buton"'),
    ('username = { label = "Email address" }', 'username = { lable = "Email address" }'),
    ('username = { label = "Email address" }', 'username = { label = "Email address", css = "#x" }'),
    ('username = { label = "Email address" }', 'username = "Email address"'),
    ("turned_off = {", "turned_of = {"),
    ("choose_email = [{ choose", "choose_email = [{ chose"),
    ("choose_email = [{", "choose_e_mail = [{"),
    ('enable = ["enable"]', 'enable = "enable"'),
    ('finish = ["done"]', 'finish = [{ press = "done", optinal = true }]'),
]


@pytest.mark.parametrize(("right", "wrong"), TYPOS)
def test_a_typing_mistake_is_refused(right: str, wrong: str) -> None:
    text = shipped(ROOT)["documented"].read_text("utf-8")
    assert right in text
    assert mistakes(tomllib.loads(text)) == []
    assert mistakes(tomllib.loads(text.replace(right, wrong)))


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ('[locales.de]\nlanguage = "de"\n[locales.de.controls]\nenable = { text = "Ein" }', True),
        ("[locales.de.contorls]\nenable = { text = 'Ein' }", False),
        ("[locales.de.notices]\nofff = { text = 'Aus' }", False),
        ("[screens.small.paths]\nenable = ['menu', 'enable']", True),
        ("[screens.small]\nbelow = 100", False),
        ("[mailbox]\nkind = 'imap'\nport = '$MAIL_PORT'", True),
        ("[mailbox]\nkind = 'imap'\nport = 'MAIL_PORT'", False),
        ("[paths]\nenable = [{ key = 'Enter', at = 'code' }, { close = 'page' }]", True),
        ("[paths]\nenable = [{ press = 'a', dialog = 'acept' }]", False),
        ("[controls]\nenable = [{ css = '#a' }, { css = '#b', nth = 2 }]", True),
        ("[controls]\nenable = []", False),
        ("[start]\nseconds = 3", False),
    ],
)
def test_a_profile_that_stands_on_another_is_judged_by_what_it_says(said: str, right: bool) -> None:
    assert (mistakes(tomllib.loads(f'extends = "documented"\n{said}')) == []) == right


def test_without_a_base_all_that_is_required_has_to_be_there(documented: Table) -> None:
    assert mistakes(documented) == []
    documented["screens"] = {"small": {"paths": {}}}
    assert mistakes(documented) == ["'below' is a required property"]


def test_every_known_name_and_key_has_a_description_for_editors() -> None:
    for table, names in TABLES.items():
        for name in names:
            assert SCHEMA["properties"][table]["properties"][name]["description"]
    for made in (SCHEMA, *SCHEMA["$defs"].values()):
        for key, said in made["properties"].items():
            assert said.get("description") or made["title"] == "Overlay" or "$ref" in said, key


def test_nothing_may_be_null_in_toml() -> None:
    assert "null" not in json.dumps(SCHEMA)


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["profile", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA


def test_what_models_refuse_in_one_entry_the_schema_refuses_as_well(
    documented: Table, write: Callable[..., Path]
) -> None:
    documented["controls"]["enable"] = {"role": "button", "nam": "x"}
    assert mistakes(tomllib.loads(write(documented).read_text("utf-8")))
