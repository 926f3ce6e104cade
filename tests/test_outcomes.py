"""The rules that roll outcomes up into clauses, a verdict and an exit status, as tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal2fa.outcomes import (
    Clause,
    ExitCode,
    Force,
    Outcome,
    Result,
    ScenarioResult,
    TargetFacts,
    Verdict,
    clause_results,
    exit_code,
    roll_up,
    verdict,
)

PASSED, FAILED, CANT_TELL = Outcome.PASSED, Outcome.FAILED, Outcome.CANT_TELL
UNTESTED, INAPPLICABLE = Outcome.UNTESTED, Outcome.INAPPLICABLE
MUST, IMPLIED, SHOULD, INFO = Force.MUST, Force.IMPLIED, Force.SHOULD, Force.INFO


def scenario(clause: str, outcome: Outcome, number: int) -> ScenarioResult:
    return ScenarioResult(f"a.feature#s-{number}", "A", "a.feature", 3, "", (clause,), (), outcome)


def run(*found: tuple[Force, list[Outcome]]) -> Result:
    """A result with one clause for each pair of a force and the outcomes of its scenarios."""
    clauses = tuple(Clause(f"C-{n}", "It holds.", force, "Chapter", "") for n, (force, _) in enumerate(found))
    scenarios = [
        scenario(f"C-{n}", outcome, n * 10 + m)
        for n, (_, outcomes) in enumerate(found)
        for m, outcome in enumerate(outcomes)
    ]
    target = TargetFacts("t", "T", "http://127.0.0.1:1/", "t.toml", "sha256:0", {}, {})
    times = ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00")
    return Result(target, "0", "sha256:0", "b", *times, "portal2fa run", "", clauses, (), tuple(scenarios))


@pytest.mark.parametrize(
    ("outcomes", "rolled"),
    [
        ([], UNTESTED),
        ([PASSED], PASSED),
        ([PASSED, PASSED], PASSED),
        ([INAPPLICABLE], INAPPLICABLE),
        ([INAPPLICABLE, INAPPLICABLE], INAPPLICABLE),
        ([PASSED, INAPPLICABLE], PASSED),
        ([INAPPLICABLE, PASSED], PASSED),
        ([PASSED, UNTESTED], UNTESTED),
        ([INAPPLICABLE, UNTESTED], UNTESTED),
        ([PASSED, INAPPLICABLE, UNTESTED], UNTESTED),
        ([UNTESTED, CANT_TELL], CANT_TELL),
        ([PASSED, CANT_TELL], CANT_TELL),
        ([CANT_TELL, FAILED], FAILED),
        ([FAILED, PASSED, INAPPLICABLE], FAILED),
    ],
)
def test_the_worst_news_wins_but_proof_outweighs_absence(outcomes: list[Outcome], rolled: Outcome) -> None:
    assert roll_up(outcomes) is rolled
    assert roll_up(reversed(outcomes)) is rolled


@pytest.mark.parametrize(
    ("found", "judged"),
    [
        ([(MUST, [PASSED])], Verdict.CONFORMANT),
        ([(IMPLIED, [PASSED, INAPPLICABLE])], Verdict.CONFORMANT),
        ([(MUST, [PASSED]), (SHOULD, [FAILED])], Verdict.CONFORMANT),
        ([(MUST, [PASSED]), (INFO, [])], Verdict.CONFORMANT),
        ([(MUST, [FAILED])], Verdict.NOT_CONFORMANT),
        ([(IMPLIED, [FAILED])], Verdict.NOT_CONFORMANT),
        ([(MUST, [CANT_TELL]), (IMPLIED, [FAILED])], Verdict.NOT_CONFORMANT),
        ([(MUST, [PASSED]), (MUST, [])], Verdict.INCONCLUSIVE),
        ([(MUST, [PASSED]), (MUST, [UNTESTED])], Verdict.INCONCLUSIVE),
        ([(MUST, [PASSED]), (MUST, [CANT_TELL])], Verdict.INCONCLUSIVE),
        ([(MUST, [PASSED]), (MUST, [INAPPLICABLE])], Verdict.INCONCLUSIVE),
        ([(SHOULD, [PASSED])], Verdict.INCONCLUSIVE),
        ([], Verdict.INCONCLUSIVE),
    ],
)
def test_only_binding_clauses_decide_and_all_of_them_must_pass(
    found: list[tuple[Force, list[Outcome]]], judged: Verdict
) -> None:
    assert verdict(run(*found)) is judged


@pytest.mark.parametrize("change", [{"interrupted": True}, {"problems": ("The mailbox went away.",)}])
def test_a_run_that_did_not_go_to_its_end_is_never_conformant(change: dict[str, object]) -> None:
    good = run((MUST, [PASSED]))
    assert verdict(good) is Verdict.CONFORMANT
    assert verdict(replace(good, **change)) is Verdict.INCONCLUSIVE  # type: ignore[arg-type]  # fields of Result


def test_a_refuted_clause_decides_even_in_an_interrupted_run() -> None:
    assert verdict(replace(run((MUST, [FAILED])), interrupted=True)) is Verdict.NOT_CONFORMANT


@pytest.mark.parametrize(
    ("outcome", "not_restored", "interrupted", "status"),
    [
        (PASSED, (), False, ExitCode.CONFORMANT),
        (FAILED, (), False, ExitCode.NOT_CONFORMANT),
        (UNTESTED, (), False, ExitCode.INCONCLUSIVE),
        (PASSED, ("ana",), False, ExitCode.NOT_RESTORED),
        (FAILED, ("ana",), False, ExitCode.NOT_RESTORED),
        (PASSED, (), True, ExitCode.INTERRUPTED),
        (FAILED, ("ana",), True, ExitCode.NOT_RESTORED),
    ],
)
def test_exit_status_ranks_restoration_then_interruption_then_the_verdict(
    outcome: Outcome, not_restored: tuple[str, ...], interrupted: bool, status: ExitCode
) -> None:
    found = replace(run((MUST, [outcome])), not_restored=not_restored, interrupted=interrupted)
    assert exit_code(found) is status


def test_exit_codes_are_the_documented_numbers() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "CONFORMANT": 0,
        "NOT_CONFORMANT": 1,
        "USAGE": 2,
        "INCONCLUSIVE": 3,
        "NOT_RESTORED": 4,
        "INTERNAL": 5,
        "BASELINE": 6,
        "INTERRUPTED": 130,
    }


def test_clauses_keep_register_order_and_a_scenario_counts_for_each_of_its_clauses() -> None:
    found = run((MUST, [PASSED]), (SHOULD, []), (MUST, [FAILED]))
    shared = replace(found.scenarios[0], clauses=("C-1", "C-0"))
    rows = clause_results(replace(found, scenarios=(shared, found.scenarios[1])))
    assert [(row.clause.id, row.outcome) for row in rows] == [("C-0", PASSED), ("C-1", PASSED), ("C-2", FAILED)]
    assert rows[0].scenarios == rows[1].scenarios == (shared,)
