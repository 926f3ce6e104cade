"""Choosing scenarios: by tags, by clauses, by both; names that do not exist and empty choices are refused."""

from __future__ import annotations

import pytest

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import UsageError
from portal2fa.outcomes import ExitCode, Outcome, Result, ScenarioResult, TargetFacts
from portal2fa.selection import last_failed, select


def row(name: str, *tags: str, clauses: tuple[str, ...] = ()) -> ScenarioOutline:
    every = (*tags, *(f"clause.{clause}" for clause in clauses))
    return ScenarioOutline(f"a.feature#{name}", name, "a.feature", 1, "", every, clauses)


ROWS = (
    row("one", "journey", "needs.clock", clauses=("TOTP-1",)),
    row("two", "journey", "area.time-based-tokens", clauses=("TOTP-1", "TOTP-2a")),
    row("three", "area.time-based-tokens", clauses=("EMAIL-5b",)),
    row("four"),
)


def chosen(*tags: str, clauses: tuple[str, ...] = ()) -> list[str]:
    return [found.name for found in select(ROWS, tags=tags, clauses=clauses).scenarios]


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ((), ["one", "two", "three", "four"]),
        (("@journey",), ["one", "two"]),
        (("journey",), ["one", "two"]),
        (("not @journey",), ["three", "four"]),
        (("@journey and not @needs.clock",), ["two"]),
        (("@journey and (@area.time-based-tokens or @needs.clock)",), ["one", "two"]),
        (("@journey", "@area.time-based-tokens"), ["two"]),
        (("@clause.TOTP-2a",), ["two"]),
    ],
)
def test_tag_expressions_choose_in_the_order_of_the_features(tags: tuple[str, ...], names: list[str]) -> None:
    assert chosen(*tags) == names


@pytest.mark.parametrize(
    ("clauses", "names"),
    [
        (("TOTP-1",), ["one", "two"]),
        (("totp-2A",), ["two"]),
        (("TOTP-2a", "EMAIL-5b"), ["two", "three"]),
    ],
)
def test_clauses_choose_whatever_their_case(clauses: tuple[str, ...], names: list[str]) -> None:
    assert chosen(clauses=clauses) == names


def test_tags_and_clauses_narrow_each_other() -> None:
    assert chosen("@needs.clock", clauses=("TOTP-1",)) == ["one"]


@pytest.mark.parametrize(
    ("tags", "clauses", "words"),
    [
        (("@jurney",), (), "did you mean @journey?"),
        (("jurney",), (), "There is no tag jurney among"),
        (("@jurney",), (), "There is no tag @jurney among"),
        (("@journey and not @need.clock",), (), "did you mean @needs.clock?"),
        (("@zzzzzz",), (), "`portal2fa clauses` lists"),
        ((), ("TOTP-9",), "did you mean TOTP-"),
        ((), ("TOTP-1", "XXXX"), "There is no clause XXXX"),
        (("NOT @journey",), (), "is not a tag expression"),
        (("@journey and",), (), "is not a tag expression"),
        (("(@journey",), (), "is not a tag expression"),
        (("@journey @needs.clock",), (), "is not a tag expression"),
        (("@journey and not @journey",), (), "No scenario is selected by tags @journey and not @journey"),
        (("not @journey",), ("TOTP-1",), "No scenario is selected by tags not @journey; clauses TOTP-1"),
    ],
)
def test_what_selects_nothing_is_refused_with_the_reason(
    tags: tuple[str, ...], clauses: tuple[str, ...], words: str
) -> None:
    with pytest.raises(UsageError) as refused:
        select(ROWS, tags=tags, clauses=clauses)
    assert words in str(refused.value)
    assert refused.value.hint
    assert refused.value.exit_code == ExitCode.USAGE


def test_the_filter_is_kept_in_words() -> None:
    assert select(ROWS).words == ""
    chosen = select(ROWS, tags=["@journey"], clauses=["TOTP-2a"])
    assert chosen.words == "tags @journey; clauses TOTP-2a (1 of 4 scenarios)"


def test_shards_share_the_selection_and_leave_nothing_out() -> None:
    parts = [select(ROWS, shard=(number, 3)) for number in (1, 2, 3)]
    assert [[found.name for found in part.scenarios] for part in parts] == [["one", "four"], ["two"], ["three"]]
    assert [part.shard for part in parts] == ["1/3", "2/3", "3/3"]


def test_a_shard_without_a_scenario_is_refused() -> None:
    with pytest.raises(UsageError, match=r"The part 3 of 3 is empty\.") as told:
        select(ROWS, tags=["@journey"], shard=(3, 3))
    assert "2 scenarios are selected" in told.value.cause


def result(**outcomes: Outcome) -> Result:
    """A result of the target `t`, in which scenarios of these names came to these outcomes."""
    found = tuple(
        ScenarioResult(f"a.feature#{name}", name, "a.feature", 1, "", (), (), outcome)
        for name, outcome in outcomes.items()
    )
    target = TargetFacts("t", "T", "", "t.toml", "sha256:0", {}, {})
    return Result(target, "1", "", "", "2026-11-24T06:00:00+00:00", "", "", "", (), (), found)


def test_only_what_failed_runs_again() -> None:
    again = last_failed(
        result(one=Outcome.PASSED, two=Outcome.FAILED, three=Outcome.CANT_TELL, four=Outcome.FAILED), "t"
    )
    chosen = select(ROWS, again=again)
    assert [found.name for found in chosen.scenarios] == ["two", "four"]
    assert chosen.words == "what failed in the run of 2026-11-24T06:00:00+00:00 (2 of 4 scenarios)"
    assert [found.name for found in select(ROWS, tags=["@journey"], again=again).scenarios] == ["two"]


def test_a_result_in_which_nothing_failed_has_nothing_to_run_again() -> None:
    with pytest.raises(UsageError, match=r"Nothing failed in the last result\."):
        last_failed(result(one=Outcome.CANT_TELL), "t")


def test_the_result_of_another_target_is_no_reason_to_run_anything() -> None:
    with pytest.raises(UsageError, match="of another target") as told:
        last_failed(result(one=Outcome.FAILED), "reference")
    assert told.value.cause == "it is of t, and this is reference"


def test_a_scenario_that_failed_and_is_gone_is_told() -> None:
    with pytest.raises(UsageError, match="no longer there") as told:
        select(ROWS, again=last_failed(result(five=Outcome.FAILED), "t"))
    assert "a.feature#five" in told.value.cause
