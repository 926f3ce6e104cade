"""Whether full runs with one or more workers and lanes come to the same outcome of every scenario."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice, product
from pathlib import Path

from bench import clock
from bench.figures import ROOT, VERDICTS
from bench.left import Left, Say
from bench.page import heading, table
from bench.processes import measure

Outcomes = Mapping[str, tuple[str, str]]
"""Outcome and reason of each scenario, by its id."""
_WORKERS, _LANES = (1, 2, 3), (1, 2, 3, 4)
_METHOD = """`portal2fa run` on the reference portal again and again, with other numbers of workers and lanes each time.

- Nothing else differs, and no picture is taken; the target of each run is a portal of its own.
- A measurement that was interrupted may go on, with `--go-on`, where no file of the suite and the command has changed.
- The usual outcome of a scenario is the one that most of the runs came to; of each run its exceptions are counted.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One full run: how it was set up, what it took, and what it found."""

    workers: int
    lanes: int
    wall: float
    cpu: float
    outcomes: Outcomes
    on: str
    """The date, as 2030-12-31."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All runs so far, in their order, of so many that are to be."""

    runs: Sequence[Run]
    planned: int

    @property
    def usual(self) -> dict[str, str]:
        """The outcome that most runs came to, by scenario; where none is more frequent, the first one."""
        names = sorted({name for run in self.runs for name in run.outcomes})
        return {name: Counter(_outcome(run, name) for run in self.runs).most_common(1)[0][0] for name in names}

    def exceptions(self, run: Run) -> list[str]:
        """The scenarios of which this run found something unusual."""
        return [name for name, outcome in self.usual.items() if _outcome(run, name) != outcome]


def _outcome(run: Run, name: str) -> str:
    return run.outcomes[name][0] if name in run.outcomes else "missing"


def take(times: int, *, say: Say, before: Sequence[Run] = ()) -> Iterator[Agreement]:
    """What is known after each of so many runs, of which those of `before` are done; raises `CannotMeasure`."""
    runs = [*before][:times]
    if runs:
        say(f"{len(runs)} of {times} full runs were done before")
        yield Agreement(tuple(runs), times)
    left = Left(times - len(runs))
    for number, (workers, lanes) in enumerate(settings(times)[len(runs) :], start=len(runs) + 1):
        say(f"full run {number} of {times}: workers {workers}, lanes {lanes}")
        runs.append(_run(workers, lanes))
        known = Agreement(tuple(runs), times)
        exceptions = sum(len(known.exceptions(run)) for run in runs)
        say(f"{runs[-1].wall:.0f} s; {exceptions} exceptions in all runs so far, {left.after(1)}")
        yield known


def settings(times: int) -> list[tuple[int, int]]:
    """Workers and lanes of so many runs: every pair once, then from the beginning."""
    return list(islice(cycle(product(_WORKERS, _LANES)), times))


def _run(workers: int, lanes: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch:
        options = ["--workers", str(workers), "--lanes", str(lanes), "--evidence", "none", "--out", scratch]
        cost = measure([sys.executable, "-m", "portal2fa", "run", *options], folder=ROOT, expected=VERDICTS)
        told = json.loads((Path(scratch) / "result.json").read_text("utf-8"))["result"]["scenarios"]
    outcomes = {one["id"]: (str(one["outcome"]), str(one["reason"])) for one in told}
    return Run(workers, lanes, cost.wall, cost.cpu, outcomes, clock.today())


def page(found: Agreement, measured: str) -> str:
    """The section of the page: a row for each run, and each exception with its reason."""
    head = ("run", "on", "workers", "lanes", "wall s", "CPU s", "scenarios", "outcomes", "exceptions")
    rows = [_row(number, run, found) for number, run in enumerate(found.runs, start=1)]
    return "\n".join([heading("agreement"), measured, _METHOD, table(head, rows), _told(found)])


def _row(number: int, run: Run, found: Agreement) -> tuple[str, ...]:
    counts = Counter(outcome for outcome, _ in run.outcomes.values())
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    numbers = (run.workers, run.lanes, round(run.wall), round(run.cpu), len(run.outcomes))
    return (str(number), run.on, *map(str, numbers), outcomes, str(len(found.exceptions(run))))


def _told(found: Agreement) -> str:
    done = f"{len(found.runs)} of {found.planned} runs are done."
    lines = [
        f"- Run {number}, `{name}`: {_outcome(run, name)} and not {found.usual[name]}: {_reason(run, name)}"
        for number, run in enumerate(found.runs, start=1)
        for name in found.exceptions(run)
    ]
    if not lines:
        return f"{done}\nThe goal is the same outcome of every scenario in all of them; they have it.\n"
    return "\n".join(
        [f"{done}\nThe goal is the same outcome of every scenario in all of them; **not so**:\n", *lines, ""]
    )


def _reason(run: Run, name: str) -> str:
    reason = run.outcomes.get(name, ("", ""))[1]
    return " ".join(reason.replace("`", "'").split())[:200] or "no reason"
