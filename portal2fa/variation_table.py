"""What a run over the variations came to: a row for each, and whether all of them are green."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal2fa.outcomes import ExitCode, Outcome, Result, ScenarioResult, Verdict, verdict
from portal2fa.variations import Variation

_TROUBLE = (Outcome.FAILED, Outcome.CANT_TELL, Outcome.UNTESTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One variation, and what the specification made of it."""

    variation: Variation
    result: Result

    @property
    def verdict(self) -> Verdict:
        """The verdict on the portal, as a run of its own would give it."""
        return verdict(self.result)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many scenarios came to each outcome."""
        found = Counter(scenario.outcome for scenario in self.result.scenarios)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def trouble(self) -> tuple[ScenarioResult, ...]:
        """The scenarios that are neither passed nor inapplicable."""
        return tuple(scenario for scenario in self.result.scenarios if scenario.outcome in _TROUBLE)

    @property
    def green(self) -> bool:
        """Whether every scenario passed where the portal is able to, and nothing else stood in the way."""
        return not (self.trouble or self.result.interrupted or self.result.problems)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a run, in the order of the catalogue."""

    rows: tuple[Row, ...]

    @property
    def not_green(self) -> tuple[Row, ...]:
        """The rows that need a look."""
        return tuple(row for row in self.rows if not row.green)

    @property
    def interrupted(self) -> bool:
        """Whether a person stopped the run."""
        return any(row.result.interrupted for row in self.rows)


def make_table(variations: Sequence[Variation], results: Mapping[str, Result]) -> Table:
    """A row for each of the variations that were run."""
    return Table(tuple(Row(one, results[one.id]) for one in variations if one.id in results))


def exit_code(table: Table) -> ExitCode:
    """The exit status: whether all are green, or the run was stopped before that could be said."""
    if table.interrupted:
        return ExitCode.INTERRUPTED
    return ExitCode.NOT_CONFORMANT if table.not_green else ExitCode.CONFORMANT


def sentence(table: Table) -> str:
    """What came of it, in a sentence."""
    green, number = len(table.rows) - len(table.not_green), len(table.rows)
    whole = "The variation is" if number == 1 else f"All {number} variations are"
    if green == number and any(row.result.selection for row in table.rows):
        return f"{whole} green in what was chosen; the rest of the specification was not run."
    if green == number:
        return f"{whole} green: whatever can be done there was seen to hold."
    return f"{green} of {number} variations are green; {number - green} need a look."
