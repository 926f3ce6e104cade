"""The benchmarks compare the same journey, account for the whole process tree, and say where a goal is missed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench import bare, ours, page
from bench.figures import Figures, FullRun, Journey, Round
from bench.processes import ROLES, Cost
from portal2fa.clauses import read_scenarios
from portal2fa.profile_files import find_root, load_target

ROOT = Path(__file__).resolve().parents[1]
FACTS = {"processor": "a | b"}


def figures(cpu: float, peak: int) -> Figures:
    """Figures of one round in which ours took `cpu` seconds for one of the bare script."""
    roles = dict.fromkeys(ROLES, 0.0)
    one = Round(Journey(1.0, 1.0, roles), Journey(1.0, cpu, roles | {"renderer": cpu}))
    cost = Cost(0, "", 60.0, 50.0, roles, peak, "PSS")
    return Figures(4, 16, (one,), FullRun(cost, "conformant", 82), {"plan": 0.5}, "Chromium")


def test_the_journey_is_repeated_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "bench.feature").write_text(ours.repeated(ours.journey(find_root()), 3), "utf-8")
    rows = read_scenarios(tmp_path)
    first = read_scenarios(find_root() / "features")[0]
    assert [row.name.partition(" (")[0] for row in rows] == [first.name] * 3
    assert {row.tags for row in rows} == {first.tags}


def test_the_bare_script_knocks_at_the_places_of_the_profile() -> None:
    assert load_target("reference", find_root()).profile.places["protected"] == bare.PROTECTED


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


@pytest.mark.parametrize(("cpu", "said"), [(1.15, "1.15 is within it"), (1.16, "1.16 is **above** it")])
def test_the_page_says_whether_the_cpu_goal_is_met(cpu: float, said: str) -> None:
    assert said in page.write(figures(cpu, 1), FACTS, "2030-12-31")


@pytest.mark.parametrize(("peak", "said"), [(1_500_000_000, "this is within it"), (1_600_000_000, "this is **above**")])
def test_the_page_says_whether_the_memory_goal_is_met(peak: int, said: str) -> None:
    assert said in page.write(figures(1.0, peak), FACTS, "2030-12-31")


def test_a_bar_in_a_fact_does_not_break_the_table() -> None:
    assert "| processor | a \\| b |\n" in page.write(figures(1.0, 1), FACTS, "2030-12-31")
