"""`portal2fa run --watch` on a small suite: edits are run as they are saved, and Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.child import child
from tests.workers.installation import installation, of, small_suite
from tests.workers.suite import STEPS

WAITING = "Waiting for a change"


def save(file: Path, text: str) -> None:
    """As editors do: the old text stays until the new one is complete, so that no half of it is ever run."""
    beside = file.with_name(f"{file.name}~")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def test_a_saved_file_is_run_with_what_failed_first_and_new_steps_count(tmp_path: Path) -> None:
    home = installation(tmp_path / "home", small_suite(tmp_path / "suite"))
    feature = home / "features" / "a.feature"
    with child(
        [sys.executable, "-P", "-m", "portal2fa", "run", "--watch", "--out", str(tmp_path / "report")],
        cwd=home,
        env={**os.environ, **of(home), "CI": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
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

        save(feature, feature.read_text().replace("Then something is wrong", "Then all is well"))
        [first, *rest], told = round_of()
        assert first == ("passed", "Two")
        assert sorted(rest) == [("passed", "One"), ("passed", "Three")]  # which of them takes longer is not known
        assert told == "0 open"

        well = '"all is well")\ndef well(context):\n    '
        broken = STEPS.replace(f"{well}pass", f"{well}wrong(context)")
        assert broken != STEPS
        save(home / "steps" / "a_steps.py", broken)
        found, told = round_of()
        assert {outcome for outcome, _ in found} == {"failed"}
        assert told == "3 open"

        save(feature, "Feature:\n  Scenario Outline: broken\n    Examples:\n      text")
        assert round_of() == ([], "3 open")

        running.send_signal(signal.SIGINT)
        left = running.stderr.read()
        assert running.wait(120) == 3, left
        assert "Traceback" not in left
