"""The whole process tree is accounted for, and ended where it does not end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench.pretended import ROOT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc")
def test_seconds_of_an_orphan_are_counted() -> None:
    """In a process of its own, because measuring waits for every child."""
    burn = "import os, time\nif os.fork() == 0:\n while time.process_time() < 0.5: pass\n"
    script = f"""
import sys
from pathlib import Path
from bench.processes import measure
print(measure([sys.executable, "-c", {burn!r}], folder=Path.cwd()).cpu)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) >= 0.49


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc")
def test_a_command_that_does_not_end_is_ended_with_all_that_it_started() -> None:
    """In a process of its own, because measuring waits for every child."""
    script = """
import os, sys
from pathlib import Path
from bench.processes import CannotMeasure, measure
try:
    measure([sys.executable, "-c", "import os, signal; os.fork(); signal.pause()"], folder=Path.cwd(), limit=0.5)
except CannotMeasure as error:
    print(error)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none is left")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "did not end within 0 s.\nnone is left\n" in done.stdout
