"""Scenarios that are run once more for their traces: which ones, and that nothing of it decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa import runner
from portal2fa.outcomes import Evidence, Outcome, Result, ScenarioResult
from portal2fa.tracing import is_wanted, with_traces
from portal2fa.workers import crew
from portal2fa.workers.executor import Worker
from tests.portal2fa.test_merging import row
from tests.workers.suite import HOOKS, STEPS, session, suite

SCENARIOS = """
  Scenario: Passes
    Given a picture is taken
    Then all is well

  Scenario: Fails
    Given a picture is taken
    Then something is wrong

  Scenario: Changes its mind
    Given a picture is taken
    Then it fails at first

  Scenario: Breaks off
    Given it cannot be told
    Then all is well

  Scenario: Is left out
    Then all is well
"""
MORE_STEPS = """

@then("it fails at first")
def at_first(context):
    first = not (HERE / "failed").exists()
    (HERE / "failed").touch()
    context.session.recorder.saw("notices.never")
    context.session.recorder.secret("a secret of the second run" if not first else "a secret of the first")
    expect(not first, expected="nothing", seen="something")


@given("it cannot be told")
def cannot(context):
    raise RuntimeError("nobody knows")
"""
TRACING = """

from portal2fa.outcomes import Outcome


def before_scenario(context, scenario):
    context.session = context.session.beside(scenario.name.replace(" ", "-"))
    with (HERE / "played").open("a") as played:
        played.write(f"{scenario.name}: {context.session.trace}, {context.session.evidence}\\n")
    if scenario.name == "Is left out":
        context.session.recorder.leave_out(Outcome.UNTESTED, "no means")
        scenario.skip()


def after_scenario(context, scenario):
    if context.session.trace == "all":
        context.session.recorder.trace("a trace", scenario.name.encode())
"""


def tracing_suite(root: Path) -> Path:
    """A suite that says what was played, and keeps a trace where one is wanted."""
    suite(root, SCENARIOS)
    (root / "steps" / "a_steps.py").write_text(STEPS + MORE_STEPS)
    (root / "environment.py").write_text(HOOKS + TRACING)
    return root


def here(root: Path, trace: str) -> Result:
    """Run everything in this process, which keeps the steps: a test calls this in a process of its own."""
    found, selection = session(root)
    return runner.run(replace(found, trace=trace), selection, command="c", progress=lambda result: None)


def in_this_way(root: Path, trace: str, workers: int) -> Result:
    if workers == 1:
        with Worker(patience=300) as process:
            return process.submit(here, root, trace).result()
    found, selection = session(root)
    return crew.run(replace(found, trace=trace), selection, workers=workers, command="c", progress=lambda result: None)


def outcomes(result: Result) -> list[str]:
    return [one.outcome.value for one in result.scenarios]


EXPECTED = ["passed", "failed", "failed", "cantTell", "untested"]


@pytest.mark.parametrize("workers", [1, 2])
def test_only_what_did_not_pass_is_run_once_more_and_keeps_its_outcome(tmp_path: Path, workers: int) -> None:
    result = in_this_way(tracing_suite(tmp_path), "failures", workers)
    assert outcomes(result) == EXPECTED
    played = (tmp_path / "played").read_text().splitlines()
    again = ["Fails: all, none", "Changes its mind: all, none", "Breaks off: all, none"]
    assert sorted(played) == sorted([*(f"{one.name}: failures, journey" for one in result.scenarios), *again])


@pytest.mark.parametrize("workers", [1, 2])
def test_the_traces_come_to_the_scenario_beside_what_the_first_run_left(tmp_path: Path, workers: int) -> None:
    result = in_this_way(tracing_suite(tmp_path), "failures", workers)
    kept = {
        one.name: {item.path: (tmp_path / "report" / item.path).read_text() for item in one.evidence if item.path}
        for one in result.scenarios
    }
    assert kept["Fails"].pop("evidence/again-Fails-0002.zip") == "Fails"
    assert [*kept["Fails"]] == ["evidence/Fails-0001.png"]
    assert kept["Breaks off"] == {"evidence/again-Breaks-off-0001.zip": "Breaks off"}
    assert [*kept["Passes"]] == ["evidence/Passes-0001.png"]


def test_where_the_second_run_ends_otherwise_the_scenario_is_said_to_disagree_with_itself(tmp_path: Path) -> None:
    result = in_this_way(tracing_suite(tmp_path), "failures", 1)
    said = {one.name: [item.text for item in one.evidence if item.kind == "text"] for one in result.scenarios}
    words = "the scenario disagrees with itself: it came to failed, and to passed when it was run for its trace"
    assert said["Changes its mind"] == [words]
    assert not any("disagrees" in text for text in said["Fails"] + said["Breaks off"])


def test_what_the_second_run_sees_counts_for_nothing_and_its_secrets_are_masked(tmp_path: Path) -> None:
    found, _ = session(suite(tmp_path))
    again = found.for_traces()
    again.recorder.saw("notices.on")
    again.recorder.used("controls.enable")
    again.recorder.secret("a secret of the second run")
    again.recorder.findings.not_restored.append("ana")
    findings = found.recorder.findings
    assert (findings.seen, findings.used) == (set(), set())
    assert found.recorder.masked("a secret of the second run") == "••••"
    assert findings.not_restored == ["ana"]


@pytest.mark.parametrize(("trace", "traced"), [("all", 5), ("none", 0)])
def test_nothing_is_run_twice_where_all_are_traced_or_none(tmp_path: Path, trace: str, traced: int) -> None:
    result = in_this_way(tracing_suite(tmp_path), trace, 1)
    assert outcomes(result) == EXPECTED
    assert len((tmp_path / "played").read_text().splitlines()) == 5
    traces = [item for one in result.scenarios for item in one.evidence if item.kind == "trace"]
    assert len(traces) == traced


def test_what_passed_but_for_what_is_yet_to_be_seen_is_not_run_once_more(tmp_path: Path) -> None:
    found, _ = session(suite(tmp_path))
    wanted: Callable[[ScenarioResult], bool] = lambda one: is_wanted(replace(found, trace="failures"), one)  # noqa: E731
    passed = replace(row("one", absent=("notices.on",)), outcome=Outcome.CANT_TELL)
    assert not wanted(passed)
    assert wanted(row("one", Outcome.FAILED))
    found.lanes.stop()
    assert not wanted(row("one", Outcome.FAILED)), "nothing is begun after an interrupt"


def test_a_second_run_that_could_not_be_traced_says_why() -> None:
    first, again = row("one", Outcome.FAILED), row("one", Outcome.FAILED)
    lost = Evidence("trace", "trace of Ana's browser", text="no trace could be kept: it has ended")
    assert with_traces(first, replace(again, evidence=(lost,))).evidence == (*first.evidence, lost)
