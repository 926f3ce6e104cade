"""Lines of progress: what passed but for what later scenarios have to see is told as that, and not as trouble."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from portal2fa.cli.progress import Progress
from portal2fa.outcomes import Outcome, RestsOn, ScenarioResult
from portal2fa.time_left import TimeLeft
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


def test_about_how_long_it_takes_is_a_line_of_its_own_once_that_can_be_told() -> None:
    passed = [replace(RESULT, id=f"a.feature#{number}", seconds=60.0) for number in range(20)]
    stream, at = io.StringIO(), [0.0]
    times = {one.id: 60.0 for one in passed}
    with Progress(20, stream, {}, TimeLeft(times, times, at_once=1, now=lambda: at[0])) as progress:
        for one in passed[:6]:
            at[0] += 60.0
            progress.scenario(one)
    lines = stream.getvalue().splitlines()
    assert lines[5] == "          about 15 minutes left, by what scenarios took in the last run"
    assert all(line.startswith("[") for line in lines[:5] + lines[6:])


class Terminal(io.StringIO):
    """What takes itself for a terminal."""

    def isatty(self) -> bool:
        """It does."""
        return True


def test_on_a_terminal_it_stands_beside_the_bar() -> None:
    passed = [replace(RESULT, id=f"a.feature#{number}", seconds=60.0) for number in range(10)]
    stream, at = Terminal(), [0.0]
    times = {one.id: 60.0 for one in passed}
    environment = {"NO_COLOR": "1", "TERM": "xterm"}
    with Progress(10, stream, environment, TimeLeft(times, times, at_once=1, now=lambda: at[0])) as progress:
        for one in passed[:5]:
            at[0] += 60.0
            progress.scenario(one)
    assert "about 5 minutes left b" in " ".join(stream.getvalue().split())
