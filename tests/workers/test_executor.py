"""A worker process: warm over tasks, replaced when it dies or hangs, ended with its parent, and quiet."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import as_completed
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from portal2fa.workers.executor import Worker
from portal2fa.workers.process import Lost
from tests.workers import tasks
from tests.workers.news import News

LONG = 300.0
"""Nothing here takes so long."""


@pytest.fixture
def news(tmp_path: Path) -> Iterator[News]:
    """Where a task says what it does."""
    found = News(tmp_path / "news")
    yield found
    found.close()


def test_results_come_from_a_process_that_is_kept_over_tasks() -> None:
    with Worker(patience=LONG) as worker:
        futures = [worker.submit(tasks.identity) for _ in range(3)]
        [(process, group)] = {future.result(LONG) for future in futures}
    assert process != os.getpid()
    assert group == process, "Ctrl-C at the terminal goes to a whole group"


def test_tasks_are_carried_out_side_by_side() -> None:
    with Worker(patience=LONG) as worker:
        both = [worker.submit(tasks.meet), worker.submit(tasks.meet)]
        assert [future.result(LONG) for future in both] == ["met", "met"]
        assert {*as_completed(both)} == {*both}


def test_map_of_every_executor_works_here_too() -> None:
    with Worker(patience=LONG) as worker:
        assert [*worker.map(abs, range(-9, 0), timeout=LONG)] == [*range(9, 0, -1)]


def test_what_a_task_raises_is_raised_with_its_traceback() -> None:
    with Worker(patience=LONG) as worker:
        error = worker.submit(tasks.refuse, "no").exception(LONG)
        assert isinstance(error, ValueError)
        assert error.args == ("no",)
        assert "tasks.py" in error.__notes__[0]
        assert worker.submit(abs, -1).result(LONG) == 1


@pytest.mark.parametrize(
    ("task", "told"),
    [(tasks.refuse_stubbornly, "Stubborn: stubborn"), (tasks.refuse_demandingly, "Demanding: this and that")],
)
def test_an_exception_that_cannot_be_handed_back_is_told_in_words(task: object, told: str) -> None:
    assert callable(task)
    with Worker(patience=LONG) as worker:
        error = worker.submit(task).exception(LONG)
    assert isinstance(error, RuntimeError)
    assert told in str(error)


def test_a_worker_prints_nothing_and_reads_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with Worker(patience=LONG) as worker:
        assert worker.submit(tasks.talk).result(LONG) == ""
    assert capfd.readouterr() == ("", "")


def test_a_worker_has_the_environment_that_it_is_given() -> None:
    with Worker(patience=LONG, environment={**os.environ, "PORTAL2FA_TEST": "here"}) as worker:
        assert worker.submit(os.getenv, "PORTAL2FA_TEST").result(LONG) == "here"


# --- lost


def test_a_worker_that_dies_loses_all_its_tasks_and_another_one_has_the_next() -> None:
    with Worker(patience=LONG) as worker:
        first = worker.submit(tasks.identity).result(LONG)
        neighbour = worker.submit(tasks.meet)
        error = worker.submit(tasks.leave).exception(LONG)
        assert isinstance(error, Lost)
        assert str(error) == "it ended by itself, with SIGKILL; the last it said was: I am dying"
        assert neighbour.exception(LONG) is error
        assert worker.submit(tasks.identity).result(LONG) != first


def test_the_exit_code_of_a_worker_is_told() -> None:
    with Worker(patience=LONG) as worker:
        error = worker.submit(tasks.leave_by_exit_code).exception(LONG)
    assert isinstance(error, Lost)
    assert "with exit code 7" in str(error)


def test_a_worker_that_hangs_is_ended_and_another_one_has_the_next_task(news: News) -> None:
    blocked: list[str] = []

    def heard(answers: Connection, patience: float) -> bool:
        """Lose patience as soon as the first one blocks."""
        if not blocked:
            blocked.append(news.line())
            return False
        return answers.poll(patience)

    with Worker(patience=LONG, heard=heard) as worker:
        error = worker.submit(tasks.block, news.path).exception(LONG)
        assert isinstance(error, Lost)
        assert "no sign of life for 300 seconds" in str(error)
        assert worker.submit(abs, -1).result(LONG) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(blocked[0]), 0)


def test_patience_is_waited_out_by_the_clock(tmp_path: Path) -> None:
    with Worker(patience=0.01) as worker:
        error = worker.submit(tasks.block, tmp_path / "nobody-reads").exception(LONG)
    assert isinstance(error, Lost)
    assert str(error).startswith("it gave no sign of life for 0.01 seconds and was ended")


def test_signs_of_life_are_heard_and_are_no_answer() -> None:
    asked: list[float] = []

    def heard(answers: Connection, patience: float) -> bool:
        asked.append(patience)
        return answers.poll(patience)

    with Worker(patience=LONG, heard=heard) as worker:
        assert worker.submit(tasks.give_signs, 3).result(LONG) == "answered"
    assert asked == [LONG] * 4, "after each sign it may be silent for as long again"


def test_a_worker_that_cannot_be_started_loses_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Worker(patience=LONG) as worker:
        error = worker.submit(abs, -1).exception(LONG)
    assert isinstance(error, Lost)
    assert "could not be started" in str(error)


# --- ended


def test_what_a_worker_has_opened_is_closed_when_no_more_is_wanted(news: News) -> None:
    with Worker(patience=LONG) as worker:
        worker.submit(tasks.open_something, news.path).result(LONG)
    assert news.rest() == "open\nclosed\n"
    with pytest.raises(RuntimeError, match="after shutdown"):
        worker.submit(abs, -1)


def test_a_worker_that_is_not_done_with_closing_is_ended(news: News) -> None:
    with Worker(patience=2.0) as worker:
        worker.submit(tasks.open_what_does_not_close, news.path).result(LONG)
    assert news.rest() == "open\n"


def test_a_worker_that_is_killed_is_not_replaced(news: News) -> None:
    worker = Worker(patience=LONG)
    running = worker.submit(tasks.block, news.path)
    news.line()
    worker.kill()
    assert isinstance(running.exception(LONG), Lost)
    assert news.rest() == ""
    with pytest.raises(RuntimeError, match="after shutdown"):
        worker.submit(abs, -1)
    worker.shutdown()


@pytest.mark.parametrize(
    ("task", "patience", "last"),
    [("open_something", LONG, "closed\n"), ("open_what_does_not_close", 2.0, "")],
    ids=["closes", "does not close"],
)
def test_a_worker_ends_when_its_parent_was_killed(news: News, task: str, patience: float, last: str) -> None:
    begin = f"from tests.workers import tasks; tasks.parent({str(news.path)!r}, {task!r}, {patience})"
    parent = subprocess.Popen([sys.executable, "-c", begin], cwd=Path(__file__).parents[2])
    try:
        assert news.line() == "open"
    finally:
        parent.kill()
        parent.wait()
    assert news.rest() == last, "it ends when the last one that could write has ended"
