"""Shards are put together as one run of all their scenarios would have found them, or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal2fa.errors import UsageError
from portal2fa.merging import evidence_path, merge
from portal2fa.outcomes import (
    Clause,
    Evidence,
    Force,
    Outcome,
    ProfileEntry,
    RestsOn,
    Result,
    ScenarioResult,
    TargetFacts,
    Verdict,
    verdict,
)
from portal2fa.witnesses import settled

Change = Callable[[Result], Result]


def row(name: str, outcome: Outcome = Outcome.PASSED, *, absent: tuple[str, ...] = ()) -> ScenarioResult:
    picture = (Evidence("screenshot", "a page", "evidence/0001.png"),)
    rests_on = RestsOn(outcome, (), absent, "")
    return ScenarioResult(
        f"a.feature#{name}", name, "a.feature", 1, "", ("A-1",), (), outcome, evidence=picture, rests_on=rests_on
    )


def shard(number: int, *rows: ScenarioResult, of: int = 2, seen: tuple[str, ...] = ()) -> Result:
    target = TargetFacts("t", "T", "http://127.0.0.1:1", "t.toml", "sha256:0", {}, {}, notes=("a clock",))
    return Result(
        target=target,
        tool_version="1",
        suite_digest="sha256:1",
        browser="Chromium 1",
        started=f"2026-11-24T06:00:0{number}+00:00",
        finished=f"2026-11-24T06:01:0{number}+00:00",
        command="portal2fa run",
        selection="",
        clauses=(Clause("A-1", "it holds", Force.MUST, "A", "line 1"),),
        features=(),
        scenarios=tuple(settled(found, seen) for found in rows),
        profile_entries=(ProfileEntry("controls.x", "t.toml", 1, exercised=number == 1, css_only=False),),
        seen=seen,
        shard=f"{number}/{of}",
    )


ONE = shard(1, row("one"), row("three"), seen=("notices.on",))
TWO = shard(2, row("two", absent=("notices.on",)))


def test_what_one_shard_saw_counts_for_the_scenarios_of_another() -> None:
    assert TWO.scenarios[0].outcome is Outcome.CANT_TELL
    whole = merge({"x": ONE, "y": TWO}, command="merge")
    assert [found.outcome for found in whole.scenarios] == [Outcome.PASSED] * 3
    assert verdict(whole) is Verdict.CONFORMANT


def test_a_shard_alone_decides_nothing() -> None:
    assert verdict(ONE) is Verdict.INCONCLUSIVE


def test_the_whole_is_in_the_order_of_the_selection_whatever_the_order_of_the_shards() -> None:
    whole = merge({"y": TWO, "x": ONE}, command="merge")
    assert [found.name for found in whole.scenarios] == ["one", "two", "three"]
    assert (whole.started[-8:-6], whole.finished[-8:-6], whole.shard) == ("01", "02", "")
    assert whole.target.notes == ("a clock",)
    assert [entry.exercised for entry in whole.profile_entries] == [True]


def test_the_evidence_of_each_shard_has_a_name_of_its_own() -> None:
    whole = merge({"x": ONE, "y": TWO}, command="merge")
    paths = [item.path for found in whole.scenarios for item in found.evidence]
    assert paths == ["evidence/1-0001.png", "evidence/2-0001.png", "evidence/1-0001.png"]
    assert evidence_path("", 1) == ""


def test_nothing_that_went_wrong_in_a_shard_is_lost() -> None:
    broken = replace(TWO, interrupted=True, problems=("it broke",), not_restored=("ana",))
    whole = merge({"x": ONE, "y": broken}, command="merge")
    assert whole.interrupted
    assert whole.problems == ("shard 2/2: it broke",)
    assert whole.not_restored == ("ana",)


OTHER: list[tuple[Change, str]] = [
    (lambda found: replace(found, target=replace(found.target, name="u")), "the target differs: t and u"),
    (lambda found: replace(found, target=replace(found.target, url="http://b")), "the portal's address differs"),
    (lambda found: replace(found, target=replace(found.target, profile_digest="sha256:9")), "the profile differs"),
    (lambda found: replace(found, suite_digest="sha256:9"), "the suite differs"),
    (lambda found: replace(found, clauses=()), "the register of clauses differs"),
    (lambda found: replace(found, tool_version="2"), "the version of portal2fa differs: 1 and 2"),
    (lambda found: replace(found, selection="tags @x"), "the selection differs: everything and tags @x"),
]


@pytest.mark.parametrize(("change", "cause"), OTHER)
def test_shards_of_different_runs_are_refused(change: Change, cause: str) -> None:
    with pytest.raises(UsageError, match="x and y are not shards of one run") as told:
        merge({"x": ONE, "y": change(TWO)}, command="merge")
    assert cause in told.value.cause


def test_portals_that_the_runs_started_have_an_address_of_their_own() -> None:
    one, two = (replace(found, target=replace(found.target, started=True)) for found in (ONE, TWO))
    merge({"x": one, "y": replace(two, target=replace(two.target, url="http://127.0.0.1:2"))}, command="merge")


REFUSED: list[tuple[dict[str, Result], str, str]] = [
    ({"x": ONE}, "Shards are missing.", "nothing is given of 2/2"),
    ({"x": ONE, "y": replace(ONE, scenarios=())}, "Shards overlap.", "x and y are both shard 1/2"),
    ({"x": ONE, "y": shard(2, row("one"))}, "Shards overlap.", "more than one of them has a.feature#one"),
    ({"x": ONE, "y": shard(2, row("two"), of=3)}, "These are shards of different runs.", "x is 1/2, y is 2/3"),
    ({"x": ONE, "y": replace(TWO, shard="")}, "y is no shard.", "without --shard"),
]


@pytest.mark.parametrize(("shards", "what", "cause"), REFUSED)
def test_parts_that_are_no_whole_are_refused(shards: dict[str, Result], what: str, cause: str) -> None:
    with pytest.raises(UsageError) as told:
        merge(shards, command="merge")
    assert told.value.what == what
    assert cause in told.value.cause
