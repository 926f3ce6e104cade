"""Sentences, gaps and next steps: what is said must follow from what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from portal2fa.outcomes import Deviation, ExitCode, Outcome, Result, Verdict, clause_results, exit_code, verdict
from portal2fa.reports.summary import (
    NO_REASON,
    clause_reason,
    differences,
    duration,
    gaps,
    headline,
    next_step,
    reason_of,
    verdict_sentence,
)


def with_outcomes(sample: Result, outcome: Outcome, clause: str = "") -> Result:
    """The sample with every scenario passed, but those of `clause`, which get `outcome`."""
    scenarios = tuple(
        replace(s, outcome=outcome if clause in s.clauses else Outcome.PASSED, reason="The reason.")
        for s in sample.scenarios
    )
    return replace(sample, scenarios=scenarios)


@pytest.mark.parametrize(
    ("outcome", "clause", "sentence"),
    [
        (Outcome.PASSED, "", "All 11 binding clauses were seen to hold."),
        (Outcome.FAILED, "SEC-1", "All 11 binding clauses were seen to hold. 1 recommendation was not followed."),
        (Outcome.FAILED, "MAIL-1", "1 of 11 binding clauses was seen not to hold."),
        (Outcome.CANT_TELL, "MAIL-1", "No binding clause was seen to break, but 1 of 11 was not decided."),
    ],
)
def test_the_verdict_is_told_with_its_numbers(sample: Result, outcome: Outcome, clause: str, sentence: str) -> None:
    assert verdict_sentence(with_outcomes(sample, outcome, clause)) == sentence


def test_a_run_with_a_fault_says_so_although_all_was_seen_to_hold(sample: Result) -> None:
    result = replace(with_outcomes(sample, Outcome.PASSED), problems=("A fault.",))
    assert "did not go to its end" in verdict_sentence(result)


def test_the_next_step_is_the_most_urgent_one(sample: Result) -> None:
    good = with_outcomes(sample, Outcome.PASSED)
    open_ = with_outcomes(sample, Outcome.UNTESTED, "MAIL-1")
    assert "turn its second factor off" in next_step(replace(sample, not_restored=("ana",), interrupted=True))
    left = replace(sample, not_restored=("ana",), command="portal2fa run --target 'my portal.toml' --lanes 3")
    assert "`portal2fa restore --target 'my portal.toml'` first" in next_step(left)
    many = replace(left, command="portal2fa run --target a.toml --target b.toml")
    assert "`portal2fa restore` first" in next_step(many)
    assert "interrupted" in next_step(replace(sample, interrupted=True))
    assert next_step(sample) == (
        "Start with clause MAIL-3, `portal2fa explain MAIL-3` says how to fix it; "
        "then repeat the command with `--tags @clause.MAIL-3`."
    )
    assert next_step(open_) == "Close this gap first (untested): The reason."
    assert "same wording" in next_step(good)
    plain = tuple(replace(s, deviations=()) for s in good.scenarios)
    assert "result.json" in next_step(replace(good, scenarios=plain))


def test_gaps_group_by_reason_and_name_every_clause_without_a_scenario(sample: Result) -> None:
    found = gaps(sample)
    assert [gap.outcome.value for gap in found] == ["cantTell", "untested", "untested", "untested", "inapplicable"]
    backup = found[-1]
    assert (len(backup.scenarios), backup.clauses) == (2, ("BACKUP-1", "BACKUP-2"))
    assert ("INFO-1",) in [gap.clauses for gap in found]


def test_a_difference_met_by_two_scenarios_is_told_once(sample: Result) -> None:
    assert [(d.deviation.clause, len(d.scenarios)) for d in differences(sample)] == [("FIND-3", 2), ("FIND-2", 1)]
    twice = Deviation("c", "FIND-1", "a", "b")
    one = replace(sample, scenarios=(replace(sample.scenarios[0], deviations=(twice, twice)),))
    assert len(differences(one)[0].scenarios) == 1


def test_a_missing_reason_is_made_from_what_is_known(sample: Result) -> None:
    failed = replace(sample.scenarios[6], reason="", expected="a refusal", seen="")
    assert reason_of(failed) == "Expected a refusal; seen nothing."
    lost = replace(sample.scenarios[4], reason="")
    assert reason_of(lost) == "LookupError: no textbox “Authentication code”"
    assert reason_of(replace(lost, steps=())) == NO_REASON


def test_the_reason_of_a_clause_is_that_of_its_worst_scenario(sample: Result) -> None:
    reasons = {row.clause.id: clause_reason(row) for row in clause_results(sample)}
    assert reasons["MAIL-3"] == "The portal accepted a code that was 11 minutes old."
    assert reasons["FIND-1"] == ""


@pytest.mark.parametrize("finished", ["", "yesterday", "2026-11-24T06:43:19"])
def test_an_unreadable_time_does_not_lose_the_report(sample: Result, finished: str) -> None:
    assert duration(replace(sample, finished=finished)) == 0.0


def test_a_filtered_run_in_which_all_passed_points_to_the_whole(sample: Result) -> None:
    part = replace(with_outcomes(sample, Outcome.PASSED), selection="tags @journey")
    assert headline(part) == "partial run, no verdict"
    assert verdict_sentence(part).startswith(f"All {len(part.scenarios)} scenarios that were chosen passed;")
    assert "cannot prove the whole" in verdict_sentence(part)
    assert "without a filter" in next_step(part)
    assert (verdict(part), exit_code(part)) == (Verdict.INCONCLUSIVE, ExitCode.INCONCLUSIVE)


def test_what_is_inapplicable_is_not_said_to_have_passed(sample: Result) -> None:
    passed, absent = (replace(sample.scenarios[0], outcome=o) for o in (Outcome.PASSED, Outcome.INAPPLICABLE))
    part = replace(sample, scenarios=(passed, passed, absent), selection="tags @journey")
    assert headline(part) == "partial run, no verdict"
    assert verdict_sentence(part).startswith("Of 3 scenarios that were chosen 2 passed, and the rest is inapplicable;")
    assert headline(replace(part, scenarios=(absent,))) == "inconclusive", "nothing was seen to hold"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"selection": ""}, "conformant"),
        ({"every_clause": True}, "conformant"),
        ({"interrupted": True}, "inconclusive"),
        ({"problems": ("it broke",)}, "inconclusive"),
        ({"not_restored": ("ana",)}, "inconclusive"),
    ],
)
def test_a_partial_run_is_called_so_only_where_nothing_else_has_to_be_said(
    sample: Result, change: dict[str, Any], word: str
) -> None:
    part = replace(with_outcomes(sample, Outcome.PASSED), selection="tags @journey")
    assert headline(replace(part, **change)) == word


@pytest.mark.parametrize(
    ("outcome", "word"),
    [(Outcome.FAILED, "not conformant"), (Outcome.CANT_TELL, "inconclusive"), (Outcome.UNTESTED, "inconclusive")],
)
def test_a_filter_hides_nothing_of_what_was_chosen(sample: Result, outcome: Outcome, word: str) -> None:
    part = replace(with_outcomes(sample, Outcome.PASSED), selection="tags @journey")
    odd = next(s for s in part.scenarios if any(c.force.is_binding for c in part.clauses if c.id in s.clauses))
    others = tuple(replace(s, outcome=outcome) if s is odd else s for s in part.scenarios)
    assert headline(replace(part, scenarios=others)) == word
