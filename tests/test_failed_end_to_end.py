"""`--failed` after a whole run on a portal that fails: what failed runs again, alone, until the portal is mended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.workers.installation import installation, of, small_suite
from tests.workers.suite import PLAIN, STEPS

TAGGED = PLAIN.replace("Scenario: Two", "@clause.NAV-3 @must\n  Scenario: Two")


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "portal2fa", "run", *arguments],
        cwd=home,
        env={**os.environ, **of(home), "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def found(home: Path) -> dict[str, str]:
    document = json.loads((home / "portal2fa-report" / "result.json").read_text(encoding="utf-8"))
    return {row["name"]: row["outcome"] for row in document["result"]["scenarios"]}


def test_what_failed_runs_again_alone_until_it_passes(tmp_path: Path) -> None:
    home = installation(tmp_path / "home", small_suite(tmp_path / "suite", TAGGED))
    whole = run(home)
    assert whole.returncode == 1, whole.stderr
    assert found(home) == {"One": "passed", "Two": "failed", "Three": "passed"}

    again = run(home, "--failed")
    assert again.returncode == 1, again.stderr
    assert found(home) == {"Two": "failed"}
    assert "selection: what failed in the run of " in again.stdout

    (home / "steps" / "a_steps.py").write_text(STEPS.replace("expect(False,", "expect(True,"))
    mended = run(home, "--failed", "--repeat", "2")
    assert mended.returncode == 3, mended.stderr  # a selection cannot prove the whole
    assert found(home) == {"Two": "passed"}
    assert "[  2/2]" in mended.stderr

    nothing = run(home, "--failed")
    assert nothing.returncode == 2
    assert "Nothing failed in the last result." in nothing.stderr
    assert found(home) == {"Two": "passed"}
