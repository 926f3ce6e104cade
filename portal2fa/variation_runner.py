"""Runs the whole specification on portals that are right in other ways, in one process with one browser.

Each variation is judged as a target of its own: with its own profile, and in the light of nothing but what was seen on
it.  Scenarios of all of them take turns in the lanes.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import Any

from portal2fa import clock
from portal2fa.clauses import ScenarioOutline
from portal2fa.errors import EnvironmentProblem
from portal2fa.evidence import Findings, Recorder
from portal2fa.host_runner import HostRunner
from portal2fa.interrupting import SEVERAL, kindly
from portal2fa.lanes import Job
from portal2fa.outcomes import Outcome, Result, ScenarioResult
from portal2fa.profile_files import Target
from portal2fa.runner import Ran, whole
from portal2fa.selection import Selection
from portal2fa.session import Session
from portal2fa.variations import Variation
from portal2fa.witnesses import settled

Tell = Callable[[Variation, ScenarioResult], None]
"""Called with each scenario that ended, and the variation it ran on."""
Known = tuple[Variation, Target]
"""A variation with its profile."""


def run(
    session: Session, known: Sequence[Known], selection: Selection, *, command: str, tell: Tell
) -> dict[str, Result]:
    """Run the selection on every variation; what each came to by its id.  Raises what kept the run from starting."""
    started = clock.now()
    runner = _VariationRunner(session, known, selection, tell)
    with contextlib.redirect_stdout(sys.stderr), kindly(runner.stop, SEVERAL):
        runner.run()
    return {
        place.variation.id: whole(
            place.session,
            selection,
            Ran(place.results, runner.interrupted, tuple(runner.problems)),
            started=started,
            command=command,
        )
        for place in runner.places
    }


@dataclass
class _Place:
    """The portal of one variation, as the run knows it."""

    variation: Variation
    session: Session
    world: Any
    results: list[ScenarioResult]


class _VariationRunner(HostRunner):
    """Plays the selected scenarios on each of the variations."""

    def __init__(self, session: Session, known: Sequence[Known], selection: Selection, tell: Tell) -> None:
        super().__init__(session, selection.scenarios)
        self._known = known
        self._selected = selection.scenarios
        self._tell = tell
        self.places: list[_Place] = []

    def _play_all(self, at_once: int, most: int) -> None:
        self.places = [self._place(*known) for known in self._known]
        turns = zip_longest(*([partial(self._try, place, row) for row in self._selected] for place in self.places))
        self._session.lanes.run([Job(play) for turn in turns for play in turn], at_once, most)

    def _place(self, variation: Variation, target: Target) -> _Place:
        world = self.context.world
        if variation.id not in world.variations:
            raise EnvironmentProblem(
                f"The server does not have {variation.id}.",
                hint="declare it, and do it, in reference_server/variations",
            )
        recorder = Recorder(
            self._session.recorder.folder / variation.id, Findings(browser=self._session.recorder.findings.browser)
        )
        session = replace(self._session, target=target, recorder=recorder)
        own = world.with_variation(variation.id, target.profile)
        recorder.findings.url = own.url
        return _Place(variation, session, own, [])

    def _try(self, place: _Place, row: ScenarioOutline) -> None:
        result, _ = self._play(row, place.session, place.world)
        if result.outcome is Outcome.CANT_TELL and self.interrupted:
            return  # it was broken off, which says nothing of the portal
        place.results.append(result)
        self._tell(place.variation, settled(result, place.session.recorder.findings.seen))
