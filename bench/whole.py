"""A whole run beside the bare script of the same scenarios, and how long either takes to its first one."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import clock
from bench.figures import ROOT, VERDICTS
from bench.left import Say
from bench.processes import CannotMeasure, Cost, environment, measure


@dataclass(frozen=True, slots=True)
class Whole:
    """Costs of the script and of the run, in the same rounds."""

    script: Sequence[Cost]
    ours: Sequence[Cost]
    scenarios: int
    """How many the run has."""
    left_out: Mapping[str, str]
    """Those that the script does without, with the reason."""

    def ratio(self, read: Callable[[Cost], float]) -> float:
        """Median over the rounds of what the run takes by what the script takes."""
        return statistics.median(read(ours) / read(script) for script, ours in zip(self.script, self.ours, strict=True))


def take(*, rounds: int, say: Say) -> Iterator[Whole]:
    """Write the script down from a run, then measure both in turn: what is known after each round.

    Raises `CannotMeasure`.
    """
    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch:
        file, report = Path(scratch) / "script.json", Path(scratch) / "report"
        say("a run in one lane, from which the script is written down")
        measure([sys.executable, "-m", "bench.recorded", str(file)], folder=ROOT, say=say)
        scenarios = json.loads(file.read_text("utf-8"))
        left_out = {one["name"]: one["left_out"] for one in scenarios if one["left_out"]}
        costs: list[tuple[Cost, Cost]] = []
        while len(costs) < rounds:
            say(f"the script of {len(scenarios) - len(left_out)} scenarios, which all sign in by the form")
            script, unfollowed = _script(file, say)
            if unfollowed:
                left_out |= unfollowed
                _leave_out(file, unfollowed, scenarios, len(left_out))
                say(f"measured again without {', '.join(unfollowed)}")
                continue
            say(f"round {len(costs) + 1} of {rounds}: the script took {_said(script)}")
            say("the run")
            costs.append((script, _ours(report, say)))
            say(f"round {len(costs)} of {rounds}: the run took {_said(costs[-1][1])}")
            yield Whole([one for one, _ in costs], [other for _, other in costs], len(scenarios), {**left_out})


def _script(file: Path, say: Say) -> tuple[Cost, dict[str, str]]:
    cost = measure([sys.executable, "-m", "bench.script", str(file)], folder=ROOT, say=say)
    return cost, json.loads(cost.said)


def _said(cost: Cost) -> str:
    return f"{cost.wall:.0f} s of wall, {cost.cpu:.0f} s of CPU"


def _leave_out(file: Path, names: Mapping[str, str], scenarios: Sequence[Mapping[str, object]], all_out: int) -> None:
    """Write the script anew without these; raises `CannotMeasure` where too little would be left of it."""
    if all_out > len(scenarios) // 5:
        raise CannotMeasure(f"The script cannot follow {all_out} of {len(scenarios)} scenarios: {dict(names)}")
    left = [one for one in json.loads(file.read_text("utf-8")) if one["name"] not in names]
    file.write_text(json.dumps(left), "utf-8")


def _ours(report: Path, say: Say) -> Cost:
    command = [sys.executable, "-m", "portal2fa", "run", "--out", str(report)]
    return measure(command, folder=ROOT, expected=VERDICTS, say=say)


@dataclass(frozen=True, slots=True)
class Starts:
    """Medians in seconds: what a browser takes to be there, and a run to its first scenario."""

    launch: float
    """`chromium.launch()` alone, in a process whose driver runs."""
    browser: float
    """From the start of a process to a page in its browser: interpreter, Playwright's driver, launch, context."""
    first: float
    """From the start of `portal2fa run` to its first scenario: all of that, and the portal, the mail server, the steps,
    and a look at the sign-in."""


def starts(*, rounds: int, say: Say) -> Starts:
    """Start both in turn; raises `CannotMeasure`."""
    taken = []
    for number in range(rounds + 1):
        bare, ours = _printed("bench.launching"), _printed("bench.first_scenario")
        if number:  # the first one reads everything from disk
            taken.append((bare["launched"] - bare["driven"], bare["ready"], ours["first"]))
    say(f"start-up, {rounds} rounds")
    launch, browser, first = (statistics.median(column) for column in zip(*taken, strict=True))
    return Starts(launch, browser, first)


def _printed(module: str) -> dict[str, float]:
    """The readings that a module prints, as seconds since its process was started."""
    began = clock.stopwatch()
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotMeasure(f"{module} ended with status {done.returncode}: {done.stderr.strip()[-300:]}")
    return {name: at - began for name, at in json.loads(done.stdout).items()}
