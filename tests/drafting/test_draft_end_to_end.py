"""The command on a living portal: what it finds of what people wrote, what a run makes of it, what Ctrl-C leaves."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal2fa.profile_files import load_target
from portal2fa.profile_lint import check
from tests.child import child
from tests.drafting.drafted import ROOT, command, draft, environment, measure
from tests.restoring.living import Living, Owner

STARTED = """
extends = {draft}
name = "drafted"
url = ""
[start]
command = {command}
[accounts]
kind = "control"
[mailbox]
kind = "sink"
[clock]
kind = "control"
"""
"""The draft on a portal of its own whose time can be moved, so that the journeys need no waiting."""


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


def test_nine_of_ten_entries_are_right_and_no_wrong_one_is_offered_as_sure(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    measured = measure("reference", drafted[1], tmp_path)
    assert measured.wrong_and_sure == ()
    assert measured.share >= 0.9, (measured.wrong, measured.missing)


def test_the_journeys_pass_by_the_draft(
    drafted: tuple[Owner, Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    profile, started = tmp_path / "started.toml", load_target("reference", ROOT).profile.start
    assert started is not None
    profile.write_text(STARTED.format(draft=json.dumps(str(drafted[1])), command=json.dumps(started.command)), "utf-8")
    out = tmp_path / "report"
    line = [sys.executable, "-m", "portal2fa", "run", "--target", str(profile), "--tags", "@journey", "--out", str(out)]
    ended = subprocess.run(line, cwd=ROOT, env=environment(drafted[0]), capture_output=True, text=True, check=False)
    rows = json.loads((out / "result.json").read_text("utf-8"))["result"]["scenarios"] if out.exists() else []
    ran = [row["outcome"] for row in rows if row["outcome"] != "untested"]
    assert ran == ["passed", "passed"], ended.stdout + ended.stderr


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


def test_ctrl_c_in_the_middle_puts_the_account_back_and_writes_nothing(reference: Living, tmp_path: Path) -> None:
    owner = reference.owner("dora")
    process = subprocess.Popen(
        command(owner, tmp_path / "new.toml"), cwd=tmp_path, env=environment(owner), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = threading.Timer(300, process.kill)
    said.start()
    for line in process.stderr:
        if line.startswith("Signing in with the second factor"):  # the factor is on by now
            process.send_signal(signal.SIGINT)
            break
    rest = process.stderr.read()
    process.wait()
    said.cancel()
    with contextlib.suppress(ValueError):
        process.stderr.close()
    assert process.returncode == 130, rest
    assert "putting the account back" in rest
    assert owner.signs_in_with_password_alone()
    assert list((owner.folder / "state" / "journal").glob("*.entry")) == []
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_was_killed_is_called_again_though_the_front_leads_past_the_sign_in_by_then(
    reference: Living, tmp_path: Path
) -> None:
    owner, file = reference.owner("ella"), tmp_path / "new.toml"
    line = command(owner, file, front="/client")
    with child(line, cwd=tmp_path, env=environment(owner), stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert any(said.startswith("Signing in with the second factor") for said in process.stderr)
        process.kill()
    again = subprocess.run(line, cwd=tmp_path, env=environment(owner), capture_output=True, text=True, check=False)
    assert "Putting the account back as it was before a draft that was stopped" in again.stderr
    assert again.returncode in (0, 3), again.stderr  # it has no front page to draft
    assert file.exists(), again.stderr
    assert owner.signs_in_with_password_alone()
