"""What a run of faults knows of each portal: of those that are right, and of those that have a fault.

right    the reference portal, or a variation of it on which faults are played: its scenarios have to pass there
faulty   the same portal with one fault, and what was seen of the profile on the right one
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal2fa.clauses import ScenarioOutline
from portal2fa.outcomes import Outcome, ScenarioResult
from portal2fa.session import Session
from portal2fa.witnesses import settled


@dataclass
class Right:
    """A portal that is right, with the scenarios that are to judge its faults."""

    session: Session
    world: Any
    judges: tuple[ScenarioOutline, ...]
    results: dict[str, ScenarioResult] = field(default_factory=dict)
    """By scenario, also of those that ran for the sake of what they see."""
    told: set[str] = field(default_factory=set)
    """The judges of which somebody was told."""

    @property
    def seen(self) -> set[str]:
        """What was seen of the profile here."""
        return self.session.recorder.findings.seen

    @property
    def lacks_witness(self) -> bool:
        """Whether a judge came to something that rests on what was never in sight here."""
        return any(lacks_witness(self.results[row.id], self.seen) for row in self.judges if row.id in self.results)

    def refused(self, row: ScenarioOutline) -> str:
        """Why a scenario that ran is no judge: what it came to; empty for `passed`."""
        result = settled(self.results[row.id], self.seen)
        passed = result.outcome is Outcome.PASSED
        return "" if passed else f"{result.outcome.value} on the right portal: {result.reason}"


@dataclass
class Faulty:
    """The portal that has one fault."""

    right: Right
    session: Session
    world: Any
    results: dict[str, tuple[ScenarioResult, bool]] = field(default_factory=dict)
    """By scenario, with whether it was repeated."""

    @property
    def seen(self) -> set[str]:
        """What counts as seen here: on the right portal, and on this one."""
        return self.right.seen | self.session.recorder.findings.seen

    @property
    def lacks_witness(self) -> bool:
        """Whether a scenario came to something that rests on what was never in sight."""
        return any(lacks_witness(result, self.seen) for result, _ in self.results.values())


def lacks_witness(result: ScenarioResult, seen: set[str]) -> bool:
    """Whether a scenario came to something by itself that rests on what was never in sight."""
    decided = result.outcome in (Outcome.PASSED, Outcome.FAILED)
    return decided and settled(result, seen).outcome is Outcome.CANT_TELL
