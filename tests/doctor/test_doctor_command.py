"""`portal2fa doctor` as people call it: on a portal that is right, on accounts of one's own, and with means missing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal2fa import profile_altering
from portal2fa.leases import Leases
from portal2fa.outcomes import ExitCode
from portal2fa.profile import Profile
from portal2fa.profile_files import find_root, load_target
from tests.restoring.living import Living, Owner

ROOT = find_root()
ENDING = Path(__file__).parent / "ending.py"
NOT_LOOKED_AT = {"notices.throttled", "accounts.name", "places.deep_link"}


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """The reference portal as if it were somebody's own."""
    portal = Living("reference", tmp_path_factory.mktemp("doctored"))
    yield portal
    portal.close()


def examined(
    owner: Owner, *more: str, program: tuple[str, ...] = ("-m", "portal2fa")
) -> tuple[int, dict[str, Any], str]:
    """Exit code, data and lines of a doctor on somebody's own account."""
    out = owner.folder / "report"
    done = owner.call("doctor", str(owner.profile), "--out", str(out), *more, program=program)
    data = out / "doctor" / "doctor.json"
    return done.returncode, json.loads(data.read_text("utf-8")) if data.exists() else {}, done.stdout + done.stderr


def problems(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    checks = document["examination"]["checks"]
    return {check["key"]: check for check in checks if check["word"] == "problem"}


def changed(owner: Owner, before: str, after: str) -> None:
    text = owner.profile.read_text("utf-8")
    assert before in text
    owner.profile.write_text(text.replace(before, after), "utf-8")


# --- a portal that is right -----------------------------------------------------------------------------------------


def test_a_profile_that_is_right_is_all_good(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal2fa", "doctor", "reference", "--json", "-", "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.CONFORMANT, done.stderr
    examination = json.loads(done.stdout)["examination"]
    words = {check["key"]: check["word"] for check in examination["checks"]}
    profile: Profile = load_target("reference", ROOT).profile
    entries = {
        f"{table}.{name}" for table in ("places", "controls", "notices", "paths") for name in getattr(profile, table)
    }
    assert entries <= set(words)
    altering = profile_altering.entries(profile)
    assert {key for key, word in words.items() if word != "ok"} <= NOT_LOOKED_AT | altering, words
    assert {words[key] for key in altering} == {"not checked"}
    assert {"restoring", "mailbox", "clock.kind", "accounts", "url"} <= set(words)
    pictures = {check["key"]: check["picture"] for check in examination["checks"] if check["picture"]}
    assert {f"controls.{name}" for name in profile.controls} - altering <= set(pictures)
    assert all((tmp_path / "doctor" / path).stat().st_size > 100 for path in pictures.values())
    assert examination["outlook"]["scenarios"] > 100
    assert "Open your authenticator" not in done.stdout
    assert (tmp_path / "doctor" / "index.html").is_file()


# --- accounts of one's own ------------------------------------------------------------------------------------------

ONLY_MAIL = "[capabilities]\ntime_based_tokens = false\nmanual_key = false\nstore_links = false\n[mailbox]"
"""Mailed codes need no next time step to be waited for."""


def test_a_kill_in_the_middle_leaves_an_account_that_can_be_restored(living: Living) -> None:
    owner = living.owner("killed")
    changed(owner, "[mailbox]", ONLY_MAIL)
    status, _, _ = examined(owner, program=(str(ENDING), "SIGKILL"))
    assert status == -signal.SIGKILL
    assert not owner.signs_in_with_password_alone()
    assert owner.call("restore").returncode == 0
    assert owner.signs_in_with_password_alone()


def test_after_control_c_the_account_is_as_it_was(living: Living) -> None:
    owner = living.owner("stopped")
    changed(owner, "[mailbox]", ONLY_MAIL)
    status, document, said = examined(owner, program=(str(ENDING), "SIGINT"))
    assert status == ExitCode.INTERRUPTED, said
    assert document["examination"]["interrupted"]
    assert owner.signs_in_with_password_alone()
    assert "No account has to be put back." in owner.call("restore", "--list").stdout


def test_a_browser_that_is_closed_in_the_middle_is_told_and_the_account_is_as_it_was(living: Living) -> None:
    owner = living.owner("closed")
    changed(owner, "[mailbox]", ONLY_MAIL)
    status, document, said = examined(owner, program=(str(ENDING), "browser"))
    assert status == ExitCode.INCONCLUSIVE, said
    assert list(problems(document)) == ["browser"]
    told = problems(document)["browser"]
    assert told["said"] == "The browser ended in the middle of the examination."
    assert told["cause"]
    assert "leave its windows open" in told["hint"]
    assert owner.signs_in_with_password_alone()
    assert "No account has to be put back." in owner.call("restore", "--list").stdout


def test_a_wrong_password_is_told_at_its_entry(living: Living) -> None:
    owner = living.owner("mistyped")
    changed(owner, '"$OWN_PASSWORD"', '"a wrong password"')
    status, document, said = examined(owner)
    assert status == ExitCode.USAGE, said
    found = problems(document)["accounts.pool[0].password"]
    assert (found["file"], found["line"] > 0) == (str(owner.profile), True)


def test_an_account_whose_factor_is_on_already_is_left_alone(living: Living) -> None:
    owner = living.owner("protected", "email")
    status, document, said = examined(owner)
    assert status == ExitCode.INCONCLUSIVE, said
    assert list(problems(document)) == ["accounts.pool[0]"]


def test_an_account_that_another_run_uses_is_not_touched(living: Living) -> None:
    owner = living.owner("busy")
    held = Leases({"PORTAL2FA_STATE": str(owner.folder / "state")})
    assert held.take(living.url, owner.account.username)
    try:
        status, document, said = examined(owner)
    finally:
        held.close()
    assert status == ExitCode.INCONCLUSIVE, said
    assert list(problems(document)) == ["accounts"]


def test_a_portal_that_does_not_answer_is_told_of_its_address(living: Living) -> None:
    owner = living.owner("lost")
    changed(owner, living.url, "http://127.0.0.1:9")
    status, document, said = examined(owner)
    assert status == ExitCode.INCONCLUSIVE, said
    assert list(problems(document)) == ["url"]


def test_a_mailbox_that_is_not_there_is_told(living: Living) -> None:
    owner = living.owner("boxless")
    changed(owner, str(living.maildir), str(living.maildir) + "-elsewhere")
    status, document, said = examined(owner)
    assert status == ExitCode.INCONCLUSIVE, said
    assert list(problems(document)) == ["mailbox"]


def test_an_unknown_target_is_a_usage_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal2fa", "doctor", "nowhere", "--out", str(tmp_path / "none")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.USAGE
    assert not (tmp_path / "none").exists()
