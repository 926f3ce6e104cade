"""A scenario that does not always come to the same outcome proves nothing."""

from __future__ import annotations

from dataclasses import replace

from portal2fa.outcomes import Outcome, Result
from portal2fa.repeating import together
from portal2fa.reports.result_json import from_json, to_json
from tests.portal2fa.test_merging import row, shard


def a_round(*outcomes: Outcome, seen: tuple[str, ...] = ()) -> Result:
    rows = [
        replace(row(f"s{number}", outcome), reason=f"it {outcome.value}") for number, outcome in enumerate(outcomes)
    ]
    found = shard(1, seen=seen)
    return replace(found, scenarios=tuple(replace(one, rests_on=None) for one in rows), shard="")


def test_what_agrees_with_itself_keeps_its_outcome() -> None:
    found = together([a_round(Outcome.PASSED, Outcome.FAILED)] * 3)
    assert [one.outcome for one in found.scenarios] == [Outcome.PASSED, Outcome.FAILED]


def test_what_disagrees_with_itself_cannot_be_told_and_its_outcomes_are_counted() -> None:
    found = together([a_round(Outcome.PASSED), a_round(Outcome.FAILED), a_round(Outcome.PASSED)])
    [one] = found.scenarios
    assert one.outcome is Outcome.CANT_TELL
    assert "passed 2 of 3 times, failed 1 of 3 times; once: it failed" in one.reason
    assert from_json(to_json(found)) == found


def test_what_one_round_saw_counts_for_the_others() -> None:
    first = shard(1, row("one", absent=("notices.on",)))
    second = shard(1, row("one", absent=("notices.on",)), seen=("notices.on",))
    found = together([first, second])
    assert [one.outcome for one in found.scenarios] == [Outcome.PASSED]
    assert from_json(to_json(found)) == found


def test_nothing_that_went_wrong_in_a_round_is_lost() -> None:
    broken = replace(a_round(Outcome.PASSED), interrupted=True, problems=("it broke",), not_restored=("ana",))
    found = together([broken, a_round(Outcome.PASSED)])
    assert (found.interrupted, found.problems, found.not_restored) == (True, ("round 1: it broke",), ("ana",))
