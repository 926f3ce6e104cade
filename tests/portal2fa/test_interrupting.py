"""Ctrl-C in the middle of a run: the scenario ends, the report is written, nothing is left running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from portal2fa.profile_files import find_root

SCENARIOS = ("--tags", "@area.choosing-a-method")


def _start(out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "portal2fa", "run", *("--lanes", "1"), "--out", str(out), *SCENARIOS],
        cwd=find_root(),
        env={**os.environ, "CI": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_interrupt_as_a_terminal_sends_it_ends_the_run_with_a_report(tmp_path: Path) -> None:
    """The signal goes to the whole process group, so to the browser's driver as well."""
    run = _start(tmp_path)
    assert run.stderr is not None
    for line in run.stderr:
        if line.startswith("[  2/"):
            os.killpg(run.pid, signal.SIGINT)
            break
    said = run.communicate(timeout=60)[1]
    assert run.returncode == 130
    assert "Stopping after this scenario" in said
    assert "ABORTED" not in said
    assert "Traceback" not in said
    document = json.loads((tmp_path / "result.json").read_text())
    assert document["verdict"] == "inconclusive"
    outcomes = [scenario["outcome"] for scenario in document["result"]["scenarios"]]
    assert outcomes[:2] == ["passed", "passed"]
    assert outcomes[-1] == "untested"
    assert "cantTell" not in outcomes
