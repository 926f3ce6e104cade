"""What a run makes of its baseline: accepted only where the same finding is there in time, and what follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal2fa.baseline import Acceptance, Baseline, Kind, Standing
from portal2fa.baseline_standing import deviation_message, failure_message, findings, with_baseline
from portal2fa.outcomes import (
    Clause,
    Deviation,
    ExitCode,
    Force,
    Outcome,
    Result,
    ScenarioResult,
    StepResult,
    TargetFacts,
    Verdict,
    clause_results,
    exit_code,
    is_accepted,
    verdict,
)

TODAY, TOMORROW, YESTERDAY = "2026-11-24", "2026-11-25", "2026-11-23"
MET = Deviation("enable", "NAV-1", "Click Here to Enable", "Get Started")


def scenario(name: str, clauses: str, outcome: Outcome = Outcome.PASSED, *met: Deviation) -> ScenarioResult:
    seen = {"expected": "a refusal", "seen": "a yes"} if outcome is Outcome.FAILED else {}
    steps = (StepResult("Then", "it is refused", "failed"),) if outcome is Outcome.FAILED else ()
    made = ScenarioResult(f"a.feature#{name}", name, "a.feature", 3, "", tuple(clauses.split()), (), outcome)
    return replace(made, steps=steps, deviations=met, **seen)  # type: ignore[arg-type]  # fields of ScenarioResult


def run(*scenarios: ScenarioResult, selection: str = "") -> Result:
    named = dict.fromkeys(clause for each in scenarios for clause in each.clauses)
    forces = {"S": Force.SHOULD, "M": Force.MUST, "N": Force.MUST}
    clauses = tuple(Clause(name, "It holds.", forces[name[0]], "a", "") for name in named)
    target = TargetFacts("t", "T", "http://127.0.0.1:1/", "t.toml", "sha256:0", {}, {})
    times = (f"{TODAY}T23:59:00+00:00", f"{TOMORROW}T00:01:00+00:00")
    return Result(target, "0", "sha256:0", "b", *times, "portal2fa run", selection, clauses, (), scenarios)


MESSAGE = "Then it is refused: expected a refusal, saw a yes"


def failure(name: str = "f", clause: str = "M-1", message: str = MESSAGE, until: str = TODAY) -> Acceptance:
    return Acceptance(Kind.FAILURE, clause, f"a.feature#{name}", message, "Kim knows", until)


def deviation(name: str = "d", message: str = "", until: str = TODAY) -> Acceptance:
    pinned = message or deviation_message(MET)
    return Acceptance(Kind.DEVIATION, "NAV-1", f"a.feature#{name}", pinned, "Kim knows", until, "enable")


def judged(result: Result, *entries: Acceptance) -> Result:
    return with_baseline(result, Baseline("accepted.toml", "sha256:0", entries))


def standing(result: Result, *entries: Acceptance) -> Standing:
    baseline = judged(result, *entries).baseline
    assert baseline is not None
    return baseline.entries[0].standing


FAILED = scenario("f", "M-1", Outcome.FAILED)


@pytest.mark.parametrize(
    ("found", "entry", "expected"),
    [
        (FAILED, failure(), Standing.ACCEPTED),
        (FAILED, failure(until=YESTERDAY), Standing.EXPIRED),
        (FAILED, failure(message="Then it is refused: expected a refusal, saw nothing"), Standing.CHANGED),
        (FAILED, failure(message="another", until=YESTERDAY), Standing.CHANGED),
        (scenario("f", "M-1"), failure(), Standing.STALE),
        (scenario("f", "M-1"), failure(until=YESTERDAY), Standing.STALE),
        (scenario("f", "M-1", Outcome.INAPPLICABLE), failure(), Standing.STALE),
        (scenario("f", "M-1", Outcome.CANT_TELL), failure(), Standing.OPEN),
        (scenario("f", "M-1", Outcome.UNTESTED), failure(), Standing.OPEN),
        (scenario("f", "M-1", Outcome.UNTESTED), failure(until=YESTERDAY), Standing.EXPIRED),
        (scenario("other", "M-1"), failure(), Standing.OUTSIDE),
        (scenario("other", "M-1"), failure(until=YESTERDAY), Standing.OUTSIDE),
        (scenario("d", "M-1", Outcome.PASSED, MET), deviation(), Standing.ACCEPTED),
        (scenario("other", "M-1", Outcome.PASSED, MET), deviation(), Standing.ACCEPTED),
        (scenario("d", "M-1", Outcome.PASSED, MET), deviation(until=YESTERDAY), Standing.EXPIRED),
        (scenario("d", "M-1", Outcome.PASSED, MET), deviation(message="another"), Standing.CHANGED),
        (scenario("d", "M-1"), deviation(), Standing.STALE),
        (scenario("d", "M-1", Outcome.FAILED), deviation(), Standing.OPEN),
        (scenario("d", "M-1", Outcome.CANT_TELL), deviation(), Standing.OPEN),
        (scenario("other", "M-1"), deviation(), Standing.OUTSIDE),
    ],
)
def test_an_entry_holds_only_for_what_it_pins(found: ScenarioResult, entry: Acceptance, expected: Standing) -> None:
    assert standing(run(found), entry) is expected


def test_a_changed_entry_comes_with_the_message_of_this_run() -> None:
    baseline = judged(run(FAILED), failure(message="another")).baseline
    assert baseline is not None
    assert baseline.broken[0].seen == MESSAGE


def test_a_control_that_deviates_in_two_ways_needs_an_entry_for_each() -> None:
    other = replace(MET, seen="also a dialog")
    both = run(scenario("d", "M-1", Outcome.PASSED, MET, other))
    first, second = deviation(), deviation(message=deviation_message(other))
    assert standing(both, first, second) is Standing.ACCEPTED
    assert standing(both, second, first) is Standing.ACCEPTED
    one = run(scenario("d", "M-1", Outcome.PASSED, MET))
    assert standing(one, second, first) is Standing.STALE


def test_without_a_baseline_nothing_changes() -> None:
    assert with_baseline(run(FAILED), None) == run(FAILED)


# --- the verdict and the exit status


GOOD = scenario("g", "N-1")


def told(result: Result, *entries: Acceptance) -> tuple[Verdict, ExitCode]:
    found = judged(result, *entries)
    return verdict(found), exit_code(found)


def test_an_accepted_failure_is_told_as_accepted_and_never_as_passed() -> None:
    found = judged(run(FAILED, GOOD), failure())
    assert (verdict(found), exit_code(found)) == (Verdict.ACCEPTED, ExitCode.CONFORMANT)
    rows = {row.clause.id: row for row in clause_results(found)}
    assert (rows["M-1"].outcome, rows["M-1"].accepted) == (Outcome.FAILED, True)
    assert (rows["N-1"].outcome, rows["N-1"].accepted) == (Outcome.PASSED, False)


@pytest.mark.parametrize("entry", [failure(until=YESTERDAY), failure(message="another")])
def test_a_binding_failure_that_is_not_accepted_any_more_decides_against_the_portal(entry: Acceptance) -> None:
    assert told(run(FAILED, GOOD), entry) == (Verdict.NOT_CONFORMANT, ExitCode.NOT_CONFORMANT)


def test_another_failure_of_the_same_clause_is_not_accepted() -> None:
    assert told(run(FAILED, scenario("f2", "M-1", Outcome.FAILED)), failure())[0] is Verdict.NOT_CONFORMANT


DEVIATING = scenario("d", "M-1", Outcome.PASSED, MET)
ADVISED = scenario("f", "S-1", Outcome.FAILED)


@pytest.mark.parametrize(
    ("found", "entry", "expected"),
    [
        (scenario("f", "M-1"), failure(), Standing.STALE),
        (scenario("d", "M-1"), deviation(), Standing.STALE),
        (DEVIATING, deviation(until=YESTERDAY), Standing.EXPIRED),
        (ADVISED, failure(clause="S-1", until=YESTERDAY), Standing.EXPIRED),
        (DEVIATING, deviation(message="another"), Standing.CHANGED),
        (ADVISED, failure(clause="S-1", message="another"), Standing.CHANGED),
    ],
)
def test_an_entry_that_no_longer_holds_fails_a_conformant_run(
    found: ScenarioResult, entry: Acceptance, expected: Standing
) -> None:
    result = run(GOOD, found)
    assert standing(result, entry) is expected
    assert told(result, entry) == (Verdict.CONFORMANT, ExitCode.BASELINE)


@pytest.mark.parametrize(("found", "entry"), [(DEVIATING, deviation()), (ADVISED, failure(clause="S-1"))])
def test_an_entry_that_holds_fails_no_conformant_run(found: ScenarioResult, entry: Acceptance) -> None:
    assert told(run(GOOD, found), entry)[1] is ExitCode.CONFORMANT


def test_a_stale_entry_fails_a_filtered_run_and_one_outside_the_selection_does_not() -> None:
    filtered = run(scenario("f", "M-1"), selection="tags @must")
    assert told(filtered, failure()) == (Verdict.INCONCLUSIVE, ExitCode.BASELINE)
    assert told(filtered, failure("elsewhere")) == (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE)


@pytest.mark.parametrize("outcome", [Outcome.CANT_TELL, Outcome.UNTESTED, Outcome.INAPPLICABLE])
def test_an_accepted_failure_hides_nothing_else_of_its_clause(outcome: Outcome) -> None:
    found = judged(run(FAILED, scenario("f2", "M-1", outcome), GOOD), failure())
    if outcome is Outcome.INAPPLICABLE:
        assert verdict(found) is Verdict.ACCEPTED
    else:
        assert clause_results(found)[0].outcome is outcome
        assert (verdict(found), exit_code(found)) == (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE)


@pytest.mark.parametrize("outcome", [Outcome.CANT_TELL, Outcome.UNTESTED])
def test_who_excuses_a_binding_failure_has_to_know_the_rest_even_of_recommendations(outcome: Outcome) -> None:
    open_advice = scenario("s", "S-1", outcome)
    assert told(run(FAILED, GOOD, open_advice), failure())[0] is Verdict.INCONCLUSIVE
    assert told(run(GOOD, open_advice, scenario("d", "N-1", Outcome.PASSED, MET)), deviation())[0] is Verdict.CONFORMANT


@pytest.mark.parametrize("outcome", [Outcome.CANT_TELL, Outcome.UNTESTED])
def test_what_nobody_knows_cannot_be_accepted(outcome: Outcome) -> None:
    found = run(scenario("f", "M-1", outcome), GOOD)
    assert list(findings(found)) == []
    assert told(found, failure()) == (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE)


def test_each_clause_of_a_scenario_is_accepted_by_itself() -> None:
    both = scenario("f", "M-1 N-1", Outcome.FAILED)
    half = judged(run(both), failure())
    assert verdict(half) is Verdict.NOT_CONFORMANT
    assert not is_accepted(half, both)
    whole = judged(run(both), failure(), failure(clause="N-1"))
    assert verdict(whole) is Verdict.ACCEPTED
    assert is_accepted(whole, both)


def test_what_interrupts_or_leaves_an_account_changed_outranks_the_baseline() -> None:
    stale = judged(run(scenario("f", "M-1")), failure())
    assert exit_code(replace(stale, interrupted=True)) is ExitCode.INTERRUPTED
    assert exit_code(replace(stale, not_restored=("ana",))) is ExitCode.NOT_RESTORED


def test_findings_are_failures_by_clause_and_each_deviation_once() -> None:
    met_twice = (scenario("d", "M-2", Outcome.PASSED, MET), scenario("d2", "M-2", Outcome.PASSED, MET))
    found = list(findings(run(scenario("f", "M-1 N-1", Outcome.FAILED), *met_twice)))
    assert [(each.kind.value, each.clause, each.scenario, each.control) for each in found] == [
        ("failure", "M-1", "a.feature#f", ""),
        ("failure", "N-1", "a.feature#f", ""),
        ("deviation", "NAV-1", "a.feature#d", "enable"),
    ]
    assert found[0].message == failure_message(FAILED) == MESSAGE
    assert found[2].message == 'documented "Click Here to Enable", seen "Get Started"'
