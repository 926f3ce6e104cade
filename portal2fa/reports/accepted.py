"""What reports say of accepted findings: which hold, and what to do about those that no longer do."""

from __future__ import annotations

from portal2fa.baseline import Acceptance, Kind, Standing
from portal2fa.outcomes import ClauseResult, Outcome, Result, ScenarioResult, is_accepted

Shown = Outcome | Standing
"""How a scenario or a clause is shown: by its outcome, or as accepted."""


def shown_scenario(result: Result, scenario: ScenarioResult) -> Shown:
    """The outcome of `scenario`, or that its failure is accepted for all its clauses."""
    return Standing.ACCEPTED if is_accepted(result, scenario) else scenario.outcome


def shown_clause(row: ClauseResult) -> Shown:
    """The outcome of a clause, or that its failures are accepted and nothing else of it is open."""
    return Standing.ACCEPTED if row.accepted else row.outcome


def accepted(result: Result) -> tuple[Acceptance, ...]:
    """The entries of the baseline that hold."""
    return result.baseline.accepted if result.baseline else ()


def broken(result: Result) -> tuple[Acceptance, ...]:
    """The entries of the baseline that fail the run."""
    return result.baseline.broken if result.baseline else ()


def acceptance_of(result: Result, scenario: ScenarioResult) -> tuple[Acceptance, ...]:
    """The entries by which the failure of `scenario` is accepted."""
    found = (entry for entry in accepted(result) if entry.kind is Kind.FAILURE)
    return tuple(entry for entry in found if entry.scenario == scenario.id)


def why(entry: Acceptance) -> str:
    """Reason and last day of an entry."""
    return f"accepted until {entry.until}: {entry.reason}"


def named(entry: Acceptance) -> str:
    """Which finding an entry is about."""
    return f"{entry.clause}, {entry.control or entry.scenario}"


def remedy(entry: Acceptance) -> str:
    """What to do about an entry that fails the run; empty for any other."""
    if entry.standing is Standing.STALE:
        return "it was not found any more: remove the entry"
    if entry.standing is Standing.EXPIRED:
        return f"it was accepted until {entry.until}: mend the portal, or decide anew and give a later date"
    if entry.standing is Standing.CHANGED:
        return f"it is another finding now: mend the portal, or accept the new message: {entry.seen}"
    return ""


def broken_line(entry: Acceptance) -> str:
    """An entry that fails the run, in one line with what to do."""
    return f"{entry.standing.value}: {named(entry)}: {remedy(entry)}"
