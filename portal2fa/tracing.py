"""Scenarios that are run once more for their traces: which ones, and what of the second run is kept.

A trace costs time, so most are made where somebody will look.  The second run decides nothing: it has findings of its
own, and the scenario keeps the outcome of the first.
"""

from __future__ import annotations

from dataclasses import replace

from portal2fa.outcomes import Evidence, Outcome, ScenarioResult
from portal2fa.session import Session

DISAGREES = "the scenario disagrees with itself"
"""What is said of one that does not always come to the same."""
_BROKEN = (Outcome.FAILED, Outcome.CANT_TELL)


def is_wanted(session: Session, result: ScenarioResult) -> bool:
    """Whether a scenario has to be run once more: it failed or broke off by itself, and nobody stopped the run.

    One that passed but for what the run has yet to see would show nothing.
    """
    broke = result.rests_on is not None and result.rests_on.outcome in _BROKEN
    return session.trace == "failures" and broke and not session.lanes.stopped


def with_traces(result: ScenarioResult, again: ScenarioResult) -> ScenarioResult:
    """The result of a scenario with the traces of a second run, and with a word where that ended otherwise."""
    traces = [item for item in again.evidence if item.kind == "trace"]
    return replace(result, evidence=(*result.evidence, *traces, *_differences(result, again)))


def _differences(result: ScenarioResult, again: ScenarioResult) -> list[Evidence]:
    first, second = _by_itself(result), _by_itself(again)
    if first is second:
        return []
    why = f": {again.reason}" if again.reason else ""
    text = f"{DISAGREES}: it came to {first.value}, and to {second.value} when it was run for its trace{why}"
    return [Evidence(kind="text", title="run once more, for its trace", text=text)]


def _by_itself(result: ScenarioResult) -> Outcome:
    return result.rests_on.outcome if result.rests_on else result.outcome
