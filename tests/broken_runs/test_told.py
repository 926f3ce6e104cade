"""Runs with what a profile tells of the portal told wrongly: it is named, fails nothing and passes nothing.

Two are played in every run of the tests, all of them where long tests are asked for.
"""

from __future__ import annotations

import pytest

from portal2fa.clauses import read_scenarios
from tests.broken_runs.cases import ROOT, Case, cases
from tests.broken_runs.playing import played
from tests.broken_runs.told import ELSEWHERE, TOLD, keys

SAMPLE = ("backup_codes.any_case", "wrong_code.seconds")
"""Entries that are told wrongly in every run of the tests."""


def undecided(chosen: list[tuple[Case, str]]) -> list[str]:
    """Asserts that each is played; what came to anything but that nothing can be told, or does not name the entry."""
    results = played((case, [scenario]) for case, scenario in chosen)
    ends = [(case, *result["rows"][0][1:]) for (case, _), result in zip(chosen, results, strict=True)]
    return [
        f"{case.name}: {outcome}: {reason}"
        for case, outcome, reason in ends
        if outcome not in ("cantTell", "refused") or case.entry not in reason
    ]


def test_what_is_told_wrongly_decides_nothing_and_is_named() -> None:
    chosen = [(case, scenario) for case, scenario in TOLD if case.entry in SAMPLE]
    assert sorted(case.entry for case, _ in chosen) == sorted(SAMPLE)
    assert undecided(chosen) == []


@pytest.mark.portals_long
def test_nothing_that_is_told_wrongly_decides_anything() -> None:
    assert undecided(TOLD) == []


def test_each_scenario_is_one_of_the_specification() -> None:
    assert {scenario for _, scenario in TOLD} <= {row.id for row in read_scenarios(ROOT / "features")}


def test_every_key_of_a_profile_is_broken_here_or_has_a_reason() -> None:
    broken = {case.entry for case in cases()} | {case.entry for case, _ in TOLD}
    broken |= {entry.partition(".")[0] for entry in broken if entry.partition(".")[0] in DYNAMIC}
    held = {key for key in keys() if _below(key, broken) or _below(key, set(ELSEWHERE))}
    assert sorted({*keys()} - held) == []
    known = {*keys(), "locales"}
    assert [entry for entry in ELSEWHERE if not any(_below(key, {entry}) for key in known)] == []


DYNAMIC = ("places", "controls", "notices", "paths", "screens")
"""Tables in which a profile names things."""


def _below(key: str, entries: set[str]) -> bool:
    """Whether a key is one of these entries, or stands in a table that is one."""
    return any(key == entry or key.startswith(f"{entry}.") for entry in entries)
