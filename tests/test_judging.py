"""Tables of what is known of a portal, beside what a run found."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.judging import Judged


def _judged(outcome: str, reason: str, tables: dict[str, Any]) -> list[str]:
    """What a run with one scenario of a norm has that the tables do not, and the other way round."""
    row = {"id": "race", "clauses": [], "outcome": outcome, "reason": reason}
    judged = Judged({"result": {"scenarios": [row]}}, tables)
    return [line for name in ("failed", "cantTell") for line in judged.surprises(name)]


@pytest.mark.parametrize(("outcome", "reason"), [("passed", ""), ("failed", "saw both")])
def test_what_fails_by_chance_may_pass_and_may_fail_as_known(outcome: str, reason: str) -> None:
    assert _judged(outcome, reason, {"norms": {"failed_by_chance": {"race": "both"}}}) == []


@pytest.mark.parametrize(("outcome", "reason"), [("failed", "saw none"), ("cantTell", "both")])
def test_what_fails_by_chance_may_come_to_nothing_else(outcome: str, reason: str) -> None:
    assert len(_judged(outcome, reason, {"norms": {"failed_by_chance": {"race": "both"}}})) == 1


def test_what_always_fails_may_not_pass() -> None:
    assert _judged("passed", "", {"norms": {"failed": {"race": "both"}}}) == [
        "in the table as failed, but it was not: race"
    ]


def test_without_a_table_for_norms_they_are_not_compared() -> None:
    assert _judged("failed", "saw both", {}) == []


@pytest.mark.parametrize(
    ("told", "table", "wrong"),
    [
        ("a code of 4 min 53 s was accepted, one of 5 min 2 s refused", [280, 310], 0),
        ("a code of 4 min 53 s was accepted, one of 5 min 2 s refused", [295, 310], 1),
        ("a code of 4 min 53 s was accepted, one of 5 min 2 s refused", [280, 300], 1),
        ("a code of 1 h 1 s was accepted, and no end was found", [3601, math.inf], 0),
        ("a code of 1 h 1 s was accepted, and no end was found", [3601, 90000], 1),
        ("a code of 1 h 1 s was accepted, and no end was found", None, 1),
        ("saw Invalid code", [280, 310], 1),
    ],
)
def test_measured_lifetimes_are_those_of_the_table(told: str, table: list[float] | None, wrong: int) -> None:
    row = {"id": "expiry", "clauses": ["EMAIL-2"], "outcome": "failed", "reason": f"saw it; {told}"}
    judged = Judged({"result": {"scenarios": [row]}}, {"lifetimes": {"expiry": table} if table else {}})
    assert len(list(judged.wrong_lifetimes())) == wrong
