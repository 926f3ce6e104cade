"""Where the time of a full run goes, from one run of `bench.profiled` and its report."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.figures import ROOT, VERDICTS
from bench.left import Say
from bench.processes import Cost, measure

_SLOWEST = 10


@dataclass(frozen=True, slots=True)
class Profile:
    """One full run in one lane."""

    cost: Cost
    seconds: Mapping[str, float]
    """Wall by kind; together the run without the start of the interpreter."""
    calls: Mapping[str, int]
    slowest: tuple[tuple[str, str, float], ...]
    """Feature, scenario and seconds of those that took longest."""
    scenarios: int


def take(say: Say) -> Profile:
    """Run once and read what was written; raises `CannotMeasure`."""
    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch:
        report, file = Path(scratch) / "report", Path(scratch) / "seconds.json"
        command = [sys.executable, "-m", "bench.profiled", str(report), str(file)]
        cost = measure(command, folder=ROOT, expected=VERDICTS, say=say)
        told = json.loads(file.read_text("utf-8"))
        rows = json.loads((report / "result.json").read_text("utf-8"))["result"]["scenarios"]
    longest = sorted(rows, key=lambda row: -float(row["seconds"]))[:_SLOWEST]
    slowest = tuple((row["feature"], row["name"], float(row["seconds"])) for row in longest)
    return Profile(cost, told["seconds"], told["calls"], slowest, len(rows))
