"""The tables of outcomes, verdicts, forces and exit codes are those of the code, and so are the rules beside them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from portal2fa.baseline import Kind, Standing
from portal2fa.baseline_checks import Known
from portal2fa.baseline_files import load
from portal2fa.clauses import RUN_CLASSES, load_register, read_scenarios
from portal2fa.gates import DEFAULT_CLASSES
from portal2fa.outcomes import (
    ExitCode,
    Force,
    Outcome,
    Result,
    ScenarioResult,
    TargetFacts,
    Verdict,
    exit_code,
    roll_up,
)
from tests.docs.pages import ROOT, bare, page, section, tables

README = page("README.md")
VERDICTS = page("docs/verdicts.md")


def first_column(text: str, number: int = 0) -> list[str]:
    """The first cells of a table, without backticks."""
    return [bare(row[0]) for row in tables(text)[number]]


def test_the_readme_lists_the_five_outcomes() -> None:
    assert set(first_column(section(README, "Reading a verdict"))) == {outcome.value for outcome in Outcome}


def test_the_page_lists_the_outcomes_from_best_to_worst() -> None:
    assert first_column(section(VERDICTS, "Outcomes of a scenario")) == [outcome.value for outcome in Outcome]


def test_the_page_lists_the_forces_and_says_which_decide() -> None:
    rows = tables(section(VERDICTS, "Force of a clause"))[0]
    assert {bare(row[0]): row[2] for row in rows} == {f.value: "yes" if f.is_binding else "no" for f in Force}


def test_the_page_lists_the_verdicts() -> None:
    assert set(first_column(section(VERDICTS, "From clauses to the verdict"))) == {verdict.value for verdict in Verdict}


def test_the_page_lists_the_exit_codes_by_number_and_name() -> None:
    rows = tables(section(VERDICTS, "Exit codes"))[0]
    assert [(int(row[0]), bare(row[1])) for row in rows] == [(code.value, code.name) for code in ExitCode]


def test_the_readme_lists_the_exit_codes() -> None:
    rows = tables(section(README, "Reading a verdict"))[1]
    assert [int(row[0]) for row in rows] == [code.value for code in ExitCode]
    for verdict, code in ((Verdict.CONFORMANT, 0), (Verdict.NOT_CONFORMANT, 1), (Verdict.INCONCLUSIVE, 3)):
        assert next(row[1] for row in rows if int(row[0]) == code).startswith(verdict.value)


def test_passed_and_inapplicable_are_passed_and_nothing_is_untested() -> None:
    assert roll_up([Outcome.PASSED, Outcome.INAPPLICABLE]) is Outcome.PASSED
    assert roll_up([]) is Outcome.UNTESTED


def all_passed() -> Result:
    """A run in which every binding clause was seen to hold."""
    register = load_register(Path(ROOT / "features" / "clauses.toml"))
    scenario = ScenarioResult(
        id="made.feature#up",
        name="Made up",
        feature="made.feature",
        line=1,
        rule="Made up",
        clauses=tuple(clause.id for clause in register.clauses),
        tags=(),
        outcome=Outcome.PASSED,
    )
    target = TargetFacts("made-up", "Made up", "", "", "", {}, {})
    return Result(target, "", "", "", "", "", "", "", register.clauses, (), (scenario,))


def test_a_filtered_run_is_never_conformant() -> None:
    assert exit_code(all_passed()) is ExitCode.CONFORMANT
    assert exit_code(dataclasses.replace(all_passed(), selection="tags @must")) is ExitCode.INCONCLUSIVE


def test_a_run_with_a_fault_of_its_own_is_never_conformant() -> None:
    assert exit_code(dataclasses.replace(all_passed(), problems=("it broke",))) is ExitCode.INCONCLUSIVE


def test_an_account_that_was_left_changed_outranks_an_interruption_and_that_the_verdict() -> None:
    stopped = dataclasses.replace(all_passed(), interrupted=True)
    assert exit_code(stopped) is ExitCode.INTERRUPTED
    assert exit_code(dataclasses.replace(stopped, not_restored=("ana",))) is ExitCode.NOT_RESTORED


def test_the_number_of_documented_labels_is_right() -> None:
    labels = load_register(Path(ROOT / "features" / "clauses.toml")).labels
    words = {8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}
    assert f"how the help text calls {words[len(labels)]} things" in section(VERDICTS, "Documentation deviations")


@pytest.mark.parametrize("name", sorted(set(RUN_CLASSES) - DEFAULT_CLASSES))
def test_the_classes_that_never_run_are_said_not_to(name: str) -> None:
    assert f"*{name}* ones" in section(README, "What a run does to an account")


def test_the_page_of_baselines_lists_what_becomes_of_entries_and_what_fails() -> None:
    rows = tables(section(page("docs/baselines.md"), "What a run makes of an entry"))[0]
    assert {bare(row[0]): row[2] for row in rows} == {each.value: "yes" if each.fails else "no" for each in Standing}


def test_the_baseline_on_the_page_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "accepted.toml"
    file.write_text(page("docs/baselines.md").partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    features = Path(ROOT / "features")
    known = Known("ours", read_scenarios(features), load_register(features / "clauses.toml").clauses)
    assert [entry.kind for entry in load(file, known).entries] == list(Kind)
