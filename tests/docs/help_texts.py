"""Copies what every command says on `--help` into docs/commands.md.

    python tests/docs/help_texts.py

The test beside it runs the same function and compares.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "commands.md"
_BLOCK = re.compile(r"^## (portal2fa(?: \w+)?)\n(.*?)^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def real_help(command: str) -> str:
    """What `command --help` prints on a terminal of 100 columns."""
    words = [sys.executable, "-m", "portal2fa", *command.split()[1:], "--help"]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        words, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8", timeout=60
    ).stdout


def written_help(text: str) -> dict[str, str]:
    """The help texts of a page, by command."""
    return {command: block for command, _, block in _BLOCK.findall(text)}


def with_real_help(text: str) -> str:
    """`text` with all help texts as they are now."""
    return _BLOCK.sub(lambda found: f"## {found[1]}\n{found[2]}```text\n{real_help(found[1])}```", text)


if __name__ == "__main__":
    PAGE.write_text(with_real_help(PAGE.read_text("utf-8")), "utf-8")
