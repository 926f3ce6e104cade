"""Worker processes: warm over tasks, replaced when they die or hang, ended with their parent, and quiet."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, as_completed
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from portal2fa.errors import CannotTell
from portal2fa.worker_process import Answered, WorkerProcess
from portal2fa.workers import Workers
from tests.portal2fa import worker_tasks

LONG = 300.0
"""Nothing here takes so long."""


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """Where a task says what it does; whoever reads waits for it, and for its end."""
    path = tmp_path / "news"
    os.mkfifo(path)
    return path


def test_results_come_from_processes_that_are_kept_over_tasks() -> None:
    with Workers(1, patience=LONG) as workers:
        futures = [workers.submit(worker_tasks.identity) for _ in range(3)]
        [(worker, group)] = {future.result() for future in futures}
    assert worker != os.getpid()
    assert group == worker, "Ctrl-C at the terminal goes to a whole group"


def test_tasks_are_begun_in_the_order_in_which_they_came() -> None:
    done: list[int] = []
    with Workers(1, patience=LONG) as workers:
        for number in range(5):
            workers.submit(abs, number).add_done_callback(lambda future: done.append(future.result()))
    assert done == [0, 1, 2, 3, 4]


def test_map_of_every_executor_works_here_too() -> None:
    with Workers(2, patience=LONG) as workers:
        assert [*workers.map(abs, range(-9, 0))] == [*range(9, 0, -1)]


def test_what_a_task_raises_is_raised_with_its_traceback() -> None:
    with Workers(1, patience=LONG) as workers:
        error = workers.submit(worker_tasks.refuse, "no").exception()
        assert isinstance(error, ValueError)
        assert error.args == ("no",)
        assert "worker_tasks.py" in error.__notes__[0]
        assert workers.submit(abs, -1).result() == 1


def test_an_exception_that_cannot_be_handed_back_is_told_in_words() -> None:
    with Workers(1, patience=LONG) as workers:
        error = workers.submit(worker_tasks.refuse_stubbornly).exception()
    assert isinstance(error, RuntimeError)
    assert "Stubborn: stubborn" in str(error)


def test_workers_print_nothing_and_read_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(1, patience=LONG) as workers:
        assert workers.submit(worker_tasks.talk).result() == ""
    assert capfd.readouterr() == ("", "")


def test_a_task_whose_worker_dies_is_run_once_more_in_another(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Workers(1, patience=LONG) as workers:
        lost = workers.submit(worker_tasks.leave, log, 1)
        after = workers.submit(worker_tasks.identity)
        assert lost.result() == "survived after 1"
        assert str(after.result()[0]) == log.read_text().split()[1], "the second process goes on"
    assert len({*log.read_text().split()}) == 2


def test_nobody_can_tell_of_a_task_that_is_lost_twice(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Workers(2, patience=LONG) as workers:
        error = workers.submit(worker_tasks.leave, log, 9).exception()
        assert workers.submit(abs, -1).result() == 1, "all others go on"
    assert isinstance(error, CannotTell)
    how = "it ended by itself, with SIGKILL; the last it said was: I am dying"
    assert error.cause == f"{how}, then {how}"
    assert len(log.read_text().split()) == 2


def test_the_exit_code_of_a_worker_is_told() -> None:
    with Workers(1, patience=LONG) as workers:
        error = workers.submit(worker_tasks.leave_by_exit_code).exception()
    assert isinstance(error, CannotTell)
    assert "with exit code 7" in error.cause


def test_a_worker_that_hangs_is_ended_and_its_task_run_once_more(tmp_path: Path, fifo: Path) -> None:
    log = tmp_path / "log"
    blocked: list[str] = []

    def answered(answers: Connection, patience: float) -> bool:
        """Lose patience as soon as the first one blocks."""
        if not blocked:
            with fifo.open() as news:
                blocked.append(news.readline().strip())
            return False
        return answers.poll(patience)

    with Workers(1, patience=LONG, answered=answered) as workers:
        assert workers.submit(worker_tasks.block_once, log, fifo).result() == "went on elsewhere"
    with pytest.raises(ProcessLookupError):
        os.kill(int(blocked[0]), 0)


def test_patience_is_waited_out_by_the_clock(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Workers(1, patience=0.01) as workers:
        error = workers.submit(worker_tasks.block, log, tmp_path / "nobody-reads").exception()
    assert isinstance(error, CannotTell)
    assert error.cause.count("it gave no answer for 0.01 seconds and was ended") == 2


def test_a_stop_lets_the_task_end_that_runs_and_begins_no_other(fifo: Path) -> None:
    with Workers(1, patience=LONG) as workers:
        running = workers.submit(worker_tasks.until_stopped, fifo)
        waiting = workers.submit(abs, -1)
        with fifo.open() as news:
            assert news.readline() == "begun\n"
            workers.shutdown(cancel_futures=True)
            assert news.read() == "put back\n"
    assert running.result() == "put back"
    assert waiting.cancelled()
    both: list[Future[Any]] = [running, waiting]
    assert {*as_completed(both)} == {*both}
    with pytest.raises(RuntimeError, match="after shutdown"):
        workers.submit(abs, -1)


def test_killed_workers_are_not_replaced(tmp_path: Path, fifo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[WorkerProcess] = []

    class Counted(WorkerProcess):
        def __init__(self, patience: float, answered: Answered) -> None:
            super().__init__(patience, answered)
            begun.append(self)

    monkeypatch.setattr("portal2fa.workers.WorkerProcess", Counted)
    with Workers(1, patience=LONG) as workers:
        running = workers.submit(worker_tasks.block, tmp_path / "log", fifo)
        with fifo.open() as news:
            news.readline()
            workers.kill_workers()
            assert news.read() == "", "it has ended"
    assert isinstance(running.exception(), CannotTell)
    assert len(begun) == 1


@pytest.mark.parametrize(
    ("task", "patience", "last"), [("until_stopped", LONG, "put back\n"), ("block", 5.0, "")], ids=["kind", "blocked"]
)
def test_workers_end_when_their_parent_was_killed(fifo: Path, task: str, patience: float, last: str) -> None:
    begin = f"from tests.portal2fa import worker_tasks; worker_tasks.parent({str(fifo)!r}, {task!r}, {patience})"
    parent = subprocess.Popen([sys.executable, "-c", begin], cwd=Path(__file__).parents[2])
    with fifo.open() as news:
        news.readline()
        parent.kill()
        parent.wait()
        assert news.read() == last, "it ends when the last one that could write has ended"
