"""What reports say beyond the help text: how the sections of norms were found, and what the help text does to them."""

from __future__ import annotations

from collections.abc import Iterator

from portal2fa.norms import NormResult, NormStanding, norm_results
from portal2fa.outcomes import Outcome, Result
from portal2fa.reports.summary import NOT_SELECTED, reason_of

TITLE = "Beyond the help text, by norm"
SHAPES = {
    NormStanding.PROVEN: "passed",
    NormStanding.REFUTED: "failed",
    NormStanding.CANT_TELL: "cantTell",
    NormStanding.UNTESTED: "untested",
    NormStanding.INAPPLICABLE: "inapplicable",
    NormStanding.NOT_LOOKED_AT: "untested",
    NormStanding.NOT_OBSERVABLE: "untested",
    NormStanding.POLICY: "accepted",
}
"""The shape that is drawn for each standing."""


def norm_counts(result: Result) -> list[tuple[NormStanding, int]]:
    """How many sections of norms have each standing, worst news first; what does not occur is left out."""
    found = [row.standing for row in norm_results(result)]
    return [(standing, found.count(standing)) for standing in NormStanding if standing in found]


def norm_line(result: Result) -> str:
    """The counts in words; empty where the register knows no norms."""
    return ", ".join(f"{number} {standing.value}" for standing, number in norm_counts(result))


def norm_reason(row: NormResult) -> str:
    """Why a section is not proven: what its worst scenario says, or why it has none."""
    if row.standing is NormStanding.PROVEN:
        return ""
    if row.worst is None:
        return row.section.unproven or NOT_SELECTED
    return f"{row.worst.name}: {reason_of(row.worst)}"


def told(result: Result) -> Iterator[tuple[NormResult, str]]:
    """The sections that somebody has to look at, worst news first, each with its reason; of one reason once.

    Those that the run's filter left out are in the counts only.
    """
    said: dict[str, str] = {}
    rows = [row for row in norm_results(result) if row.standing is NormStanding.REFUTED or row.standing.is_open]
    for row in sorted(rows, key=lambda row: list(NormStanding).index(row.standing)):
        if row.worst is None and result.selection:
            continue
        reason = " ".join((norm_reason(row) if row.worst is None else reason_of(row.worst)).split())
        yield row, f"as for {said[reason]}" if reason in said else reason
        said.setdefault(reason, row.section.id)


def policies(result: Result) -> tuple[NormResult, ...]:
    """What the documented procedure itself does against norms."""
    return tuple(row for row in norm_results(result) if row.standing is NormStanding.POLICY)


def norm_warning(result: Result) -> str:
    """What nobody may read past where sections of norms were not decided; empty where all were.

    Sections of which a filter left everything out are not told of.
    """
    narrowed = bool(result.selection) and not result.every_clause
    rows = [row for row in norm_results(result) if row.standing.is_open and (row.worst is not None or not narrowed)]
    if not rows:
        return ""
    scenarios = sum(not s.clauses and s.outcome in (Outcome.UNTESTED, Outcome.CANT_TELL) for s in result.scenarios)
    what = "section of a norm was" if len(rows) == 1 else "sections of norms were"
    return f"beyond the help text {len(rows)} {what} not decided; {scenarios} scenarios were left out or broke off"
