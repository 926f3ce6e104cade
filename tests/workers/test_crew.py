"""A run in worker processes finds what a run in one process finds, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pytest

from portal2fa.errors import EnvironmentProblem
from portal2fa.outcomes import Outcome, Result, ScenarioResult
from portal2fa.runner import Progress
from portal2fa.workers import crew
from portal2fa.workers.executor import Worker
from portal2fa.workers.process import Heard
from tests.workers.news import News
from tests.workers.suite import in_lanes, one_after_the_other, session, suite

DYING = """
  Scenario: One dies
    Given it dies, {times} times at most
    Then all is well

  Scenario: A neighbour
    Then all is well

  Scenario: Another one
    Given a picture is taken
    Then all is well
"""


def quietly(result: ScenarioResult) -> None:
    """Show no progress."""


def run(
    root: Path,
    *,
    workers: int = 2,
    at_once: int = 1,
    progress: Progress = quietly,
    heard: Heard = Connection.poll,
) -> Result:
    """Run the suite at `root` in worker processes."""
    found, selection = session(root, at_once)
    return crew.run(found, selection, workers=workers, command="c", progress=progress, heard=heard)


def outcomes(result: Result) -> list[Outcome]:
    return [row.outcome for row in result.scenarios]


def without_the_moment(result: Result) -> Result:
    """A result without times."""
    rows = (
        replace(row, seconds=0.0, steps=tuple(replace(step, seconds=0.0) for step in row.steps))
        for row in result.scenarios
    )
    return replace(result, started="", finished="", scenarios=tuple(rows))


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_the_result_is_that_of_one_process(tmp_path: Path, workers: int) -> None:
    told: list[str] = []
    several = run(suite(tmp_path), workers=workers, progress=lambda result: told.append(result.name))
    assert sorted(told) == ["One", "Three", "Two"]
    assert outcomes(several) == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]
    assert several.browser == "no browser"
    with Worker(patience=300) as process:
        one = process.submit(one_after_the_other, tmp_path).result()
    assert without_the_moment(several) == without_the_moment(one)


def test_each_worker_opens_once_and_files_come_back_from_them(tmp_path: Path) -> None:
    result = run(suite(tmp_path), workers=2)
    opened = (tmp_path / "opened").read_text().split()
    assert len(opened) == len({*opened}) == 2
    assert str(os.getpid()) not in opened
    assert sorted((tmp_path / "loaded").read_text().split()) == sorted(opened), "steps are read once a worker"
    [path] = [item.path for item in result.scenarios[0].evidence]
    assert (tmp_path / "report" / path).read_text() in opened
    assert (tmp_path / "report" / "evidence" / "One-0001.png").exists()


def test_what_took_longest_in_an_earlier_run_begins_first(tmp_path: Path) -> None:
    found, selection = session(suite(tmp_path))
    times = {row.id: seconds for row, seconds in zip(selection.scenarios, (1.0, 3.0, 2.0), strict=True)}
    told: list[str] = []
    crew.run(
        replace(found, times=times),
        selection,
        workers=1,
        command="c",
        progress=lambda result: told.append(result.name),
    )
    assert told == ["Two", "Three", "One"]
    with Worker(patience=300) as process:
        assert process.submit(in_lanes, tmp_path, times).result() == told


def test_the_scenario_of_a_worker_that_dies_is_run_once_more(tmp_path: Path) -> None:
    result = run(suite(tmp_path, DYING.format(times=1)), workers=2, at_once=2)
    assert outcomes(result) == [Outcome.PASSED] * 3
    assert (tmp_path / "died").read_text().split() == ["once", "once"]
    assert result.problems == ()
    assert "notices.on" in result.seen


@pytest.mark.parametrize("workers", [1, 2])
def test_of_one_that_kills_two_workers_nobody_can_tell_and_its_neighbours_are_none_the_worse(
    tmp_path: Path, workers: int
) -> None:
    result = run(suite(tmp_path, DYING.format(times=9)), workers=workers, at_once=3)
    assert outcomes(result) == [Outcome.CANT_TELL, Outcome.PASSED, Outcome.PASSED]
    assert (tmp_path / "died").read_text().split() == ["once", "once"]
    reason = result.scenarios[0].reason
    assert reason.startswith("The worker process was lost in the middle of this scenario.\n")
    assert reason.count("it ended by itself, with SIGKILL; the last it said was: dying") == 2


def test_the_scenario_of_a_worker_that_hangs_is_run_once_more(tmp_path: Path) -> None:
    scenario = "\n  Scenario: One hangs\n    Given it hangs, but only once\n    Then all is well\n"
    root = suite(tmp_path, scenario)
    news = News(root / "news")
    said: list[str] = []

    def heard(answers: Connection, patience: float) -> bool:
        """Lose patience as soon as it hangs."""
        if not said and answers not in wait([answers, news.fileno()], patience):
            said.append(news.line())
            return False
        return answers.poll(patience)

    result = run(root, workers=1, heard=heard)
    news.close()
    assert said == ["hanging"]
    assert outcomes(result) == [Outcome.PASSED]


def test_what_keeps_all_workers_from_opening_is_raised(tmp_path: Path) -> None:
    (suite(tmp_path) / "closed-to-all").touch()
    with pytest.raises(EnvironmentProblem, match="It does not open"):
        run(tmp_path, workers=2)


def test_a_worker_that_cannot_open_is_done_without(tmp_path: Path) -> None:
    (suite(tmp_path) / "open-to-one").touch()
    result = run(tmp_path, workers=2)
    assert outcomes(result) == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]
    assert [note for note in result.target.notes if "could not begin" in note and "It is open to one." in note]
    assert result.problems == ()


def test_a_worker_that_cannot_be_replaced_leaves_scenarios_that_were_not_reached(tmp_path: Path) -> None:
    first = "\n  Scenario: Before\n    Then all is well\n"
    (suite(tmp_path, first + DYING.format(times=1)) / "open-to-one").touch()
    result = run(tmp_path, workers=1)
    assert outcomes(result) == [Outcome.PASSED, *[Outcome.UNTESTED] * 3]
    assert "It is open to one." in result.problems[0]


def test_what_breaks_at_the_end_of_a_worker_is_a_problem_of_the_run(tmp_path: Path) -> None:
    (suite(tmp_path) / "breaks-at-the-end").touch()
    result = run(tmp_path, workers=2)
    assert result.problems == ("what the run had started could not be ended properly",)


def test_what_is_left_at_the_end_of_a_worker_is_told_with_cause_and_hint(tmp_path: Path) -> None:
    (suite(tmp_path) / "tells-what-is-left").touch()
    result = run(tmp_path, workers=2)
    assert result.problems == ("Something is left.\n  cause: it stays\n  hint:  remove it",)


def test_a_worker_that_dies_has_its_temporary_files_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    run(suite(tmp_path, DYING.format(times=9)), workers=2)
    assert [*(tmp_path / "tmp").iterdir()] == []


def test_after_ctrl_c_nothing_more_is_begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(result: ScenarioResult) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    result = run(suite(tmp_path), workers=1, progress=interrupt)
    assert result.interrupted
    assert outcomes(result) == [Outcome.PASSED, Outcome.UNTESTED, Outcome.UNTESTED]
    assert "Stopping after the scenarios that are under way" in capsys.readouterr().err
    assert "closed" in result.target.notes


def test_a_third_ctrl_c_waits_for_nobody(tmp_path: Path) -> None:
    def interrupt(result: ScenarioResult) -> None:
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run(suite(tmp_path), workers=2, progress=interrupt)
    for pid in (tmp_path / "opened").read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
