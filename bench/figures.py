"""One journey by two programs in turn, a full run, and commands that open no browser."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.left import Left, Say
from bench.processes import ROLES, CannotMeasure, Cost, measure

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("bare", "ours")
QUICK = ("--help", "plan", "clauses")
"""Commands that open no browser."""
_QUICK_TIMES = 5
VERDICTS = (0, 1, 3)
"""Exit codes of runs that came to their end with a verdict, whatever it was."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Seconds that one journey takes beyond all start-up, in one round, by one program."""

    wall: float
    cpu: float
    roles: dict[str, float]


@dataclass(frozen=True, slots=True)
class Round:
    """Both programs, measured one right after the other."""

    bare: Journey
    ours: Journey

    @property
    def cpu_ratio(self) -> float:
        """CPU of ours by that of the bare script."""
        return self.ours.cpu / self.bare.cpu

    @property
    def wall_ratio(self) -> float:
        """Wall of ours by that of the bare script."""
        return self.ours.wall / self.bare.wall


@dataclass(frozen=True, slots=True)
class FullRun:
    """`portal2fa run` on the reference portal."""

    cost: Cost
    verdict: str
    scenarios: int


@dataclass(frozen=True, slots=True)
class Journeys:
    """Rounds of both programs, with so `few` and so `many` repetitions."""

    few: int
    many: int
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Runs:
    """Whole commands: one full run, and those that open no browser."""

    full: FullRun
    quick: dict[str, float]
    """Median wall of each quick command, in seconds."""


def browser() -> str:
    """Walk once by each program, so that nothing is read from disk for the first time after it; name of the browser."""
    _program("bare", 1)
    return str(json.loads(_program("ours", 1).said)["browser"])


def journeys(*, few: int, many: int, rounds: int, say: Say) -> Journeys:
    """Measure both programs, telling `say` what is going on; raises `CannotMeasure`."""
    done, left = [], Left(rounds)
    for number in range(rounds):
        done.append(_round(number, few, many))
        ratios = f"CPU ratio {done[-1].cpu_ratio:.2f}, wall ratio {done[-1].wall_ratio:.2f}"
        say(f"round {number + 1} of {rounds}: {ratios}, {left.after(1)}")
    return Journeys(few, many, tuple(done))


def runs(say: Say) -> Runs:
    """Measure whole commands; raises `CannotMeasure`."""
    say("commands that open no browser")
    quick = {name: _quick(name) for name in QUICK}
    say("a full run")
    return Runs(_full(say), quick)


def _program(name: str, times: int) -> Cost:
    return measure([sys.executable, "-m", f"bench.{name}", str(times)], folder=ROOT)


def _round(number: int, few: int, many: int) -> Round:
    """Both programs with few and with many repetitions; the one that begins is another one each round."""
    order = PROGRAMS if number % 2 == 0 else PROGRAMS[::-1]
    costs = {(name, times): _program(name, times) for times in (few, many) for name in order}
    bare, ours = (_per_journey(costs[name, few], costs[name, many], many - few) for name in PROGRAMS)
    return Round(bare, ours)


def _per_journey(small: Cost, large: Cost, times: int) -> Journey:
    """The difference of two runs, which have start and end in common, by the repetitions that differ."""
    if large.cpu <= small.cpu or large.wall <= small.wall:
        raise CannotMeasure("More repetitions took less time: the machine is too busy to measure anything.")
    roles = {role: (large.roles[role] - small.roles[role]) / times for role in ROLES}
    return Journey((large.wall - small.wall) / times, (large.cpu - small.cpu) / times, roles)


def _quick(name: str) -> float:
    command = [sys.executable, "-m", "portal2fa", name]
    return statistics.median(measure(command, folder=ROOT).wall for _ in range(_QUICK_TIMES))


def _full(say: Say) -> FullRun:
    """One full run with its memory, a scenario after the other; its report is thrown away."""
    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch:
        command = [sys.executable, "-m", "portal2fa", "run", "--lanes", "1", "--out", scratch]
        cost = measure(command, folder=ROOT, memory=True, expected=VERDICTS, say=say)
        report = json.loads((Path(scratch) / "result.json").read_text("utf-8"))
    return FullRun(cost, str(report["verdict"]), len(report["result"]["scenarios"]))
