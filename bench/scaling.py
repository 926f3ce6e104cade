"""What a scenario costs, by how many there are and how many of them run at once: in lanes, or in worker processes."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.contest import rotated
from bench.figures import ROOT
from bench.left import Left, Say
from bench.processes import Cost, measure

Way = tuple[int, int]
"""In how many workers, of how many lanes each."""
Setting = tuple[int, Way]
"""How many scenarios, and in which way."""
Once = Callable[[Setting], Cost]


@dataclass(frozen=True, slots=True)
class Scaling:
    """Costs of the settings that are known so far, each size in all ways."""

    sizes: tuple[int, ...]
    ways: tuple[Way, ...]
    costs: Mapping[Setting, Sequence[Cost]]

    @property
    def rounds(self) -> int:
        """How often each setting was measured at least."""
        return min(map(len, self.costs.values()))

    def wall(self, size: int, way: Way) -> float:
        """Median wall of a scenario, start and end of the run shared out over all, in seconds."""
        return statistics.median(cost.wall for cost in self.costs[size, way]) / size

    def cpu(self, size: int, way: Way) -> float:
        """Median CPU of a scenario, in seconds."""
        return statistics.median(cost.cpu for cost in self.costs[size, way]) / size


def ways(lanes: Sequence[int], workers: Sequence[int]) -> list[Way]:
    """One worker with each number of lanes, then each number of workers with one lane; each once."""
    return list(dict.fromkeys([*((1, number) for number in lanes), *((number, 1) for number in workers)]))


def take(
    sizes: Sequence[int], ways: Sequence[Way], *, rounds: int, say: Say, once: Once | None = None
) -> Iterator[Scaling]:
    """Measure all settings in turn, by `once`: what is known whenever a size was measured in all ways.

    Raises `CannotMeasure`.
    """
    settings = [(size, way) for size in sizes for way in ways]
    costs: dict[Setting, list[Cost]] = {setting: [] for setting in settings}
    left = Left(rounds * sum(_work(setting) for setting in settings))
    for number in range(rounds):
        for setting in rotated(settings, number, rounds):
            costs[setting].append((once or _once)(setting))
            rest = left.after(_work(setting))
            say(f"{setting[0]} scenarios, {called(setting[1])}: {costs[setting][-1].wall:.1f} s, {rest}")
            if len({len(costs[setting[0], way]) for way in ways}) == 1:
                yield _known(sizes, ways, costs)


def _known(sizes: Sequence[int], ways: Sequence[Way], costs: Mapping[Setting, Sequence[Cost]]) -> Scaling:
    """The sizes that were measured in all ways."""
    whole = tuple(size for size in sizes if all(costs[size, way] for way in ways))
    return Scaling(whole, tuple(ways), {(size, way): tuple(costs[size, way]) for size in whole for way in ways})


def called(way: Way) -> str:
    """A way in words."""
    workers, lanes = way
    many = f"{workers} workers" if workers > 1 else ""
    return many or (f"{lanes} lanes" if lanes > 1 else "1 lane")


def _work(setting: Setting) -> float:
    """How long a setting takes, roughly and in scenarios, for telling how much is left."""
    size, (workers, lanes) = setting
    return 2 + size / min(workers * lanes, 2)


def _once(setting: Setting) -> Cost:
    size, (workers, lanes) = setting
    return measure([sys.executable, "-m", "bench.ours", str(size), str(lanes), str(workers)], folder=ROOT)
