"""A worker on another machine reads the profile of the run, wherever its file lies there, or where there is none."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.browsers import BrowserChoice
from portal2fa.errors import EnvironmentProblem
from portal2fa.profile_files import find_root, load_target
from portal2fa.remote_browsers import Remote
from portal2fa.workers.elsewhere import Elsewhere
from portal2fa.workers.orders import Orders
from tests.workers.suite import session, suite

OURS = 'extends = "base.toml"\nname = "ours"\ntitle = "Ours"\n'


def ordered(tmp_path: Path, profile: str) -> Orders:
    """What a worker is told of a run on the target, after it has travelled."""
    found, selection = session(suite(tmp_path / "suite"))
    of = replace(found, target=load_target(profile, find_root()))
    orders: Orders = pickle.loads(pickle.dumps(Orders.of(of, selection, None, elsewhere=True)))
    return orders


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A profile outside of the suite, which stands on another one beside it."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "base.toml").write_text('extends = "reference"\nname = "base"\n')
    (tmp_path / "profiles" / "ours.toml").write_text(OURS)
    return tmp_path / "profiles" / "ours.toml"


def test_a_shipped_profile_is_that_of_the_suite_there(tmp_path: Path) -> None:
    orders = ordered(tmp_path, "reference")
    assert orders.elsewhere is not None
    assert orders.elsewhere.profile == "fixtures/profiles/reference.toml"
    there = orders.session(tmp_path / "there")
    assert there.target.digest == orders.digest
    assert there.root == find_root()


def test_a_file_that_is_not_there_is_written_with_all_it_stands_on(tmp_path: Path, ours: Path) -> None:
    orders = ordered(tmp_path, str(ours))
    (ours.parent / "base.toml").unlink()
    ours.unlink()
    target = orders.session(tmp_path / "there").target
    assert (target.profile.name, target.digest) == ("ours", orders.digest)
    assert target.path.is_relative_to(tmp_path / "there")


def test_the_same_file_at_the_same_path_is_taken(tmp_path: Path, ours: Path) -> None:
    assert ordered(tmp_path, str(ours)).session(tmp_path / "there").target.path == ours


def test_another_file_at_the_same_path_is_not(tmp_path: Path, ours: Path) -> None:
    orders = ordered(tmp_path, str(ours))
    ours.write_text(OURS.replace("Ours", "Theirs"))
    assert orders.session(tmp_path / "there").target.profile.title == "Ours"


def test_a_profile_that_says_something_else_there_is_refused(tmp_path: Path, ours: Path) -> None:
    orders = ordered(tmp_path, str(ours))
    (ours.parent / "base.toml").write_text('extends = "reference"\nname = "base"\n[capabilities]\nlive_chat = false\n')
    with pytest.raises(EnvironmentProblem, match="another profile"):
        orders.session(tmp_path / "there")


def test_an_address_is_told_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USERNAME", "PASSWORD", "NAME"):
        monkeypatch.setenv(f"PORTAL2FA_{name}", "ana@portal.example")
    assert ordered(tmp_path, "https://portal.example").session(tmp_path / "there").target.profile.url


def test_a_remote_browser_is_the_same_from_everywhere_and_another_one_is_found_there() -> None:
    remote = BrowserChoice(None, (), "r", Remote("cdp", "http://browsers.example:9222", "--cdp"))
    assert Elsewhere.found(remote) is remote
    assert Elsewhere.found(BrowserChoice(None, (), "that of each machine")).description != "that of each machine"
    with pytest.raises(EnvironmentProblem, match="/nowhere/chromium"):
        Elsewhere.found(BrowserChoice("/nowhere/chromium", (), "n"))
