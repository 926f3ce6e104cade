"""A run in a browser that was started elsewhere: by a Playwright server, or with its debugging port open."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_files import find_root
from tests.child import child
from tests.elsewhere import debugged_chromium, playwright_server

SCENARIO = ("--clause", "NAV-10")


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal2fa", "run", "--out", str(folder), *SCENARIO, *arguments],
        cwd=find_root(),
        env={**os.environ, "CI": "true"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def _document(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))["result"]
    return found


def test_a_playwright_server_brings_the_browser(tmp_path: Path) -> None:
    with playwright_server(tmp_path / "browsers") as (address, _):
        ran = _run(tmp_path / "report", "--browser-endpoint", f"{address}?token=nobody-may-read-this")
    assert "NAV-10" in ran.stdout, ran.stderr
    document = _document(tmp_path / "report")
    assert {row["outcome"] for row in document["scenarios"]} == {"passed"}
    assert " at ws://127.0.0.1" in json.dumps(document)
    assert "nobody-may-read-this" not in json.dumps(document) + ran.stdout + ran.stderr


def test_a_chromium_with_its_debugging_port_open_is_used(tmp_path: Path) -> None:
    with debugged_chromium(tmp_path / "user") as address:
        ran = _run(tmp_path / "report", "--cdp", address)
    assert "NAV-10" in ran.stdout, ran.stderr
    assert {row["outcome"] for row in _document(tmp_path / "report")["scenarios"]} == {"passed"}


@pytest.mark.parametrize(
    ("option", "address", "hint"),
    [("--browser-endpoint", "ws://127.0.0.1:9/", "run-server"), ("--cdp", "http://127.0.0.1:9", "debugging-port")],
)
def test_nobody_at_the_address_is_told(tmp_path: Path, option: str, address: str, hint: str) -> None:
    ran = _run(tmp_path / "report", option, address)
    assert ran.returncode == 3
    assert f"The browser at {address} cannot be reached." in ran.stderr
    assert hint in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_server_that_drops_out_in_the_middle_leaves_open_what_was_not_seen(tmp_path: Path) -> None:
    with playwright_server(tmp_path / "browsers") as (address, server):
        report = tmp_path / "report"
        command = [sys.executable, "-m", "portal2fa", "run", "--out", str(report), "--browser-endpoint", address]
        with child(
            [*command, *SCENARIO, "--clause", "NAV-7"],
            cwd=find_root(),
            env={**os.environ, "CI": "true"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running:
            assert running.stderr is not None
            told = next(line for line in iter(running.stderr.readline, "") if "passed" in line)
            os.killpg(server, signal.SIGKILL)
            out, err = running.communicate(timeout=300)
    assert running.returncode == 3, (told, out, err)
    scenarios = _document(report)["scenarios"]
    assert {row["outcome"] for row in scenarios} == {"passed", "cantTell"}
    unseen = [row["reason"] for row in scenarios if row["outcome"] == "cantTell"]
    assert all("The browser ended" in why or f"The browser at {address} cannot be reached" in why for why in unseen)
    assert "Traceback" not in err
