"""The journal keeps what it takes to put an account back, from everybody else, and through a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal2fa.errors import EnvironmentProblem
from portal2fa.journal import Entry, Journal, Page
from portal2fa.journal_key import VARIABLE
from portal2fa.leases import Leases
from tests.child import child

ANA = Entry("own", "/profiles/own.toml", "https://portal.example", "ana@portal.example")
URI = "otpauth://totp/Own?secret=JBSWY3DPEHPK3PXP"


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """An environment with a state folder of its own."""
    return {"PORTAL2FA_STATE": str(tmp_path / "state")}


def files(place: dict[str, str]) -> list[Path]:
    """All files below the state folder."""
    return [path for path in Path(place["PORTAL2FA_STATE"]).rglob("*") if path.is_file()]


def begun(place: dict[str, str], *backup_codes: str) -> Page:
    """A page on which a set-up was begun and a secret read."""
    page = Page(Journal(place), ANA)
    page.begin("time_based")
    page.note_secret(URI)
    page.note_backup_codes(list(backup_codes))
    return page


def test_nothing_is_written_before_a_set_up_begins(place: dict[str, str]) -> None:
    page = Page(Journal(place), ANA)
    page.note_step(4)
    assert not page.is_open
    assert files(place) == []


def test_another_process_reads_all_that_was_noted(place: dict[str, str]) -> None:
    page = begun(place, "abcd-efgh")
    page.note_step(41)
    page.note_step(40)
    page.note_confirmed()
    page.begin("email")
    (entry,), wrong = Journal(place).entries()
    assert wrong == []
    assert (entry.methods, entry.key_uris, entry.backup_codes) == (("time_based", "email"), (URI,), ("abcd-efgh",))
    assert (entry.last_step, entry.phase, entry.username) == (41, "confirmed", "ana@portal.example")
    assert Page(Journal(place), ANA).is_open


def test_a_used_backup_code_is_forgotten_and_none_is_kept_twice(place: dict[str, str]) -> None:
    page = begun(place, "first", "second")
    page.note_backup_codes(["second", "third"])
    page.note_spent("first")
    assert Journal(place).entries()[0][0].backup_codes == ("second", "third")


def test_nothing_can_be_read_from_the_files_themselves(place: dict[str, str]) -> None:
    begun(place, "abcd-efgh")
    for path in files(place):
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
        for told in (b"ana", b"JBSWY3DPEHPK3PXP", b"abcd-efgh", b"portal.example"):
            assert told not in path.read_bytes()
            assert told.decode() not in path.name


def test_a_closed_page_leaves_no_entry(place: dict[str, str]) -> None:
    page = begun(place)
    page.close()
    assert Journal(place).entries() == ([], [])
    assert not page.is_open
    page.begin("email")
    assert Journal(place).entries()[0][0].key_uris == ()


def test_an_account_that_was_made_is_kept_until_it_is_gone(place: dict[str, str]) -> None:
    page = Page(Journal(place), ANA)
    page.note_made()
    assert not page.is_open
    (made,) = Journal(place).entries()[0]
    assert (made.methods, bool(made.when)) == ((), True)
    page.begin("time_based")
    page.note_secret(URI)
    page.close()
    assert Journal(place).entries() == ([made], [])
    page.gone()
    assert Journal(place).entries() == ([], [])
    page.note_step(7)
    assert files(place) == [Path(place["PORTAL2FA_STATE"]) / "key"]


def test_what_was_noted_of_an_account_that_was_made_is_found_again(place: dict[str, str]) -> None:
    page = Page(Journal(place), ANA)
    page.note_made()
    page.begin("email")
    (entry,) = Journal(place).entries()[0]
    again = Page(Journal(place), ANA)
    again.note_made()
    assert again.is_open
    assert Journal(place).entries() == ([entry], [])


def test_an_entry_of_another_key_is_told_of_and_left_alone(place: dict[str, str]) -> None:
    begun({**place, VARIABLE: "a passphrase"})
    before = [path.read_bytes() for path in files(place)]
    found, (problem,) = Journal({**place, VARIABLE: "another one"}).entries()
    assert found == []
    assert "was written with another key" in problem.cause
    assert "PORTAL2FA_JOURNAL_KEY" in problem.hint
    assert [path.read_bytes() for path in files(place)] == before
    assert Journal({**place, VARIABLE: "a passphrase"}).entries()[0][0].key_uris == (URI,)


def test_a_damaged_entry_is_told_of_beside_the_good_ones(place: dict[str, str]) -> None:
    begun(place)
    Journal(place).path("own", "", "ben").write_bytes(b"half an entr")
    (good,), (problem,) = Journal(place).entries()
    assert good.username == "ana@portal.example"
    assert "damaged" in problem.cause
    assert "delete the file" in problem.hint


def test_a_state_folder_that_cannot_be_made_stops_before_the_set_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    page = Page(Journal({"PORTAL2FA_STATE": str(tmp_path / "file" / "state")}), ANA)
    with pytest.raises(EnvironmentProblem, match="no second factor is switched on") as raised:
        page.begin("email")
    assert "PORTAL2FA_STATE" in raised.value.hint
    assert not page.is_open


HOLD = """
import sys
from portal2fa.leases import Leases
leases = Leases({"PORTAL2FA_STATE": sys.argv[1]})
print(leases.take("http://own.example", "ana"), leases.take("http://own.example", "ben"), flush=True)
sys.stdin.read()
"""


def test_an_account_is_given_to_one_run_at_a_time_until_that_run_dies(place: dict[str, str]) -> None:
    command = [sys.executable, "-c", HOLD, place["PORTAL2FA_STATE"]]
    pipe = subprocess.PIPE
    with child(command, stdin=pipe, stdout=pipe, env={**os.environ, "PYTHONPATH": "."}) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True True\n"
        mine = Leases(place)
        assert not mine.take("http://own.example", "ana")
        assert not mine.take("http://OWN.example:80/client", "ana"), "an account is one, whatever leads to its portal"
        assert mine.take("http://own.example", "cleo")
        other.kill()
    assert mine.take("http://own.example", "ana")
    mine.close()
