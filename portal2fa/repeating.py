"""Runs repeated on the same target: which scenarios agree with themselves, and one result of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from portal2fa.merging import seen_entries
from portal2fa.outcomes import Outcome, Result, ScenarioResult
from portal2fa.tracing import DISAGREES
from portal2fa.witnesses import settled


def together(rounds: Sequence[Result]) -> Result:
    """One result of several runs of the same scenarios, in order, whose files of evidence have different names.

    A scenario that always came to the same outcome keeps it, with what the last run says of it.  One that did not is
    *cannot tell*, with its outcomes counted and what the worst of them says: it proves nothing until it is mended.
    """
    seen = {entry for result in rounds for entry in result.seen}
    rows = zip(*([settled(row, seen) for row in result.scenarios] for result in rounds), strict=True)
    return replace(
        rounds[-1],
        started=min(result.started for result in rounds),
        scenarios=tuple(_agreed(found) for found in rows),
        not_restored=tuple(dict.fromkeys(name for result in rounds for name in result.not_restored)),
        interrupted=any(result.interrupted for result in rounds),
        problems=tuple(
            f"round {number}: {told}" for number, result in enumerate(rounds, 1) for told in result.problems
        ),
        profile_entries=seen_entries(rounds),
        seen=tuple(sorted(seen)),
    )


def _agreed(rows: Sequence[ScenarioResult]) -> ScenarioResult:
    found = Counter(row.outcome for row in rows)
    if len(found) == 1:
        return rows[-1]
    worst = max(rows, key=lambda row: row.outcome.rank)
    counted = ", ".join(
        f"{outcome.value} {found[outcome]} of {len(rows)} times" for outcome in Outcome if found[outcome]
    )
    reason = f"{DISAGREES}: {counted}; once: {worst.reason}"
    return replace(worst, outcome=Outcome.CANT_TELL, reason=reason, rests_on=None)
