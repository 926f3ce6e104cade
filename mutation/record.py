"""What was found so far, kept beside the caches, so that a run which was ended goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mutation.judges import Finding, Judge, Outcome
from mutation.mutants import Name

RIGHT = Name("", "", "", "")
"""Stands for the portal without a mutant."""


@dataclass(frozen=True, slots=True)
class Record:
    """A file of one finding a line, each with the state of the project on which it rests."""

    path: Path

    def known(self, root: Path, judge: Judge) -> dict[Name, Finding]:
        """Return the findings that still hold: nothing on which they rest has changed."""
        found = {}
        for line in self._lines():
            finding = Finding(Outcome(line["outcome"]), line["by"])
            if line["rests_on"] == resting(root, judge, finding):
                found[Name(**line["name"])] = finding
        return found

    def add(self, root: Path, judge: Judge, name: Name, finding: Finding) -> None:
        """Keep one finding."""
        line = {"name": asdict(name), "outcome": finding.outcome.value, "by": finding.by}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**line, "rests_on": resting(root, judge, finding)}) + "\n")

    def _lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()] if self.path.exists() else []


def resting(root: Path, judge: Judge, finding: Finding) -> str:
    """A digest of what a finding rests on: for a test that killed, the server, that test's file and what it leans on.

    So a test that is added asks the survivors alone once more.
    """
    paths: Sequence[str] = judge.rests_on
    if finding.outcome is Outcome.KILLED and ".py::" in finding.by:
        file = finding.by.partition("::")[0]
        paths = [judge.rests_on[0], file, (Path(file).parent / "conftest.py").as_posix()]
    digest = hashlib.sha256()
    for path in sorted(one for name in paths for one in _files(root / name)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts]
