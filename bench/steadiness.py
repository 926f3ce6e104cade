"""Whether memory stays flat over very many scenarios, and how soon the first result of a run is there."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from bench import clock
from bench.figures import ROOT
from bench.left import Say
from bench.page import heading, table, verdict
from bench.processes import CannotMeasure, measure
from bench.steady import EVERY

Weights = Sequence[tuple[int, int]]
"""After how many scenarios, and how many bytes the whole process tree had then."""
GROWTH_TARGET = 1.10
FIRST_TARGET = 2.0
LEAST = 5 * EVERY
"""So many scenarios make a fifth of a run, in which something was weighed."""
_TIMES = 5
_FIRST = ("run", "--clause", "NAV-1", "--evidence", "none", "--lanes", "1", "--out")
_METHOD = """One cheap scenario, `python -m bench.steady`, so many times in one run, in {lanes} lanes of one process.

- The whole process tree is weighed after every tenth scenario: runner, driver, browser, portal.
- A row is the median of a fifth of the run; growth is that of the last fifth by that of the second one, as the first
  one fills caches.
"""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What was measured: weights in the order of the run, and seconds until a first result, sorted."""

    lanes: int
    weights: Weights
    first: tuple[float, ...]
    times: int
    """How often the scenario was run."""
    ended: int
    """How often it came to its end."""

    @property
    def fifths(self) -> list[tuple[int, float]]:
        """The last scenario of each fifth of the run, and the median of the bytes in it."""
        size = len(self.weights) // 5
        parts = [self.weights[size * number : size * (number + 1)] for number in range(5)]
        return [(part[-1][0], statistics.median(weight for _, weight in part)) for part in parts]

    @property
    def growth(self) -> float:
        """The last fifth by the second one."""
        fifths = self.fifths
        return fifths[-1][1] / fifths[1][1]


def take(times: int, lanes: int, *, say: Say) -> Steadiness:
    """Measure both, what is quick first; raises `CannotMeasure`."""
    say("the first result")
    first = tuple(sorted(_first() for _ in range(_TIMES)))
    say(f"{times} scenarios")
    said = measure([sys.executable, "-m", "bench.steady", str(times), str(lanes)], folder=ROOT, say=say).said
    told = json.loads(said)
    return Steadiness(lanes, told["weights"], first, times, told["ended"])


def _first() -> float:
    """Seconds from the start of a command until it tells its first result."""
    with tempfile.TemporaryDirectory() as folder:
        began = clock.stopwatch()
        command = [sys.executable, "-m", "portal2fa", *_FIRST, folder]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            told = next((line for line in process.stderr if line.startswith("[")), "")
            seconds = clock.stopwatch() - began
            process.stderr.read()
    if "passed" not in told:
        raise CannotMeasure(f"The first result of {' '.join(_FIRST)} was {told!r}.")
    return seconds


def page(found: Steadiness, measured: str) -> str:
    """The section of the page."""
    rows = [(str(number), f"{weight / 1e6:.0f}") for number, weight in found.fifths]
    grown = f"{(found.growth - 1) * 100:+.1f} % is {verdict(found.growth, GROWTH_TARGET)} it"
    growth = f"{found.ended} of {found.times} came to their end.\nThe goal is a growth below 10 %; {grown}."
    first = statistics.median(found.first)
    told = (
        f"From the start of `portal2fa run` to its first result: {first:.1f} s, the median of {len(found.first)} runs "
        f"({found.first[0]:.1f} to {found.first[-1]:.1f} s), interpreter, portal, browser and scenario included.\n"
        f"The goal is less than {FIRST_TARGET:.0f} s; this is {verdict(first, FIRST_TARGET)} it."
    )
    method = _METHOD.format(lanes=found.lanes)
    return "\n".join(
        [heading("steadiness"), measured, method, table(("scenarios", "memory, MB"), rows), growth, "", told, ""]
    )
