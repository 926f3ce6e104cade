"""What a scenario costs, by how many there are and in how many lanes they run."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.contest import rotated
from bench.figures import ROOT
from bench.left import Left, Say
from bench.processes import Cost, measure

Setting = tuple[int, int]
"""How many scenarios, in how many lanes."""
Once = Callable[[Setting], Cost]


@dataclass(frozen=True, slots=True)
class Scaling:
    """Costs of all settings, each as often as there were rounds."""

    sizes: tuple[int, ...]
    lanes: tuple[int, ...]
    costs: Mapping[Setting, Sequence[Cost]]

    @property
    def rounds(self) -> int:
        """How often each setting was measured."""
        return min(map(len, self.costs.values()))

    def wall(self, size: int, lanes: int) -> float:
        """Median wall of a scenario, start and end of the run shared out over all, in seconds."""
        return statistics.median(cost.wall for cost in self.costs[size, lanes]) / size

    def cpu(self, size: int, lanes: int) -> float:
        """Median CPU of a scenario, in seconds."""
        return statistics.median(cost.cpu for cost in self.costs[size, lanes]) / size


def take(sizes: Sequence[int], lanes: Sequence[int], *, rounds: int, say: Say, once: Once | None = None) -> Scaling:
    """Measure all settings in turn, by `once`; raises `CannotMeasure`."""
    settings = [(size, lane) for size in sizes for lane in lanes]
    costs: dict[Setting, list[Cost]] = {setting: [] for setting in settings}
    left = Left(rounds * sum(_work(setting) for setting in settings))
    for number in range(rounds):
        for setting in rotated(settings, number, rounds):
            costs[setting].append((once or _once)(setting))
            rest = left.after(_work(setting))
            say(f"{setting[0]} scenarios, {setting[1]} lanes: {costs[setting][-1].wall:.1f} s, {rest}")
    return Scaling(tuple(sizes), tuple(lanes), costs)


def _work(setting: Setting) -> float:
    """How long a setting takes, roughly and in scenarios, for telling how much is left."""
    size, lanes = setting
    return 2 + size / min(lanes, 2)


def _once(setting: Setting) -> Cost:
    return measure([sys.executable, "-m", "bench.ours", *map(str, setting)], folder=ROOT)
