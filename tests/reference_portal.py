"""The reference portal as a person starts it by hand, for tests that need one which their run did not start."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@contextmanager
def server(
    *options: str, program: tuple[str, ...] = ("-m", "reference_server")
) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A running portal, or another `program` that takes its options, and its ready line; ended with its input."""
    command = [sys.executable, *program, "--cheap-passwords", *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()  # a server that outlives its parent fails the test, but does not stop it
                raise
