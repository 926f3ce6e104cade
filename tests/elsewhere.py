"""Browsers that run elsewhere: a Playwright server, and a Chromium with its debugging port open; both on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import playwright
import pytest

from portal2fa.browsers import HEADLESS_SHELLS, find_browser

DRIVER = Path(playwright.__file__).parent / "driver"


@contextlib.contextmanager
def told_address(command: list[str], says: str, environment: dict[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """A process that tells its address on one of its streams; it and its children end with the block."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        said = iter(process.stdout.readline, "")
        address = next((found[0] for line in said if (found := re.search(says, line))), "")
        assert address, "it ended without telling where it listens"
        yield address, process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@contextlib.contextmanager
def playwright_server(folder: Path) -> Iterator[tuple[str, int]]:
    """`playwright run-server`, which looks for its browser in a folder of its own only."""
    choice = find_browser()
    environment = {"PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS": "1"}
    if choice.executable_path is not None:
        browsers = json.loads((DRIVER / "package" / "browsers.json").read_text(encoding="utf-8"))["browsers"]
        revision = next(row["revision"] for row in browsers if row["name"] == "chromium-headless-shell")
        place = folder / f"chromium_headless_shell-{revision}"
        for inside in ("chrome-linux/headless_shell", "chrome-headless-shell-linux64/chrome-headless-shell"):
            (place / inside).parent.mkdir(parents=True, exist_ok=True)
            (place / inside).symlink_to(choice.executable_path)
        (place / "INSTALLATION_COMPLETE").touch()
        environment["PLAYWRIGHT_BROWSERS_PATH"] = str(folder)
    command = [str(DRIVER / "node"), str(DRIVER / "package" / "cli.js"), "run-server", "--host", "127.0.0.1"]
    with told_address(command, r"ws://\S+", environment) as started:
        yield started


@contextlib.contextmanager
def debugged_chromium(folder: Path) -> Iterator[str]:
    """A headless shell with its debugging port open."""
    found = find_browser()
    program = found.executable_path or next(filter(None, map(shutil.which, HEADLESS_SHELLS)), None)
    if program is None:
        pytest.skip("no headless shell has a path here that could be started by hand")
    command = [program, *found.args, "--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
    with told_address(command, r"ws://127\S+") as (address, _):
        yield address.replace("ws://", "http://").split("/devtools")[0]
