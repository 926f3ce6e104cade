"""Full runs are held against each other, and every scenario that is not always the same is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import agreement
from bench.kept_runs import KeptRuns


def run(lanes: int, outcomes: agreement.Outcomes) -> agreement.Run:
    return agreement.Run(1, lanes, 60.0, 90.0, outcomes, "2030-12-31")


def agreed(*found: dict[str, str]) -> agreement.Agreement:
    """One run for each of these outcomes by scenario, with one worker and more lanes each time."""
    runs = [
        run(lanes, {name: (outcome, "it `broke`") for name, outcome in outcomes.items()})
        for lanes, outcomes in enumerate(found, start=1)
    ]
    return agreement.Agreement(runs, 20)


def test_runs_that_agree_are_said_to() -> None:
    text = agreement.page(agreed({"a": "passed", "b": "failed"}, {"b": "failed", "a": "passed"}), "")
    assert "| 2 | 2030-12-31 | 1 | 2 | 60 | 90 | 2 | 1 failed, 1 passed | 0 |\n" in text
    assert "2 of 20 runs are done.\n" in text
    assert "they have it" in text


@pytest.mark.parametrize(("other", "said"), [({"a": "failed"}, "failed"), ({}, "missing")])
def test_a_run_that_disagrees_is_told_with_its_scenario(other: dict[str, str], said: str) -> None:
    text = agreement.page(agreed({"a": "passed"}, other, {"a": "passed"}), "")
    reason = "it 'broke'" if other else "no reason"
    assert f"- Run 2, `a`: {said} and not passed: {reason}\n" in text
    assert "they have it" not in text


def test_every_number_of_workers_meets_every_number_of_lanes() -> None:
    found = agreement.settings(20)
    assert len(found) == 20
    assert set(found) == {(workers, lanes) for workers in (1, 2, 3) for lanes in (1, 2, 3, 4)}


def test_an_interrupted_measurement_goes_on_with_the_next_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def play(workers: int, lanes: int) -> agreement.Run:
        asked.append((workers, lanes))
        return run(lanes, {"a": ("passed", "")})

    monkeypatch.setattr(agreement, "_run", play)
    told: list[str] = []
    before = [run(1, {"a": ("passed", "")}), run(2, {"a": ("failed", "no")})]
    known = [len(one.runs) for one in agreement.take(5, say=told.append, before=before)]
    assert (known, asked) == ([2, 3, 4, 5], [(1, 3), (1, 4), (2, 1)])
    assert "full run 3 of 5: workers 1, lanes 3" in told


def test_runs_are_kept_as_long_as_nothing_is_changed(tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "a.py").write_text("one")
    kept = KeptRuns(tmp_path / "cache" / "runs.json", tmp_path)
    assert kept.read() == []
    runs = [run(1, {"a": ("passed", "")}), run(2, {"a": ("failed", "no")})]
    kept.keep(runs)
    assert kept.read() == runs
    (tmp_path / "steps" / "a.py").write_text("two")
    assert kept.read() == []
