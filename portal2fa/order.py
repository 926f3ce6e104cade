"""In which order scenarios begin where several are under way: the longest first, or one of them ends last, alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import UsageError
from portal2fa.outcomes import Outcome
from portal2fa.report_folder import read_report

_RAN = (Outcome.PASSED, Outcome.FAILED)
"""What came to its end: only of these it is known how long they take."""


def last_times(out: Path, target: str) -> dict[str, float]:
    """How many seconds each scenario took that came to its end in the report that lies in `out`, by its id.

    None where no such report lies there, or one of another target.
    """
    try:
        result = read_report(out)
    except UsageError:
        return {}
    return {row.id: row.seconds for row in result.scenarios if row.outcome in _RAN and result.target.name == target}


def longest_first(rows: Iterable[ScenarioOutline], times: Mapping[str, float]) -> list[ScenarioOutline]:
    """The rows by what they took in an earlier run; where nothing is known of any, the journeys first.

    One that is new is taken for one of middling length.  Those of one length stay in their order.
    """
    typical = median(times.values()) if times else 0.0
    return sorted(rows, key=lambda row: (-times.get(row.id, typical), bool(times) or "journey" not in row.tags))
