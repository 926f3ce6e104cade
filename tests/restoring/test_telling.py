"""What putting an account back tells while it goes on, and what it hands over where it comes to nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Error

from fixtures import pictures
from fixtures.made_accounts import MadeAccounts
from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.evidence import Recorder
from portal2fa.profile_accounts import Account
from portal2fa.restoring import Restored
from steps.tasks import arriving, codes, people, restoring, signing_in, turning_off

ANA = Account(username="ana", password="hunter22")


class Somebody:
    """Whoever an account is put back for: a window, and somebody who is told."""

    def __init__(self, recorder: Recorder) -> None:
        self.tells: Any = None
        self.closed = False
        self.has_window, self.portal = True, None
        self.method, self.undo = "time_based", None
        self.world = SimpleNamespace(recorder=recorder, clock=SimpleNamespace(movable=False))
        begun = SimpleNamespace(methods=("time_based",))
        self.page = SimpleNamespace(close=lambda: None, entry=begun, is_open=False)

    def close(self) -> None:
        """Close the browsers."""
        self.closed = True


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Surroundings with one account that is on, and nothing that was started."""
    recorder = Recorder(tmp_path)
    recorder.secret(ANA.password)
    found = SimpleNamespace(recorder=recorder, ana=Somebody(recorder), close=lambda: None)
    found.accounts = SimpleNamespace(unused=lambda: (ANA,), page=lambda account: SimpleNamespace(is_open=True))
    monkeypatch.setattr(restoring, "World", lambda session: found)
    monkeypatch.setattr(people, "cast", lambda world, who, planted: found.ana)
    monkeypatch.setattr(arriving, "recall", lambda actor: None)
    monkeypatch.setattr(pictures, "whole", lambda portal: b"PNG")
    return found


def put_back(told: list[tuple[str, str]]) -> list[Restored]:
    """Put all accounts back, noting what is told meanwhile."""
    return list(restoring.put_back_all(None, lambda who, words: told.append((who, words))))  # type: ignore[arg-type]


def test_each_deed_is_told_with_whose_account_it_is(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["time_based_asked", "signed_in"])
    monkeypatch.setattr(signing_in, "from_fresh_browser", lambda actor: next(answers))
    monkeypatch.setattr(turning_off, "_pass_challenge", lambda actor, asked: actor.tells("giving a code"))
    monkeypatch.setattr(turning_off, "_turn_off", lambda actor: None)
    told: list[tuple[str, str]] = []
    assert put_back(told) == [Restored("ana")]
    assert {who for who, _ in told} == {"ana"}
    assert [words for _, words in told] == [
        "signing in with the password",
        "giving a code",
        "turning time-based tokens off",
        "signing in once more, to see that the password alone is enough",
    ]
    assert world.ana.closed


def test_that_all_is_done_once_more_is_told(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([CannotTell("The page did not come."), "signed_in"])

    def sign_in(actor: Any) -> object:
        answer = next(answers)
        if isinstance(answer, CannotTell):
            raise answer
        return answer

    monkeypatch.setattr(signing_in, "from_fresh_browser", sign_in)
    told: list[tuple[str, str]] = []
    assert put_back(told) == [Restored("ana")]
    assert [words for _, words in told][1].startswith("doing all of it once more")


@pytest.mark.parametrize("error", [CannotTell("The page with the password did not come."), Error("Target crashed")])
def test_where_it_stays_on_the_window_and_what_was_done_are_handed_over_without_secrets(
    world: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def restore(actor: Any) -> None:
        actor.tells("signing in")
        world.recorder.did("type the password into the field")
        world.recorder.text("at first", f"it said {ANA.password}")
        raise error

    monkeypatch.setattr(turning_off, "restore", restore)
    [found] = put_back([])
    assert str(error).splitlines()[0] in found.problem
    assert found.picture == b"PNG"
    assert found.done == ("signing in", "  type the password into the field", "at first: it said ••••")
    assert world.ana.closed


def test_a_window_of_which_no_picture_can_be_taken_hides_no_reason(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_picture(portal: Any) -> bytes:
        raise Error("Target crashed")

    def restore(actor: Any) -> None:
        raise CannotTell("It is still asked for.")

    monkeypatch.setattr(pictures, "whole", no_picture)
    monkeypatch.setattr(turning_off, "restore", restore)
    [found] = put_back([])
    assert (found.problem, found.picture) == ("It is still asked for.", b"")


def test_a_real_wait_is_told_with_its_length(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    world.ana.tells = told.append
    monkeypatch.setattr(clock, "pause", lambda seconds: told.append("(waited)"))
    codes.pass_time(world.ana, 23.4)
    assert told == ["waiting 23 s, for a fresh code or a pause of the portal", "(waited)"]


def test_removing_an_account_that_was_made_is_told(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MadeAccounts.__new__(MadeAccounts)
    monkeypatch.setattr(MadeAccounts, "left_behind", lambda self: iter((ANA,)))
    monkeypatch.setattr(MadeAccounts, "page", lambda self, account: SimpleNamespace(is_open=False))
    monkeypatch.setattr(MadeAccounts, "removes", True)
    monkeypatch.setattr(MadeAccounts, "remove", lambda self, username: "")
    monkeypatch.setattr(MadeAccounts, "unused", lambda self: ())
    world.accounts = made
    told: list[tuple[str, str]] = []
    assert put_back(told) == [Restored("ana", how="removed")]
    assert told == [("ana", "removing it")]
