"""Traces of whole runs: of portals that are wrong, in lanes, in workers, and in browsers that run elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from portal2fa.profile_files import find_root
from portal2fa.reports.result_json import schema
from tests.elsewhere import debugged_chromium, playwright_server

# The reference portal, which takes any mailed code; or any but every other time.
WRONG = """
import itertools, sys
from reference_server import __main__, email_codes
turns = itertools.cycle([True] if sys.argv[1] == "always" else [True, False])
right = email_codes.use
async def use(*given, **more):
    return await right(*given, **more) or next(turns)
email_codes.use = use
sys.exit(__main__.main(sys.argv[2:]))
"""
SCENARIO = "In the set-up a code that was not mailed is refused and the right one then accepted"


def _run(folder: Path, *arguments: str, wrong: str = "always") -> dict[str, Any]:
    command = ["{python}", "-c", WRONG, wrong, "--smtp", "{smtp}", "--test-control", "--cheap-passwords"]
    (folder / "own.toml").write_text(
        f'extends = "reference"\nname = "own"\ntitle = "Own"\n[start]\ncommand = {json.dumps(command)}\n'
    )
    asked = ("--target", str(folder / "own.toml"), "--out", str(folder / "report"), "--evidence", "none")
    ran = subprocess.run(
        [sys.executable, "-m", "portal2fa", "run", *asked, *arguments],
        cwd=find_root(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    document: dict[str, Any] = json.loads((folder / "report" / "result.json").read_text(encoding="utf-8"))
    return document


def _traces(document: dict[str, Any]) -> dict[str, list[str]]:
    """The traces of each scenario that has some."""
    rows = document["result"]["scenarios"]
    found = {row["name"]: [item["path"] for item in row["evidence"] if item["kind"] == "trace"] for row in rows}
    return {name: paths for name, paths in found.items() if paths}


def _events(path: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read("trace.trace").splitlines()]


@pytest.mark.parametrize("size", [("1", "3"), ("2", "1")], ids="x".join)
def test_what_fails_has_a_trace_with_the_sentences_in_it(tmp_path: Path, size: tuple[str, str]) -> None:
    clauses = ("--clause", "EMAIL-7", "--clause", "NAV-4")
    document = _run(tmp_path, *clauses, "--trace", "failures", "--workers", size[0], "--lanes", size[1])
    Draft202012Validator(schema()).validate(document)
    failed = {row["name"] for row in document["result"]["scenarios"] if row["outcome"] == "failed"}
    traces = _traces(document)
    assert SCENARIO in failed
    assert set(traces) == failed
    report = tmp_path / "report"
    kept = {f"evidence/{path.name}" for path in (report / "evidence").iterdir()}
    assert kept == {path for paths in traces.values() for path in paths}
    events = _events(report / traces[SCENARIO][0])
    titles = [event["title"] for event in events if event["type"] == "before" and "title" in event]
    assert "Then the portal refuses the code" in titles
    page = (report / "index.html").read_text(encoding="utf-8")
    assert f"playwright show-trace {traces[SCENARIO][0]}" in page


def test_a_scenario_that_disagrees_with_itself_is_told_and_stays_failed(tmp_path: Path) -> None:
    document = _run(tmp_path, "--clause", "EMAIL-7", "--trace", "failures", "--lanes", "1", "--workers", "1", wrong="")
    [row] = [row for row in document["result"]["scenarios"] if row["name"] == SCENARIO]
    assert row["outcome"] == "failed"
    texts = [item["text"] for item in row["evidence"] if item["kind"] == "text"]
    assert any("it came to failed, and to passed when it was run for its trace" in text for text in texts), texts
    assert "disagrees with itself" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


Elsewhere = Callable[[Path], AbstractContextManager[Any]]


@pytest.mark.parametrize(
    ("option", "running"),
    [("--browser-endpoint", playwright_server), ("--cdp", debugged_chromium)],
    ids=["playwright", "cdp"],
)
def test_a_browser_that_runs_elsewhere_is_traced(tmp_path: Path, option: str, running: Elsewhere) -> None:
    with running(tmp_path / "browser") as found:
        address = found if isinstance(found, str) else found[0]
        document = _run(
            tmp_path, "--clause", "EMAIL-7", "--trace", "all", "--lanes", "1", "--workers", "1", option, address
        )
    assert set(_traces(document)) == {row["name"] for row in document["result"]["scenarios"]}
    events = _events(tmp_path / "report" / _traces(document)[SCENARIO][0])
    assert any(event["type"] == "frame-snapshot" for event in events)
