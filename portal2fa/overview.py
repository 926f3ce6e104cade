"""Several targets that one run judged, beside each other: what each clause came to on each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal2fa.outcomes import Clause, ExitCode, Outcome, Result, clause_results, exit_code, is_partial, verdict

_WORST_FIRST = (
    ExitCode.NOT_RESTORED,
    ExitCode.INTERNAL,
    ExitCode.INTERRUPTED,
    ExitCode.NOT_CONFORMANT,
    ExitCode.BASELINE,
    ExitCode.USAGE,
    ExitCode.INCONCLUSIVE,
    ExitCode.CONFORMANT,
)
"""What a person has to know first: accounts left changed, then whether to believe the rest, then the verdicts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one target."""

    name: str
    """Also the name of the folder of its report, where there is one."""
    title: str
    url: str
    exit_code: ExitCode
    verdict: str = ""
    """Empty where there is none, because it could not be run."""
    outcomes: tuple[tuple[str, Outcome], ...] = ()
    """The clauses by id, in register order, with what they came to."""
    problem: str = ""
    """Why there is no report."""
    partial: bool = False
    """Whether there is no verdict to speak of, because a filter left scenarios out and all the rest is well."""

    @classmethod
    def of(cls, name: str, result: Result) -> Judged:
        """What the result of a target says, which is called `name` here."""
        rows = tuple((row.clause.id, row.outcome) for row in clause_results(result))
        target = result.target
        return cls(
            name, target.title, target.url, exit_code(result), verdict(result).value, rows, partial=is_partial(result)
        )

    def outcome(self, clause: str) -> Outcome | None:
        """What a clause came to; None where nothing was run."""
        return dict(self.outcomes).get(clause)


@dataclass(frozen=True, slots=True)
class Overview:
    """All targets of one run, in the order in which they were given."""

    clauses: tuple[Clause, ...]
    targets: tuple[Judged, ...]
    tool_version: str
    command: str

    @property
    def exit_code(self) -> ExitCode:
        """The worst of theirs."""
        return worst(target.exit_code for target in self.targets)

    @property
    def differing(self) -> tuple[Clause, ...]:
        """The clauses that did not come to the same on all targets that were run."""
        ran = [target for target in self.targets if target.outcomes]
        return tuple(clause for clause in self.clauses if len({target.outcome(clause.id) for target in ran}) > 1)


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The exit code that a run of several targets has to end with."""
    return min(codes, key=_WORST_FIRST.index)
