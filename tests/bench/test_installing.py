"""Peers are pinned, and installed by their locks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench import installing
from bench.entrants import NODE, PYTHON, Peer
from bench.processes import CannotMeasure
from tests.bench.pretended import ALL_PEERS, ROOT


@pytest.mark.parametrize("peer", [peer for peer in ALL_PEERS.values() if peer.needs], ids=lambda peer: peer.folder)
def test_a_peers_lock_fits_its_pins_and_names_no_registry(peer: Peer) -> None:
    if peer.needs == PYTHON:
        lock = (peer.path / "requirements.lock").read_text("utf-8")
        pins = (peer.path / PYTHON).read_text("utf-8").split()
        assert [pin for pin in pins if f"{pin} \\\n" not in lock] == []
        assert "://" not in lock
        assert "--hash=sha256:" in lock
        return
    wanted = json.loads((peer.path / NODE).read_text("utf-8"))["dependencies"]
    packages = json.loads((peer.path / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages[""]["dependencies"] == wanted
    assert [name for name, version in wanted.items() if packages[f"node_modules/{name}"]["version"] != version] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_python_peers_drive_the_playwright_that_drives_ours() -> None:
    ours_is = re.findall(r"^playwright==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    for peer in (peer for peer in ALL_PEERS.values() if peer.needs == PYTHON):
        assert f"playwright=={ours_is[0]}" in (peer.path / PYTHON).read_text("utf-8").split()


def test_a_peer_is_laid_out_with_the_features_of_this_measurement_only(tmp_path: Path) -> None:
    peer = ALL_PEERS["behavex"]
    installing.lay_out(peer, ["one", "two"], tmp_path)
    here = installing.lay_out(peer, ["three"], tmp_path)
    assert [file.read_text("utf-8") for file in (here / "features").glob("*.feature")] == ["three"]
    assert (here / "features" / "steps" / "enrolment.py").exists()
    assert (here / "requirements.lock").exists()


def test_what_is_installed_by_the_same_lock_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(installing, "_call", lambda command, here: called.append(command[0]))
    peer = ALL_PEERS["playwright_bdd"]
    here = installing.lay_out(peer, (), tmp_path)
    installing.install(peer, here)
    installing.install(peer, here)
    assert called == ["npm"]
    (here / "package-lock.json").write_text("{}", "utf-8")
    installing.install(peer, here)
    assert called == ["npm", "npm"]


def test_all_peers_are_installed_beforehand_whatever_becomes_of_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def install(peer: Peer, here: Path) -> None:
        if peer.folder == "behavex":
            raise CannotMeasure("pip ended with status 1")

    monkeypatch.setattr(installing, "lay_out", lambda peer, features: Path())
    monkeypatch.setattr(installing, "install", install)
    assert installing.main() == 2
    told = capsys.readouterr().err
    assert "behavex cannot be installed: pip ended with status 1\n" in told
    assert told.count(" is there, ") == len(ALL_PEERS) - 1


def test_peers_lie_outside_of_the_checkout_where_behave_would_take_their_features_for_ours() -> None:
    assert not installing.CACHE.is_relative_to(ROOT)
