"""Has broken profiles played in a process of its own: behave keeps what it knows of steps for the whole process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.broken_runs.cases import ROOT, Case

_AT_ONCE = 2
"""So many processes play, each with a portal and a browser."""


def played(asked: Iterable[tuple[Case, Iterable[str]]], base: str = "reference") -> list[dict[str, Any]]:
    """What came of every scenario with every broken profile; `base` is the profile that is broken."""
    told = [
        {"name": case.name, "entry": case.entry, "says": case.says, "scenarios": list(chosen), "base": base}
        for case, chosen in asked
    ]
    shares = [share for first in range(_AT_ONCE) if (share := told[first::_AT_ONCE])] or [[]]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(_played, shares))
    return [found[number % _AT_ONCE][number // _AT_ONCE] for number in range(len(told) or 1)]


def _played(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.broken_runs.play"],
        cwd=ROOT,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
