"""Full runs are held against each other, and every scenario that is not always the same is told."""

from __future__ import annotations

import pytest

from bench import agreement


def agreed(*found: dict[str, str]) -> agreement.Agreement:
    """One run for each of these outcomes by scenario, with one worker and more lanes each time."""
    runs = [
        agreement.Run(1, lanes, 60.0, 90.0, {name: (outcome, "it `broke`") for name, outcome in outcomes.items()})
        for lanes, outcomes in enumerate(found, start=1)
    ]
    return agreement.Agreement(runs, 20)


def test_runs_that_agree_are_said_to() -> None:
    text = agreement.page(agreed({"a": "passed", "b": "failed"}, {"b": "failed", "a": "passed"}), "")
    assert "| 2 | 1 | 2 | 60 | 90 | 2 | 1 failed, 1 passed | 0 |\n" in text
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
