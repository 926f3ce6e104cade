"""Absence proves something only where presence was seen.

"The portal does not show it" may mean that the portal lacks it, or that the profile points at nothing.  The two are
told apart by the run as a whole: an entry of the profile that some scenario had in sight is right, so its absence
elsewhere counts; of one that was never in sight nothing can be told, whether a scenario failed for want of it or passed
because it was away.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from portal2fa.outcomes import Outcome, ScenarioResult


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What the outcome of a scenario rests on: entries that were missing, entries whose absence was taken for good."""

    outcome: Outcome
    missing: tuple[str, ...]
    absent: frozenset[str]
    reason: str


def settled(result: ScenarioResult, rests_on: RestsOn, seen: Collection[str]) -> ScenarioResult:
    """The result in the light of what the run has seen so far; to be asked again when it has seen more."""
    if rests_on.outcome is Outcome.FAILED:
        unseen = [entry for entry in rests_on.missing if entry not in seen]
    elif rests_on.outcome is Outcome.PASSED:
        unseen = sorted(entry for entry in rests_on.absent if entry not in seen)
    else:
        return result
    if not unseen:
        return replace(result, outcome=rests_on.outcome, reason=rests_on.reason)
    named = " and ".join(unseen)
    reason = f"{named} was never in sight in this run, so nothing can be told from its absence; check the profile"
    before = f"{rests_on.reason}. But " if rests_on.reason else ""
    return replace(result, outcome=Outcome.CANT_TELL, reason=before + reason)
