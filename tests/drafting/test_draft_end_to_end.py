"""The command on a living portal: what it finds of what people wrote, and what a run makes of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal2fa.profile_lint import check
from tests.drafting.completing import differences, judged_alike
from tests.drafting.drafted import ROOT, command, draft, environment, measure
from tests.drafting.pictured import TABLES, held, pictures
from tests.restoring.living import Living, Owner

SELECTED = "@journey or @clause.TOTP-4 or @clause.TOTP-5 or @clause.BACKUP-2"
"""Scenarios that come by nearly every path: both journeys, and codes of every kind."""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """The reference portal as somebody's own; no name in it helps the draft."""
    portal = Living("reference", tmp_path_factory.mktemp("reference"))
    yield portal
    portal.close()


@pytest.fixture(scope="module")
def drafted(reference: Living) -> tuple[Owner, Path, subprocess.CompletedProcess[str]]:
    """An owner, the file that the command wrote for them, and how it ended."""
    owner = reference.owner("ana")
    file = owner.folder / "drafted.toml"
    return owner, file, draft(owner, file)


def test_the_profile_can_be_used_at_once(drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]]) -> None:
    _, file, ended = drafted
    assert ended.returncode == 0, ended.stderr
    assert check(file, ROOT).errors == ()


def test_the_account_is_as_it_was_and_the_journal_forgot_it(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]],
) -> None:
    owner, _, _ = drafted
    assert owner.signs_in_with_password_alone()
    assert list((owner.folder / "state" / "journal").glob("*.entry")) == []


def test_neither_file_nor_page_hold_a_secret(drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]]) -> None:
    owner, file, _ = drafted
    page = file.with_suffix(".html").read_text("utf-8")
    assert owner.account.password not in file.read_text("utf-8") + page
    assert "otpauth://" not in file.read_text("utf-8") + page
    assert "$PORTAL2FA_PASSWORD" in file.read_text("utf-8")


def test_every_entry_that_is_no_gap_shows_what_it_was_decided_from(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]],
) -> None:
    shown = pictures(drafted[1].with_suffix(".html").read_text("utf-8"))
    assert {key.partition(".")[0] for key in shown} == set(TABLES)
    assert [key for key, size in shown.items() if size is None] == []


def test_the_page_holds_each_picture_once_and_nothing_else_of_weight(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]],
) -> None:
    page = drafted[1].with_suffix(".html").read_text("utf-8")
    assert len(held(page)) == len(set(held(page))) > 10
    assert page.count("data:") == len(held(page))


def test_nine_of_ten_entries_are_right_and_no_wrong_one_is_offered_as_sure(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    measured = measure("reference", drafted[1], tmp_path)
    assert measured.wrong_and_sure == ()
    assert measured.share >= 0.9, (measured.wrong, measured.missing)
    assert ("paths", "choose_new_password") in measured.left_out


def test_a_run_by_the_completed_draft_says_the_same_as_one_by_the_written_profile(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    written, by_draft = judged_alike("reference", drafted[1], tmp_path, "--tags", SELECTED)
    assert differences(written, by_draft) == {}
    passed = {name for name, outcome in by_draft.outcomes.items() if outcome == "passed"}
    assert {name for name in written.outcomes if name.startswith("journey.feature")} <= passed
    assert len(passed) > 10


def test_a_file_that_is_there_is_kept_and_the_portal_not_touched(reference: Living, tmp_path: Path) -> None:
    owner = reference.owner("ben")
    file = tmp_path / "there.toml"
    file.write_text("mine", "utf-8")
    ended = draft(owner, file)
    assert ended.returncode == 2
    assert "is there already" in ended.stderr
    assert file.read_text("utf-8") == "mine"


def test_without_consent_nothing_is_done(reference: Living, tmp_path: Path) -> None:
    owner = reference.owner("cleo")
    line = [word for word in command(owner, tmp_path / "new.toml") if word != "--yes"]
    here, there = os.openpty()
    os.write(here, b"n\n")
    ended = subprocess.run(
        line, cwd=tmp_path, env=environment(owner), stdin=there, capture_output=True, text=True, check=False
    )
    os.close(here)
    os.close(there)
    assert ended.returncode == 130
    assert "Looking for" not in ended.stderr
    assert list(tmp_path.iterdir()) == []
