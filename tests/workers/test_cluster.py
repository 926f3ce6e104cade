"""On a Dask cluster, each node with an installation of its own, a run finds what it finds in one process."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from portal2fa.cli import main
from portal2fa.errors import EnvironmentProblem, UsageError
from portal2fa.feature_files import suite_digest
from portal2fa.outcomes import ExitCode, Outcome, Result, ScenarioResult, exit_code
from portal2fa.profile_files import find_root, load_target
from portal2fa.session import Session
from portal2fa.workers import crew
from portal2fa.workers.cluster import joined
from portal2fa.workers.executor import Worker
from tests.child import child
from tests.workers.dask_cluster import Process, node, scheduler
from tests.workers.installation import installation, small_suite
from tests.workers.news import News
from tests.workers.suite import one_after_the_other, session
from tests.workers.test_crew import outcomes, quietly, without_the_moment

FOUR = """
  Background:
    Given it hangs, but only once

  Scenario: One
    Given a picture is taken
    Then all is well

  Scenario: Two
    Given a picture is taken
    Then something is wrong

  Scenario: Three
    Then all is well

  Scenario: Four
    Then all is well
"""
POOL = """
extends = "documented"
name = "ours"
title = "Ours"
url = "http://127.0.0.1:9"

[accounts]
kind = "pool"
pool = [
  { username = "ana@portal.example", password = "1", name = "Ana" },
  { username = "ben@portal.example", password = "2", name = "Ben" },
]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The suite as it is where the run begins."""
    root = small_suite(tmp_path / "home", FOUR)
    (root / "hung").touch()
    return root


@contextlib.contextmanager
def cluster(home: Path, *names: str) -> Iterator[tuple[Process, list[Process]]]:
    """A scheduler, and nodes whose homes lie beside that of the run."""
    with contextlib.ExitStack() as opened:
        at = opened.enter_context(scheduler())
        places = [installation(home.parent / name, home) for name in names]
        for place in places:
            (place / "hung").touch()
        yield at, [opened.enter_context(node(at, place)) for place in places]


def run(home: Path, at: Process, of: Session | None = None, at_once: int = 1) -> Result:
    """Run the suite at `home` on all nodes."""
    found, selection = session(home, at_once)
    with joined(at.address) as nodes:
        nodes.check(suite_digest(home))
        seats = nodes.staff(len(nodes.nodes), 300)
        return crew.run_with(seats, of or found, selection, command="c", progress=quietly)


def ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@contextlib.contextmanager
def killed_in_the_middle(home: Path, process: Process) -> Iterator[None]:
    """The node hangs with its first scenario in the block, and is killed when it does."""
    (home / "hung").unlink()
    news = News(home / "news")

    def kill() -> None:
        news.line()
        process.kill()

    killing = Thread(target=kill)
    killing.start()
    yield
    killing.join()
    news.close()
    for pid in (home / "opened").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)  # it would hang for as long as a step may take


def test_the_result_is_that_of_one_process_and_nothing_is_left_on_the_nodes(home: Path) -> None:
    with cluster(home, "a", "b") as (at, _):
        several = run(home, at, at_once=2)
        opened = [(home.parent / name / "opened").read_text().split() for name in ("a", "b")]
        assert [len(pids) for pids in opened] == [1, 1]
        assert all(ended(int(pid)) for pids in opened for pid in pids)
        assert [*home.parent.glob("[ab]/local/**/portal2fa-*")] == []
    assert not (home / "opened").exists()
    assert outcomes(several) == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.PASSED]
    with Worker(patience=300) as process:
        one = process.submit(one_after_the_other, home).result()
    assert without_the_moment(several) == without_the_moment(one)
    [path] = [item.path for item in several.scenarios[0].evidence]
    assert (home / "report" / path).exists()


def test_what_a_node_had_that_was_killed_in_the_middle_is_run_elsewhere(home: Path) -> None:
    with cluster(home, "a", "b") as (at, [first, _]), killed_in_the_middle(home.parent / "a", first):
        result = run(home, at)
    with Worker(patience=300) as process:
        one = process.submit(one_after_the_other, home).result()
    assert (home.parent / "a" / "hung").exists()
    assert outcomes(result) == outcomes(one) == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.PASSED]
    assert result.problems == ()


def test_where_no_node_is_left_nobody_can_tell(home: Path) -> None:
    with cluster(home, "a") as (at, [only]), killed_in_the_middle(home.parent / "a", only):
        result = run(home, at)
    assert {*outcomes(result)} == {Outcome.UNTESTED}
    assert f"The node {only.address} left the cluster." in result.problems[0]
    assert exit_code(result) is ExitCode.INCONCLUSIVE


def test_accounts_of_a_pool_are_divided_and_those_of_a_node_that_has_gone_are_named(home: Path) -> None:
    (home / "fixtures" / "profiles" / "ours.toml").write_text(POOL)
    found, _ = session(home)
    ours = replace(found, target=load_target(str(home / "fixtures" / "profiles" / "ours.toml"), find_root()))
    with cluster(home, "a", "b") as (at, [first, _]), killed_in_the_middle(home.parent / "a", first):
        result = run(home, at, ours)
    assert outcomes(result) == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.PASSED]
    assert len(result.not_restored) == 1
    assert exit_code(result) is ExitCode.NOT_RESTORED


def test_a_run_that_is_killed_leaves_nothing_open_on_a_node(home: Path) -> None:
    news = News(home / "news")
    with cluster(home, "a") as (at, _):
        (home.parent / "a" / "tells-when-it-closes").touch()
        (home.parent / "a" / "news").symlink_to(home / "news")
        code = "import sys; from tests.workers.test_cluster import be_killed; be_killed(*sys.argv[1:])"
        command = [sys.executable, "-c", code, str(home), at.address]
        with child(command, cwd=find_root(), stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "One\n"
            running.kill()
        assert news.line() == "closed"
    news.close()


def be_killed(home: str, at: str) -> None:
    """Run on a cluster, and stay in the middle of it."""

    def stay(result: ScenarioResult) -> None:
        print(result.name, flush=True)
        signal.pause()

    found, selection = session(Path(home))
    with joined(at) as nodes:
        crew.run_with(nodes.staff(1, 300), found, selection, command="c", progress=stay)


@pytest.mark.parametrize(
    ("file", "changed", "told"),
    [
        ("features/a.feature", "Feature: B\n", "suite [0-9a-f]{12} there and [0-9a-f]{12} here"),
        ("portal2fa/__init__.py", '__version__ = "0.0.9"\n', "version 0.0.9 there and "),
    ],
)
def test_a_node_with_another_portal2fa_is_refused_before_anything_is_run(
    home: Path, file: str, changed: str, told: str
) -> None:
    installation(home.parent / "other", home)
    (home.parent / "other" / file).write_text(changed)
    with (
        scheduler() as at,
        node(at, home.parent / "other") as process,
        joined(at.address) as nodes,
        pytest.raises(EnvironmentProblem, match=told) as raised,
    ):
        nodes.check(suite_digest(home))
    assert process.address in raised.value.what
    assert not (home.parent / "other" / "opened").exists()


def test_a_scheduler_that_cannot_be_reached_is_told() -> None:
    with pytest.raises(EnvironmentProblem, match=r"The scheduler at tcp://127\.0\.0\.1:9 cannot be reached"):
        contextlib.ExitStack().enter_context(joined("tcp://127.0.0.1:9", seconds=1))


def test_a_scheduler_without_nodes_is_told() -> None:
    with scheduler() as at, pytest.raises(EnvironmentProblem, match=re.escape(f"joined the scheduler at {at.address}")):
        contextlib.ExitStack().enter_context(joined(at.address))


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://a b:1"])
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a scheduler"):
        contextlib.ExitStack().enter_context(joined(address))


def test_without_dask_the_option_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "portal2fa.workers.cluster")
    with pytest.raises(SystemExit) as ending:
        main(["run", "--cluster", "tcp://127.0.0.1:9", "--out", str(tmp_path / "report")])
    assert ending.value.code == ExitCode.USAGE
    assert "extra `cluster`" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
