"""The benchmarks compare the same journey, account for the whole process tree, and say where a goal is missed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright import sync_api

from bench import (
    contest,
    contest_page,
    installing,
    journey_page,
    ours,
    page,
    plot,
    profile_page,
    scaling,
    scaling_page,
    steadiness,
)
from bench.__main__ import chosen, put
from bench.contest import rotated
from bench.entrants import ENTRANTS, NODE, PEERS, PYTHON, YARDSTICK, Entrant, Peer
from bench.figures import FullRun, Journey, Journeys, Round, Runs
from bench.processes import ROLES, CannotMeasure, Cost
from bench.profiled import DRIVEN, END, KINDS, REST, START, Tally, kind_of
from bench.profiling import Profile
from bench.walk import PROTECTED
from portal2fa.clauses import read_scenarios
from portal2fa.profile_files import find_root, load_target

ROOT = Path(__file__).resolve().parents[1]
NO_ROLES = dict.fromkeys(ROLES, 0.0)
BY_NAME = {one.name: one for one in ENTRANTS}
ALL_PEERS = {one.peer.folder: one.peer for one in ENTRANTS if one.peer}


def cost(wall: float, cpu: float = 1.0) -> Cost:
    """A command that took so long."""
    return Cost(0, "", wall, cpu, NO_ROLES, 0, "PSS")


def silent(what: str) -> None:
    """Nobody listens."""


# ------------------------------------------------------------------------------------------------- the same journey


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


# ----------------------------------------------------------------------------------------------------------- costs


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc")
def test_seconds_of_an_orphan_are_counted() -> None:
    """In a process of its own, because measuring waits for every child."""
    burn = "import os, time\nif os.fork() == 0:\n while time.process_time() < 0.5: pass\n"
    script = f"""
import sys
from pathlib import Path
from bench.processes import measure
print(measure([sys.executable, "-c", {burn!r}], folder=Path.cwd()).cpu)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) >= 0.49


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc")
def test_a_command_that_does_not_end_is_ended_with_all_that_it_started() -> None:
    """In a process of its own, because measuring waits for every child."""
    script = """
import os, sys
from pathlib import Path
from bench.processes import CannotMeasure, measure
try:
    measure([sys.executable, "-c", "import os, signal; os.fork(); signal.pause()"], folder=Path.cwd(), limit=0.5)
except CannotMeasure as error:
    print(error)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none is left")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "did not end within 0 s.\nnone is left\n" in done.stdout


@pytest.mark.parametrize(("size", "rounds"), [(16, 3), (5, 5), (3, 7), (1, 2)])
def test_every_round_has_all_and_begins_at_another_one_as_long_as_there_are_others(size: int, rounds: int) -> None:
    orders = [rotated(range(size), number, rounds) for number in range(rounds)]
    assert all(sorted(order) == list(range(size)) for order in orders)
    assert len({order[0] for order in orders}) == min(size, rounds)


def test_ratios_are_made_within_a_round() -> None:
    """The machine is twice as slow in the second round; medians of the seconds alone would say something else."""
    rounds = ({YARDSTICK: cost(10), "ours-1": cost(11)}, {YARDSTICK: cost(20), "ours-1": cost(22)})
    assert contest.Contest(20, (), rounds, {}).wall_ratio("ours-1") == pytest.approx(1.1)


def test_who_cannot_be_measured_is_left_out_with_the_reason_and_the_others_are_measured() -> None:
    asked: list[tuple[str, int]] = []

    def once(entrant: Entrant, times: int) -> Cost:
        asked.append((entrant.name, times))
        if entrant.name == "behavex-1" and times == 5:
            raise CannotMeasure("one walk is missing")
        if entrant.name == "cucumber-js-1":
            raise CannotMeasure("npm cannot be run")
        return cost(1)

    entrants = [BY_NAME[name] for name in (YARDSTICK, "behave", "behavex-1", "cucumber-js-1")]
    *_, taken = contest.take(entrants, times=5, rounds=2, say=silent, once=once)
    assert [one.name for one in taken.entrants] == [YARDSTICK, "behave"]
    assert taken.left_out == {"cucumber-js-1": "npm cannot be run", "behavex-1": "one walk is missing"}
    assert asked.count(("behave", 5)) == asked.count((YARDSTICK, 5)) == 2
    assert asked.count(("behavex-1", 5)) == 1


def test_a_round_that_is_done_is_known_whatever_becomes_of_the_next() -> None:
    def once(entrant: Entrant, times: int) -> Cost:
        if entrant.name == "behave" and times == 5:
            raise OSError("no space left")
        return cost(1)

    rounds = contest.take([BY_NAME[YARDSTICK], BY_NAME["behave"]], times=5, rounds=3, say=silent, once=once)
    first = next(rounds)
    assert (len(first.rounds), first.left_out) == (1, {"behave": "no space left"})
    assert f"{YARDSTICK}" in first.rounds[0]
    assert len(next(rounds).rounds) == 2
    assert len(first.rounds) == 1


def test_without_the_yardstick_nothing_is_compared() -> None:
    def once(entrant: Entrant, times: int) -> Cost:
        raise CannotMeasure("no browser")

    with pytest.raises(CannotMeasure, match="no browser"):
        next(contest.take([BY_NAME[YARDSTICK]], times=1, rounds=1, say=silent, once=once))


def test_the_yardstick_is_always_among_those_that_are_chosen() -> None:
    assert [one.name for one in chosen(["cucumber"])] == [YARDSTICK, "cucumber-js-1", "cucumber-js-2", "cucumber-js-4"]
    assert chosen(None) == list(ENTRANTS)


def test_a_setting_is_measured_once_a_round_and_shared_out_over_its_scenarios() -> None:
    one, two = (1, 1), (1, 2)
    taken = scaling.take([10, 50], [one, two], rounds=3, say=silent, once=lambda setting: cost(float(setting[0])))
    assert taken.rounds == 3
    assert {key: len(costs) for key, costs in taken.costs.items()} == dict.fromkeys(
        [(10, one), (10, two), (50, one), (50, two)], 3
    )
    assert taken.wall(50, two) == 1.0


def test_lanes_are_those_of_one_worker_and_workers_have_one_lane_each() -> None:
    assert scaling.ways([1, 4], [1, 2, 3]) == [(1, 1), (1, 4), (2, 1), (3, 1)]


# ------------------------------------------------------------------------------------------------ peers are pinned


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


# --------------------------------------------------------------------------------------------------- where time goes


def test_of_nested_calls_the_outermost_counts_and_phases_have_all_of_their_time() -> None:
    moments: Iterator[float] = iter([0, 0, 5, 5, 6, 9, 20])
    tally = Tally(lambda: float(next(moments)))  # start-up from 0 to 5
    with tally.of("looking"):
        pass
    assert tally.seconds == {}
    tally.enter("")
    with tally.of("pictures"), tally.of("looking"):  # from 6 to 9
        pass
    tally.enter(END)  # from 20
    assert tally.seconds == {START: 5.0, "pictures": 3.0}
    assert tally.calls == {"pictures": 1}


def test_every_call_that_has_a_kind_is_one_of_playwrights() -> None:
    """One that Playwright no longer has would be missed without a word."""
    known = {name for owner in DRIVEN for name in dir(getattr(sync_api, owner))}
    assert [name for names in KINDS.values() for name in names if name not in known] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("goto", "navigation"),
        ("click", "clicks and typing"),
        ("wait_for", "waiting"),
        ("screenshot", "pictures"),
        ("new_context", "browsers"),
        ("is_visible", "looking"),
        ("get_by_role", ""),
        ("_sync", ""),
    ],
)
def test_a_call_is_counted_by_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


# --------------------------------------------------------------------------------------------------------- the page


def journeys(cpu: float) -> Journeys:
    """One round in which ours took `cpu` seconds for one of the bare script."""
    one = Round(Journey(1.0, 1.0, NO_ROLES), Journey(1.0, cpu, NO_ROLES | {"renderer": cpu}))
    return Journeys(4, 16, (one,))


@pytest.mark.parametrize(("cpu", "said"), [(1.05, "1.05 is within it"), (1.06, "1.06 is **above** it")])
def test_the_page_says_whether_the_cpu_goal_is_met(cpu: float, said: str) -> None:
    assert said in journey_page.journeys(journeys(cpu), "")


@pytest.mark.parametrize(("peak", "said"), [(1_500_000_000, "this is within it"), (1_600_000_000, "this is **above**")])
def test_the_page_says_whether_the_memory_goal_is_met(peak: int, said: str) -> None:
    full = FullRun(Cost(0, "", 60.0, 50.0, NO_ROLES, peak, "PSS"), "conformant", 82)
    assert said in journey_page.runs(Runs(full, {"plan": 0.5}), "")


def weighed(*megabytes: float) -> steadiness.Steadiness:
    """A run whose fifths each weigh so much, whatever they weigh in between."""
    weights = [
        (10 * (5 * fifth + number + 1), int((size + (number == 0)) * 1e6))
        for fifth, size in enumerate(megabytes)
        for number in range(5)
    ]
    return steadiness.Steadiness(4, weights, (1.5, 1.9, 2.5), 250, 249)


@pytest.mark.parametrize(("last", "said"), [(440.0, "+10.0 % is within it"), (448.0, "+12.0 % is **above** it")])
def test_the_page_says_whether_memory_grows_once_caches_are_filled(last: float, said: str) -> None:
    text = steadiness.page(weighed(300.0, 400.0, 410.0, 420.0, last), "")
    assert said in text
    assert "| 50 | 300 |" in text
    assert "249 of 250 came to their end." in text
    assert f"| 250 | {last:.0f} |" in text
    assert "first result: 1.9 s, the median of 3 runs (1.5 to 2.5 s)" in text
    assert "this is within it" in text


def race(ours_4: float, peer_4: float) -> contest.Contest:
    """One round with a peer that takes 10 s alone."""
    walls = {YARDSTICK: 10.0, "ours-1": 10.0, "ours-4": ours_4, "cucumber-js-1": 10.0, "cucumber-js-4": peer_4}
    costs = {name: cost(wall) for name, wall in walls.items()}
    return contest.Contest(20, tuple(BY_NAME[name] for name in walls), (costs,), {"behave": "a | b\nc"})


@pytest.mark.parametrize(("ours_4", "peer_4", "found"), [(6.0, 6.5, "within"), (6.0, 5.0, "**above**")])
def test_our_best_is_held_against_each_peers_best(ours_4: float, peer_4: float, found: str) -> None:
    text = contest_page.peers(race(ours_4, peer_4), "")
    goal = "each at its best, wall by that of the best peer, cucumber-js-4"
    assert f"| {goal} | {ours_4 / peer_4:.2f} | 1.00 | {found} |\n" in text


def test_a_goal_whose_figures_were_not_taken_is_not_told() -> None:
    assert "asynchronous script's" not in contest_page.peers(race(6, 6), "")


def test_who_was_left_out_is_told_in_one_line() -> None:
    assert "\n- behave: `a | b c`\n" in contest_page.peers(race(6, 6), "")


def test_one_section_is_written_anew_and_the_others_stay(tmp_path: Path) -> None:
    out = tmp_path / "benchmarks.md"
    put(out, "run", "## A full run\n\nold\n")
    put(out, "peers", "## Beside other runners\n\nfirst\n")
    put(out, "peers", "## Beside other runners\n\nsecond\n")
    text = out.read_text("utf-8")
    assert page.read(text) == {"peers": "## Beside other runners\n\nsecond\n", "run": "## A full run\n\nold\n"}
    assert text.count("Not yet measured") == len(page.SECTIONS) - 2


def test_the_page_of_the_project_is_one_that_the_benchmarks_write() -> None:
    text = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert page.compose(page.read(text)) == text


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    assert "| a \\| b |\n" in page.table(("x",), [("a | b",)])


def test_the_profile_shares_out_all_of_the_time() -> None:
    figures = Profile(cost(12.0), {"looking": 6.0, REST: 2.0}, {"looking": 3}, (("a.feature", "A", 4.0),), 9)
    text = profile_page.profile(figures, "")
    assert "| looking | 3 | 6.0 | 75 % |\n" in text
    assert f"| {REST} |  | 2.0 | 25 % |\n" in text


def test_the_plot_has_a_line_a_number_of_lanes_or_workers_with_its_name_and_a_point_a_size() -> None:
    ways = scaling.ways([1, 2, 3, 4], [1, 2, 3, 4])
    taken = scaling.take([10, 50, 200], ways, rounds=1, say=silent, once=lambda setting: cost(9.0 / setting[1][1]))
    drawn = ElementTree.fromstring(scaling_page.picture(taken))
    nodes = [(node.tag.partition("}")[2], node) for node in drawn.iter()]
    assert [tag for tag, _ in nodes].count("circle") == 2 * 3 * 7
    words = [node.text for tag, node in nodes if tag == "text"]
    assert words.count("1 lane") == words.count("4 lanes") == words.count("4 workers") == 2
    looks = {(node.get("stroke"), node.get("stroke-dasharray")) for tag, node in nodes if node.get("stroke-width")}
    assert len(looks) == 7


@pytest.mark.parametrize(
    ("greatest", "ticks"), [(1.0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]), (2.6, [0, 0.5, 1, 1.5, 2, 2.5, 3])]
)
def test_the_scale_ends_at_or_above_the_greatest_value(greatest: float, ticks: list[float]) -> None:
    assert plot.scale(greatest) == ticks


def test_names_of_lines_that_end_at_one_height_lie_below_each_other() -> None:
    assert plot.apart([100.0, 50.0, 100.0]) == [100.0, 50.0, 115.0]


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
