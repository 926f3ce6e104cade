"""Which scenario goes to which worker, and what becomes of those whose worker was lost; nothing is done here.

Scenarios are handed out one at a time, in the order in which they were given.  One that was lost with its worker is
run once more at the end, by itself, so that a scenario that kills its worker takes no neighbour with it a second time.
What two workers did not survive, a third one would not either: then nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal2fa.clauses import ScenarioOutline


@dataclass(slots=True)
class _Seat:
    """A worker, as far as it counts here."""

    has: dict[str, ScenarioOutline] = field(default_factory=dict)
    alone: bool = False
    """What it has must have no neighbour."""
    left: bool = False
    """It is given nothing any more."""


class HandingOut:
    """The scenarios of a run, and the workers among which they are handed out."""

    def __init__(self, rows: Iterable[ScenarioOutline], workers: int, room: int) -> None:
        """Hand out `rows` in this order among so many `workers`, each with `room` for so many at a time."""
        self._rows = list(rows)
        self._again: list[ScenarioOutline] = []
        self._seats = [_Seat() for _ in range(workers)]
        self._room = room
        self._lost: dict[str, list[str]] = {}
        self._stopped = False

    @property
    def is_over(self) -> bool:
        """Whether nobody has anything, and nothing can be handed out any more."""
        nothing_left = not (self._rows or self._again) or all(seat.left for seat in self._seats)
        return nothing_left and not any(seat.has for seat in self._seats)

    @property
    def remaining(self) -> int:
        """How many workers are given something."""
        return sum(not seat.left for seat in self._seats)

    def next_for(self, worker: int) -> ScenarioOutline | None:
        """What to give to a worker now, if anything; it has it from now on."""
        seat = self._seats[worker]
        if seat.left or seat.alone or len(seat.has) >= self._room:
            return None
        row = self._first(self._rows, paired=any(map(_is_of_two, seat.has.values())))
        if row is None and not self._rows and not seat.has and self._again:
            row, seat.alone = self._again.pop(0), True
        if row is not None:
            seat.has[row.id] = row
        return row

    def ended(self, worker: int, scenario: str) -> None:
        """A worker has come to the end of a scenario, or will not begin it."""
        self._leave(worker, scenario)

    def lost(self, worker: int, scenario: str, how: str) -> list[str]:
        """A worker was lost with a scenario; how it was lost each time, if it is not run any more, else nothing."""
        row = self._leave(worker, scenario)
        told = self._lost.setdefault(scenario, [])
        told.append(how)
        if len(told) > 1 or self._stopped:
            return told
        self._again.append(row)
        return []

    def refused(self, worker: int, scenario: str) -> None:
        """A worker cannot play; others do what it has, and it is given nothing more."""
        row = self._leave(worker, scenario)
        self._seats[worker].left = True
        if not self._stopped:
            (self._again if scenario in self._lost else self._rows).insert(0, row)

    def stop(self) -> None:
        """Hand out nothing more."""
        self._stopped = True
        self._rows.clear()
        self._again.clear()

    def _leave(self, worker: int, scenario: str) -> ScenarioOutline:
        seat = self._seats[worker]
        seat.alone = False
        return seat.has.pop(scenario)

    @staticmethod
    def _first(rows: list[ScenarioOutline], *, paired: bool) -> ScenarioOutline | None:
        """Take the first row that a worker can play beside what it has: of two pairs one would wait for the other."""
        row = next((row for row in rows if not (paired and _is_of_two(row))), None)
        if row is not None:
            rows.remove(row)
        return row


def _is_of_two(row: ScenarioOutline) -> bool:
    return "needs.two-accounts" in row.tags
