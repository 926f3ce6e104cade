"""One whole run of the shipped command on a portal under test, beside what a person found there by hand.

`expected.toml` of a portal holds everything that a run must not report as passed, under its outcome, each scenario with
a part of the reason; under `[deviations]` the wordings that differ; and the `verdict`.

What rests on norms alone, and on no clause of the help text, is not in these tables: it stands in tables of its own,
`[norms.failed]` and so on.  Where a portal has no table `[norms]`, its scenarios of that kind are not compared, as
nobody has found out by hand yet what they have to come to; an empty one says that all of them pass.

`[lifetimes]` holds how long codes really live where that is not as documented, in seconds: the age at which a run has
to have seen one accepted at least, and the age at which it has to have seen one refused at most (`inf` for never).

`[failed_by_chance]`, or `[norms.failed_by_chance]`, holds what the product itself does only now and then, as in a race:
such a scenario may pass, and may fail for the reason that is known, and nothing else.
"""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal2fa.outcomes import ExitCode, Verdict
from portal2fa.profile_files import find_root

PORTALS = Path(__file__).parent / "portals"
NOT_PASSED = ("failed", "cantTell", "untested", "inapplicable")
_STATUS = {
    Verdict.CONFORMANT: ExitCode.CONFORMANT,
    Verdict.ACCEPTED: ExitCode.CONFORMANT,
    Verdict.NOT_CONFORMANT: ExitCode.NOT_CONFORMANT,
    Verdict.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}
_BOUNDS = re.compile(r"a code of ([\dhmins ]+) was accepted, (?:one of ([\dhmins ]+) refused|and no end was found)")
_UNITS = {"h": 3600, "min": 60, "s": 1}


def _seconds(span: str) -> int:
    """A duration in words, such as `4 min 53 s`, in seconds."""
    parts = span.split()
    return sum(int(number) * _UNITS[unit] for number, unit in zip(parts[::2], parts[1::2], strict=True))


def names() -> list[str]:
    """The folders of all portals of which it is written down what a run has to find."""
    return sorted(found.parent.name for found in PORTALS.glob("*/expected.toml"))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run found, and what it has to find."""

    found: dict[str, Any]
    expected: dict[str, Any]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """All scenarios of the run that prove clauses, and those of norms where the portal has tables for them."""
        rows: list[dict[str, Any]] = self.found["result"]["scenarios"]
        return [row for row in rows if row["clauses"] or "norms" in self.expected]

    def surprises(self, outcome: str) -> Iterator[str]:
        """Everything in which the run and the tables differ in one outcome, a line each."""
        rows = {row["id"]: row["reason"] for row in self.rows if row["outcome"] == outcome}
        norms: dict[str, dict[str, str]] = self.expected.get("norms", {})
        wanted: dict[str, str] = self.expected.get(outcome, {}) | norms.get(outcome, {})
        chance = f"{outcome}_by_chance"
        now_and_then: dict[str, str] = self.expected.get(chance, {}) | norms.get(chance, {})
        wanted |= {name: reason for name, reason in now_and_then.items() if name in rows}
        yield from (f"{outcome}, but not in the table: {name}: {rows[name]}" for name in rows if name not in wanted)
        yield from (f"in the table as {outcome}, but it was not: {name}" for name in wanted if name not in rows)
        for name in rows.keys() & wanted.keys():
            if wanted[name] not in rows[name]:
                yield f"{outcome} for another reason than {wanted[name]!r}: {name}: {rows[name]}"

    def wrong_lifetimes(self) -> Iterator[str]:
        """Everything in which the measured bounds of a code's life and the table differ, a line each."""
        wanted: dict[str, list[float]] = self.expected.get("lifetimes", {})
        measured = {row["id"]: found for row in self.rows if (found := _BOUNDS.search(row["reason"]))}
        yield from (f"measured, but not in the table: {name}: {measured[name][0]}" for name in measured.keys() - wanted)
        yield from (f"in the table, but not measured: {name}" for name in wanted.keys() - measured.keys())
        for name in wanted.keys() & measured.keys():
            (least, most), (accepted, refused) = wanted[name], measured[name].groups()
            if _seconds(accepted) < least or (_seconds(refused) if refused else math.inf) > most:
                yield f"not within {least} s and {most} s: {name}: {measured[name][0]}"

    @property
    def deviations(self) -> dict[str, set[str]]:
        """The portal's wordings that the run reported as other than documented, by control."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            for deviation in row["deviations"]:
                found.setdefault(deviation["control"], set()).add(deviation["seen"])
        return found

    @property
    def expected_deviations(self) -> dict[str, set[str]]:
        """Those that it has to report."""
        written: dict[str, str | list[str]] = self.expected["deviations"]
        return {name: {seen} if isinstance(seen, str) else set(seen) for name, seen in written.items()}


def profile_of(name: str) -> str:
    """The profile of the portal `name`: the file beside its table, or the shipped one of that name."""
    beside = PORTALS / name / "profile.toml"
    return str(beside) if beside.exists() else name


def judge(name: str, out: Path) -> Judged:
    """Run the whole specification on the portal `name` with the report in `out`; asserts the exit status."""
    expected = tomllib.loads((PORTALS / name / "expected.toml").read_text(encoding="utf-8"))
    return judge_by(profile_of(name), expected, out)


def judge_by(profile: Path | str, expected: dict[str, Any], out: Path, *arguments: str) -> Judged:
    """Run the specification, or what further `arguments` choose of it, by a profile; asserts the exit status."""
    command = [sys.executable, "-m", "portal2fa", "run", "--target", str(profile), "--out", str(out), *arguments]
    ended = subprocess.run(command, cwd=find_root(), capture_output=True, text=True, check=False)
    assert ended.returncode == _STATUS[Verdict(expected["verdict"])], f"{ended.stdout}\n{ended.stderr}"
    return Judged(json.loads((out / "result.json").read_text(encoding="utf-8")), expected)
