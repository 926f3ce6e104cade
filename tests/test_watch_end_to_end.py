"""`portal2fa run --watch` on a small suite: edits are run as they are saved, and Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.workers.installation import installation, of, small_suite
from tests.workers.suite import STEPS

WAITING = "Waiting for a change"


def test_a_saved_file_is_run_with_what_failed_first_and_new_steps_count(tmp_path: Path) -> None:
    home = installation(tmp_path / "home", small_suite(tmp_path / "suite"))
    feature = home / "features" / "a.feature"
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "portal2fa", "run", "--watch", "--out", str(tmp_path / "report")],
        cwd=home,
        env={**os.environ, **of(home), "CI": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None

        def round_of() -> tuple[list[tuple[str, str]], str]:
            """Outcomes and names up to the next pause, and what is told there."""
            found: list[tuple[str, str]] = []
            for line in iter(running.stderr.readline, ""):  # type: ignore[union-attr]
                if WAITING in line:
                    return found, line.partition(".")[0]
                if line.startswith("["):
                    found.append((line.split()[-3], line.split()[-1]))
            raise AssertionError(f"it ended after {found}")

        assert sorted(round_of()[0]) == [("failed", "Two"), ("passed", "One"), ("passed", "Three")]

        feature.write_text(feature.read_text().replace("Then something is wrong", "Then all is well"))
        assert round_of() == ([("passed", "Two"), ("passed", "One"), ("passed", "Three")], "0 open")

        well = '"all is well")\ndef well(context):\n    '
        broken = STEPS.replace(f"{well}pass", f"{well}wrong(context)")
        assert broken != STEPS
        (home / "steps" / "a_steps.py").write_text(broken)
        found, told = round_of()
        assert {outcome for outcome, _ in found} == {"failed"}
        assert told == "3 open"

        feature.write_text("Feature:\n  Scenario Outline: broken\n    Examples:\n      text")
        assert round_of() == ([], "3 open")

        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert running.wait(120) == 3, rest
        assert "Traceback" not in rest
