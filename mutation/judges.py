"""Who looks at a mutant: our tests of the server, or the features alone.

Both look twice before they call a mutant killed for a reason that a slow machine may have as well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Protocol

from mutation.looking import Look, Warm, look
from mutation.scratch import CannotJudge, environment


class Outcome(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    HUNG = "hung"
    """Twice out of time: what it breaks is noticed, but by nobody's words."""
    INCONCLUSIVE = "inconclusive"
    """The features could not tell, also when asked again: no portal that is called conformant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome, and the test or the scenario that it is owed to."""

    outcome: Outcome
    by: str = ""


class Judge(Protocol):
    """Somebody who looks at a copy of the project."""

    @property
    def name(self) -> str:
        """What its findings are filed under."""

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Folders and files of the project that a finding rests on, the server first."""

    def find(self, folder: Path, given: Mapping[str, str], module: str = "") -> Finding:
        """Judge the copy in `folder`, in which `module` is a mutant; without one it is the right portal."""

    def close(self) -> None:
        """End what was kept for the next mutant."""


TESTS = "tests/reference_server"
LEFT_OUT = ("faults", "variations")
"""Tests of portals that are wrong on purpose, and of other right ones: they start from a right portal, and are long."""
NEAREST: Mapping[str, tuple[str, ...]] = {
    "totp": ("totp", "enrolment"),
    "backup_codes": ("backup_codes",),
    "email_codes": ("mail", "side_by_side", "sign_in", "enrolment"),
    "attempts": ("side_by_side", "lockout"),
    "two_factor": ("sign_in", "backup_codes", "enrolment"),
    "enrolment": ("enrolment",),
    "reveal": ("backup_codes", "side_by_side"),
    "accounts": ("side_by_side", "control", "sign_in"),
    "sessions": ("side_by_side", "sessions", "backup_codes", "enrolment"),
    "links": ("resets", "addresses"),
    "resets": ("resets",),
}
"""The tests that are asked first about a module; all others follow, and those that start servers come last."""


@dataclass(frozen=True, slots=True)
class Tests:
    """Our tests of the server, up to the first that fails."""

    seconds: float
    folder: str = TESTS
    name: str = "tests"
    rests_on: tuple[str, ...] = ("reference_server", TESTS)

    starts: tuple[str, ...] = ("reference_server.__main__", "httpx")
    """What the tests stand on, imported once for all mutants."""
    _warm: dict[Path, Warm] = field(default_factory=dict)

    def find(self, folder: Path, given: Mapping[str, str], module: str = "") -> Finding:
        """Look once, and where the time was up once more with three times as much."""
        if folder not in self._warm:
            self._warm[folder] = Warm(folder, environment(given, folder), self.starts)
        for seconds in (self.seconds, 3 * self.seconds):
            seen = self._warm[folder].look(self.arguments(folder, module), seconds=seconds)
            if seen.status is not None:
                return _by_tests(seen)
        return Finding(Outcome.HUNG)

    def close(self) -> None:
        """End the processes that ran the tests."""
        while self._warm:
            self._warm.popitem()[1].close()

    def arguments(self, folder: Path, module: str) -> list[str]:
        """The call of pytest that asks the nearest tests first."""
        first = [f"{self.folder}/test_{name}.py" for name in NEAREST.get(Path(module).stem, ())]
        rest = sorted(path.relative_to(folder).as_posix() for path in (folder / self.folder).glob("test_*.py"))
        rest.sort(key=lambda path: path.endswith("_serving.py"))
        files = list(dict.fromkeys([*(path for path in first if path in rest), *rest]))
        early = ["-W", "ignore:Module already imported so cannot be rewritten"]  # as a plugin was, by what is warm
        options = [*early, "-x", "-q", "-n0", "--tb=no", "-rfE", "-p", "no:cacheprovider"]
        return [*options, *files]


def _by_tests(seen: Look) -> Finding:
    if seen.status == 0:
        return Finding(Outcome.SURVIVED)
    if seen.status in (1, 2, 4):  # a test failed, or the mutant cannot even be imported
        found = [match[1] for line in seen.said if (match := re.match(r"(?:FAILED|ERROR) (\S+)", line))]
        return Finding(Outcome.KILLED, found[0] if found else "")
    raise CannotJudge(f"pytest could not be run, and ended with {seen.status}:\n" + "\n".join(seen.said[-20:]))


@dataclass(frozen=True, slots=True)
class Features:
    """The features alone, up to the first scenario that fails."""

    seconds: float
    lanes: int = 2
    name: str = "features"
    rests_on: tuple[str, ...] = ("reference_server", "features", "steps", "fixtures", "portal2fa", "environment.py")

    def find(self, folder: Path, given: Mapping[str, str], module: str = "") -> Finding:
        """Look up to the first failure, then at that scenario by itself; where both differ, at everything again."""
        first = self._run(folder, given, ["--lanes", str(self.lanes)])
        if first.status == 0:
            return Finding(Outcome.SURVIVED)
        if first.status is not None and _scenarios(first.said, "failed"):
            again = _by_features(self._run(folder, given, ["--lanes", "1", "--failed"]))
            if again.outcome is Outcome.KILLED:
                return again
        return _by_features(self._run(folder, given, ["--lanes", "1"], times=3))

    def close(self) -> None:
        """Nothing is kept."""

    def _run(self, folder: Path, given: Mapping[str, str], options: Sequence[str], times: int = 1) -> Look:
        command = [sys.executable, "-m", "portal2fa", "run", "--evidence", "none", "--workers", "1", *options]
        return look(command, folder, environment(given, folder), seconds=times * self.seconds, enough=_enough)


_LOST = 5
"""After this many scenarios that could not tell, those that follow will hardly tell more."""


def _enough(said: Sequence[str]) -> bool:
    return bool(_scenarios(said[-1:], "failed")) or len(_scenarios(said, "cantTell")) >= _LOST


def _by_features(seen: Look) -> Finding:
    if seen.status is None:
        return Finding(Outcome.HUNG)
    if failed := _scenarios(seen.said, "failed"):
        return Finding(Outcome.KILLED, failed[0])
    if seen.status == 0:
        return Finding(Outcome.SURVIVED)
    return Finding(Outcome.INCONCLUSIVE, next(iter([*_scenarios(seen.said, "cantTell"), *seen.said[-1:]]), ""))


def _scenarios(said: Sequence[str], word: str) -> list[str]:
    """The scenarios whose lines of progress have this word."""
    lines = (re.match(rf"\[ *\d+/\d+\] \S {word} +(\S.*)$", line) for line in said)
    return [line[1] for line in lines if line]
