"""Plays a scenario as often as there are portals for it: all in one process, told apart by the name of the host.

Faults and variations of the reference portal are run like this, in one browser and several lanes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from behave.model import Scenario

from portal2fa.clauses import ScenarioOutline
from portal2fa.judging import judge
from portal2fa.outcomes import ScenarioResult
from portal2fa.profile_files import Target
from portal2fa.runner import SuiteRunner
from portal2fa.selection import Selection
from portal2fa.session import Session


def started_with(target: Target, option: str) -> Target:
    """The target with its portal started with one more `option`, by which it serves others beside itself."""
    start = target.profile.start
    assert start is not None, "the reference portal is started by the run"
    start = start.model_copy(update={"command": (*start.command, option)})
    return replace(target, profile=target.profile.model_copy(update={"start": start}))


class HostRunner(SuiteRunner):
    """behave's runner, which plays one of its scenarios at a time on whichever portal is wanted."""

    def __init__(self, session: Session, rows: Sequence[ScenarioOutline]) -> None:
        super().__init__(session, Selection(tuple(rows)), lambda result: None)
        self._kept: list[tuple[ScenarioResult, bool]] = []
        """What the scenario of this lane came to, and whether it waited for something in vain."""

    def _play(self, row: ScenarioOutline, session: Session, world: Any) -> tuple[ScenarioResult, bool]:
        """Run one scenario with a model of its own: the same one may be under way on other portals.

        Its outcome is what it came to by itself; what it rests on is asked when more was seen.
        """
        lane = self._lane(session, world)
        lane._kept = []
        self._model(row).run(lane)
        return lane._kept[0]

    def _collect(self, scenario: Scenario) -> None:
        row = self._row(scenario)
        assert row is not None, "only what is selected is run"
        recorder = self.context.session.recorder
        self._kept.append((judge(row, scenario, recorder), recorder.notes.ran_out))
