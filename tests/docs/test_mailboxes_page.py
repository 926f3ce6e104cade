"""docs/mailboxes.md: every example is loaded as a profile, every kind has one, and quoted messages are real."""

from __future__ import annotations

import re
import tomllib
import typing
from pathlib import Path

import pytest

from portal2fa.profile_files import load_target
from portal2fa.profile_mailbox import Mailbox
from tests.docs.pages import ROOT, blocks, page, section, tables
from tests.fixtures.mailbox.maildev import VERSIONS

PAGE = page("docs/mailboxes.md")
EXAMPLES = blocks(PAGE, "toml")
KINDS = typing.get_args(Mailbox.model_fields["kind"].annotation)
FRAME = """
extends = "documented"
name = "ours"
title = "Ours"
{address}
[accounts]
kind = "pool"
pool = [{{ username = "ana@portal.example", password = "$PORTAL2FA_ANA" }}]

{example}
"""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: " ".join(example.split())[:60])
def test_every_example_can_be_used(example: str, tmp_path: Path) -> None:
    address = "" if "[start]" in example else 'url = "https://portal.example"'
    (tmp_path / "ours.toml").write_text(FRAME.format(address=address, example=example), "utf-8")
    environment = dict.fromkeys(re.findall(r'"\$(\w+)"', example), "made up") | {"PORTAL2FA_ANA": "made up"}
    loaded = load_target(str(tmp_path / "ours.toml"), ROOT, environment).profile.mailbox
    said = tomllib.loads(example)["mailbox"]
    assert loaded.kind == said["kind"]
    assert loaded.model_fields_set == set(said)


def test_every_kind_and_every_key_has_an_example() -> None:
    shown = [tomllib.loads(example)["mailbox"] for example in EXAMPLES]
    assert {table["kind"] for table in shown} == set(KINDS)
    assert {key for table in shown for key in table} | {"verify"} == set(Mailbox.model_fields)
    assert "`verify = false`" in PAGE


def test_the_first_table_has_every_kind() -> None:
    [rows, *_] = tables(PAGE)
    assert [row[0].strip("`") for row in rows] == list(KINDS)


def test_every_message_that_is_quoted_is_one_that_the_code_has() -> None:
    files = [*(ROOT / "fixtures" / "mailbox").glob("*.py"), *(ROOT / "steps" / "tasks").glob("*.py")]
    files.append(ROOT / "portal2fa" / "profile_mailbox.py")
    spoken = re.sub(r"\s+", " ", "\n".join(file.read_text("utf-8") for file in files))
    quoted = [row[0].strip("`") for table in tables(section(PAGE, "When it does not work")) for row in table]
    assert len(quoted) > 10
    for message in quoted:
        for part in re.split(r"…|mailbox\.smtp:", message):
            assert part.strip() in spoken, message


def test_it_is_said_what_was_tried_and_what_was_not() -> None:
    [rows] = tables(section(PAGE, "What was tried"))
    tried = {row[0]: row[1] for row in rows}
    assert all(version in tried["`http` with `maildev`"] for version in VERSIONS)
    assert "no running server" in tried["`http` with `mailpit` or `mailhog`"]
    named = set(re.findall(r"`(\w+)`", " ".join(tried))) - {"maildev", "mailpit", "mailhog"}
    assert named == set(KINDS) - {"none"}
