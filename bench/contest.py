"""All entrants in turn, in several rounds, each with the cost of its whole process tree from start to end."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench import ours
from bench.entrants import YARDSTICK, Entrant
from bench.installing import ROOT, install, lay_out, python_of
from bench.left import Left, Say
from bench.processes import CannotMeasure, Cost, measure
from portal2fa.profile_files import find_root

Once = Callable[[Entrant, int], Cost]
"""The cost of so many walks of an entrant; raises `CannotMeasure`."""
T = TypeVar("T")
_TRIAL = 2
"""Walks of the trial that shows whether an entrant can be measured; nothing is read from disk anew after it."""
_START = 2
"""Walks that starting an entrant takes as long as, for telling how much is left."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What one run of the comparison measured."""

    times: int
    """Walks of each entrant in each round."""
    entrants: tuple[Entrant, ...]
    """Those that were measured in all rounds, in the order of the list."""
    rounds: tuple[Mapping[str, Cost], ...]
    """For each round, the cost of each entrant by its name."""
    left_out: Mapping[str, str]
    """Names of those that could not be measured, with the reason."""

    def wall(self, name: str) -> float:
        """Median wall of an entrant, in seconds."""
        return statistics.median(one[name].wall for one in self.rounds)

    def cpu(self, name: str) -> float:
        """Median CPU of an entrant, in seconds."""
        return statistics.median(one[name].cpu for one in self.rounds)

    def wall_ratio(self, name: str, by: str = YARDSTICK) -> float:
        """Median over the rounds of an entrant's wall by that of another one in the same round."""
        return statistics.median(one[name].wall / one[by].wall for one in self.rounds)

    def cpu_ratio(self, name: str, by: str = YARDSTICK) -> float:
        """Median over the rounds of an entrant's CPU by that of another one in the same round."""
        return statistics.median(one[name].cpu / one[by].cpu for one in self.rounds)


def take(
    entrants: Sequence[Entrant], *, times: int, rounds: int, say: Say, once: Once | None = None
) -> Iterator[Contest]:
    """What is known after each round, in which everybody is measured who can be, by `once`.

    Raises `CannotMeasure` where the yardstick cannot.
    """
    field = _Field(once or installed_once, say)
    left = Left(len(entrants) * (_TRIAL + _START + rounds * (times + _START)))
    for entrant in entrants:
        field.measure(entrant, _TRIAL)
        say(f"trial of {entrant.name}, {left.after(_TRIAL + _START)}")
    done: list[dict[str, Cost]] = []
    for number in range(rounds):
        done.append({})
        for entrant in rotated(field.still(entrants), number, rounds):
            cost, rest = field.measure(entrant, times), left.after(times + _START)
            if cost is not None:
                done[-1][entrant.name] = cost
                say(f"round {number + 1} of {rounds}: {entrant.name} {cost.wall:.1f} s, {rest}")
        yield Contest(times, tuple(field.still(entrants)), tuple(done), dict(field.left_out))


class _Field:
    """Those who are still measured, and why the others are not."""

    def __init__(self, once: Once, say: Say) -> None:
        self._once = once
        self._say = say
        self.left_out: dict[str, str] = {}

    def still(self, entrants: Sequence[Entrant]) -> list[Entrant]:
        return [one for one in entrants if one.name not in self.left_out]

    def measure(self, entrant: Entrant, times: int) -> Cost | None:
        """None where it cannot be measured: it is left out from now on."""
        try:
            return self._once(entrant, times)
        except (CannotMeasure, OSError) as error:
            if entrant.name == YARDSTICK:
                raise
            self.left_out[entrant.name] = str(error)
            self._say(f"{entrant.name} is left out: {error}")
            return None


def rotated(items: Sequence[T], number: int, rounds: int) -> list[T]:
    """The items for round `number`, each round beginning at another one, spread over all of them."""
    first = number * max(1, len(items) // rounds) % len(items) if items else 0
    return [*items[first:], *items[:first]]


def installed_once(entrant: Entrant, times: int) -> Cost:
    """As `once`, after the entrant's peer was installed where it was not; raises `CannotMeasure`."""
    if entrant.peer is not None:
        install(entrant.peer, lay_out(entrant.peer, ()))
    return once(entrant, times)


def once(entrant: Entrant, times: int) -> Cost:
    """The cost of `times` walks; raises `CannotMeasure` when one of them failed or is missing."""
    if entrant.peer is None:
        return measure([part.format(times=times) for part in entrant.command], folder=ROOT)
    here = lay_out(entrant.peer, features(times, entrant.parts))
    python = python_of(entrant.peer, here)
    command = [python if part == "{python}" else part for part in entrant.command]
    host = [sys.executable, "-m", "bench.host", "--times", str(times), "--folder", str(here), "--"]
    return measure([*host, *command], folder=ROOT)


def features(times: int, parts: int) -> list[str]:
    """The scenario of the feature `times` times, in so many files, as even as can be; no file is empty."""
    journey = ours.journey(find_root())
    shares = [times // parts + (number < times % parts) for number in range(parts)]
    return [ours.repeated(journey, share) for share in shares if share]
