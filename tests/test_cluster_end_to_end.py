"""`portal2fa run --cluster` on the reference portal: with a node killed in the middle, the result of one worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from portal2fa.profile_files import find_root
from tests.child import child
from tests.workers.dask_cluster import node, scheduler
from tests.workers.installation import installation

ENVIRONMENT = {**os.environ, "CI": "true"}
SOME = ("--clause", "NAV-3", "--clause", "NAV-4", "--clause", "NAV-5")


def command(out: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "portal2fa", "run", *SOME, "--out", str(out), *arguments]


def outcomes(out: Path) -> list[tuple[str, str]]:
    document = json.loads((out / "result.json").read_text(encoding="utf-8"))
    return [(row["id"], row["outcome"]) for row in document["result"]["scenarios"]]


def test_a_node_that_is_killed_changes_nothing_in_the_result(tmp_path: Path) -> None:
    one = subprocess.run(
        command(tmp_path / "one"), cwd=find_root(), env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    places = [installation(tmp_path / name) for name in ("a", "b")]
    with scheduler() as at, node(at, places[0]) as first, node(at, places[1]):
        cluster = command(tmp_path / "several", "--cluster", at.address, "--lanes", "1")
        with child(cluster, cwd=find_root(), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
            assert run.stderr is not None
            told = [next(line for line in run.stderr if line.startswith("["))]
            first.kill()
            told += [*run.stderr]
    assert run.returncode == one.returncode == 3, told  # a filter decides nothing
    assert outcomes(tmp_path / "several") == outcomes(tmp_path / "one")
    assert {outcome for _, outcome in outcomes(tmp_path / "one")} == {"passed"}
