"""Lines of progress: what passed but for what later scenarios have to see is told as that, and not as trouble."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from portal2fa.cli.progress import Progress
from portal2fa.outcomes import Outcome, RestsOn, ScenarioResult
from portal2fa.witnesses import settled

RESULT = ScenarioResult("a.feature#b", "b", "a.feature", 3, "r", ("NAV-9",), (), Outcome.PASSED)
PASSED = replace(RESULT, rests_on=RestsOn(Outcome.PASSED, (), ("controls.enable",), ""))
FAILED = replace(
    RESULT, outcome=Outcome.FAILED, rests_on=RestsOn(Outcome.FAILED, ("controls.enable",), (), "no button")
)


def told(*results: ScenarioResult) -> list[str]:
    """What is printed of them, where there is no terminal."""
    stream = io.StringIO()
    with Progress(len(results), stream, {}) as progress:
        for result in results:
            progress.scenario(result)
    return stream.getvalue().splitlines()


def test_what_passed_but_for_what_is_yet_to_be_seen_is_passed_so_far_and_what_that_means_is_told_once() -> None:
    first, explained, second = told(settled(PASSED, set()), settled(PASSED, set()))
    assert (first, second) == ("[  1/2] … passed so far a.feature: b", "[  2/2] … passed so far a.feature: b")
    assert "no scenario has seen yet: if one does, it is passed, else cantTell" in explained
    assert told(settled(PASSED, {"controls.enable"})) == ["[  1/1] ✔ passed        a.feature: b"]


@pytest.mark.parametrize(("seen", "word"), [(set(), "? cantTell"), ({"controls.enable"}, "✘ failed")])
def test_what_failed_is_told_with_its_reason_at_once(seen: set[str], word: str) -> None:
    line, *reason = told(settled(FAILED, seen))
    assert line.startswith(f"[  1/1] {word} ")
    assert "no button" in reason[0]
