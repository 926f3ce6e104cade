"""What a run made of its baseline: each entry is held against the scenarios, and a finding is told by its message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portal2fa.baseline import Acceptance, Baseline, Kind, Standing, normalised, to_the_minute
from portal2fa.outcomes import Deviation, Outcome, Result, ScenarioResult

_GONE = (Outcome.PASSED, Outcome.INAPPLICABLE)
"""Outcomes after which a finding is certainly not there any more."""


def with_baseline(result: Result, baseline: Baseline | None) -> Result:
    """`result` with what it makes of the entries of `baseline`; the day of the run decides what has expired."""
    if baseline is None:
        return result
    return replace(result, baseline=replace(baseline, entries=tuple(_judged(result, baseline.entries))))


def failure_message(scenario: ScenarioResult) -> str:
    """What is pinned of a scenario that failed: the step, what was expected and what was seen."""
    step = next((step for step in scenario.steps if step.status == "failed"), None)
    where = f"{step.keyword} {step.text}: " if step else ""
    if not (scenario.expected or scenario.seen):
        return to_the_minute(normalised(where + scenario.reason))
    return to_the_minute(normalised(f"{where}expected {scenario.expected}, saw {scenario.seen}"))


def deviation_message(deviation: Deviation) -> str:
    """What is pinned of a documentation deviation: both wordings, and the note on them."""
    note = f" ({deviation.note})" if deviation.note else ""
    return normalised(f'documented "{deviation.documented}", seen "{deviation.seen}"{note}')


def findings(result: Result) -> Iterator[Acceptance]:
    """Everything in `result` that can be accepted, without reason and date; each deviation once."""
    for scenario in result.scenarios:
        if scenario.outcome is Outcome.FAILED:
            for clause in scenario.clauses:
                yield Acceptance(Kind.FAILURE, clause, scenario.id, failure_message(scenario), "", "")
    known: set[tuple[str, str, str]] = set()
    for scenario in result.scenarios:
        for met in scenario.deviations:
            told = (met.clause, met.control, deviation_message(met))
            if told not in known:
                known.add(told)
                yield Acceptance(Kind.DEVIATION, met.clause, scenario.id, told[2], "", "", met.control)


def _judged(result: Result, entries: tuple[Acceptance, ...]) -> Iterator[Acceptance]:
    scenarios = {scenario.id: scenario for scenario in result.scenarios}
    for entry in entries:
        messages = _messages(result, entry, scenarios)
        others = [message for message in messages if message not in _pinned(entries, entry)]
        standing = _standing(entry, scenarios.get(entry.scenario), messages, others, result.started[:10])
        yield replace(entry, standing=standing, seen=others[0] if standing is Standing.CHANGED else "")


def _messages(result: Result, entry: Acceptance, scenarios: dict[str, ScenarioResult]) -> list[str]:
    """What the run says where the entry expects its finding."""
    if entry.kind is Kind.FAILURE:
        scenario = scenarios.get(entry.scenario)
        return [failure_message(scenario)] if scenario and scenario.outcome is Outcome.FAILED else []
    met = (deviation for scenario in result.scenarios for deviation in scenario.deviations)
    fitting = (found for found in met if (found.clause, found.control) == (entry.clause, entry.control))
    return list(dict.fromkeys(deviation_message(found) for found in fitting))


def _pinned(entries: tuple[Acceptance, ...], entry: Acceptance) -> set[str]:
    """The messages of all entries for deviations of the same control: it may deviate in several ways at once."""
    if entry.kind is Kind.FAILURE:
        return {entry.message}
    return {
        other.message
        for other in entries
        if (other.kind, other.clause, other.control) == (entry.kind, entry.clause, entry.control)
    }


def _standing(
    entry: Acceptance, scenario: ScenarioResult | None, messages: list[str], others: list[str], today: str
) -> Standing:
    in_time = entry.until >= today
    if entry.message in messages:
        return Standing.ACCEPTED if in_time else Standing.EXPIRED
    if others:
        return Standing.CHANGED
    if scenario is None:
        return Standing.OUTSIDE
    if scenario.outcome in _GONE:
        return Standing.STALE
    return Standing.OPEN if in_time else Standing.EXPIRED
