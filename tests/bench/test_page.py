"""The page says where a goal is missed, and keeps what was measured before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import journey_page, page, steadiness
from bench.__main__ import put
from bench.figures import FullRun, Journey, Journeys, Round, Runs
from bench.processes import Cost
from tests.bench.pretended import NO_ROLES, ROOT


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
