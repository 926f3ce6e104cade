"""All entrants walk the same journey, and what has not walked it is not measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import contest, ours
from bench.entrants import PEERS, Peer
from bench.walk import PROTECTED
from portal2fa.clauses import read_scenarios
from portal2fa.profile_files import find_root, load_target
from tests.bench.pretended import ALL_PEERS, ROOT


def test_the_journey_is_repeated_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "bench.feature").write_text(ours.repeated(ours.journey(find_root()), 3), "utf-8")
    rows = read_scenarios(tmp_path)
    first = read_scenarios(find_root() / "features")[0]
    assert [row.name.partition(" (")[0] for row in rows] == [first.name] * 3
    assert {row.tags for row in rows} == {first.tags}


def test_the_walks_knock_at_the_places_of_the_profile() -> None:
    assert load_target("reference", find_root()).profile.places["protected"] == PROTECTED
    script = (PEERS / "js" / "walk.js").read_text("utf-8")
    found = re.search(r"PROTECTED = (\[.*?\]);", script, re.DOTALL)
    assert found
    assert tuple(json.loads(found[1])) == PROTECTED


@pytest.mark.parametrize("times", [1, 2, 7, 20])
@pytest.mark.parametrize("parts", [1, 2, 4])
def test_a_runner_that_shares_out_files_gets_as_many_scenarios(tmp_path: Path, times: int, parts: int) -> None:
    texts = contest.features(times, parts)
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.feature").write_text(text, "utf-8")
    assert len(texts) == min(times, parts)
    assert len(read_scenarios(tmp_path)) == times


@pytest.mark.parametrize("peer", ALL_PEERS.values(), ids=list(ALL_PEERS))
def test_a_peer_knows_every_sentence_of_the_scenario(peer: Peer) -> None:
    folders = [peer.path, *(PEERS / name for name in peer.borrows)]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in {".py", ".js"}]
    known = " ".join(file.read_text("utf-8") for file in files)
    steps = re.findall(r"^ +(?:Given|When|Then|And) (.+)$", ours.journey(find_root()), re.MULTILINE)
    assert len(steps) == 13
    spoken = {re.sub(r'"[^"]+"', "", step) for step in steps}
    assert [words for words in spoken if words not in known] == []


@pytest.mark.parametrize(
    ("walks", "status", "said"), [(2, 0, ""), (1, 1, "2 walks were asked for, 1 came to their end\n")]
)
def test_what_passes_without_having_walked_is_not_measured(walks: int, status: int, said: str) -> None:
    peer = f"import os; open(os.environ['BENCH_DONE'], 'a').write({walks} * 'done\\n')"
    command = [sys.executable, "-m", "bench.host", "--times", "2", "--folder", ".", "--", sys.executable, "-c", peer]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, said)


@pytest.mark.parametrize(
    ("entrant", "told"),
    [
        (["bench.ours", "2"], "scenarios"),
        (["bench.ours", "2", "1", "2"], "scenarios"),
        (["bench.steady", "2", "1"], "ended"),
    ],
)
def test_our_own_entrants_run_alone_though_a_single_scenario_proves_nothing(entrant: list[str], told: str) -> None:
    done = subprocess.run([sys.executable, "-m", *entrant], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[told] == 2


@pytest.mark.parametrize("yardstick", [["bench.bare", "1"], ["bench.bare_async", "2", "2"]], ids=["bare", "async"])
def test_the_yardsticks_find_their_way_through_the_portal(yardstick: list[str]) -> None:
    """The peers share the labels that are written into the walk."""
    done = subprocess.run([sys.executable, "-m", *yardstick], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
