"""`portal2fa run --workers --lanes`: several scenarios at once, the same result as one after the other, and Ctrl-C.

The portal is one that takes any code, so that there is something to report.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_files import find_root

ANY_CODE = """
import sys
from reference_server import __main__, email_codes

async def use(*_, **__):
    return True

email_codes.use = use
sys.exit(__main__.main(sys.argv[1:]))
"""
COMMAND = ["{python}", "-c", ANY_CODE, "--smtp", "{smtp}", "--test-control", "--cheap-passwords"]
SIZES = (("1", "1"), ("auto", "auto"), ("2", "2"))
"""Workers and lanes; by the rule for `auto` there are 4 lanes on two cores, and more workers on more."""
CLAUSES = ("EMAIL-7", "EMAIL-2", "TOTP-5", "NAV-10")


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Begin a run with its report in `folder`."""
    return subprocess.Popen(
        [sys.executable, "-m", "portal2fa", "run", *arguments, "--out", str(folder)],
        cwd=find_root(),
        env={**os.environ, "CI": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def document(folder: Path) -> dict[str, Any]:
    """The result of a run."""
    found: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return found


def without_the_moment(folder: Path) -> Any:
    """A result without times, the number of lanes, and what chance has chosen: a free port, and account names."""
    text = (folder / "result.json").read_text(encoding="utf-8")
    text = re.sub(r'"(seconds|started|finished|command)": ("[^"]*"|[0-9.]+)', r'"\1": null', text)
    text = re.sub(r"[0-9]+ \w+ [0-9]{4} at [0-9:]{5} UTC", "TIME", text)  # in mails
    text = re.sub(r"127\.0\.0\.1:[0-9]+", "127.0.0.1:PORT", text)
    return json.loads(re.sub(r"[0-9a-f]{12}@customers\.example", "SOMEBODY@customers.example", text))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The reports of runs of these sizes."""
    folder = tmp_path_factory.mktemp("lanes")
    own = folder / "own.toml"
    own.write_text(f'extends = "reference"\nname = "own"\ntitle = "Own"\n[start]\ncommand = {json.dumps(COMMAND)}\n')
    clauses = [argument for clause in CLAUSES for argument in ("--clause", clause)]

    def run(size: tuple[str, str]) -> Path:
        out = folder / f"with-{size[0]}-{size[1]}"
        asked = ("--workers", size[0], "--lanes", size[1])
        ran = start(out, "--target", str(own), "--evidence", "journey", *asked, *clauses)
        said = ran.communicate()
        assert ran.returncode == 1, said
        return out

    with ThreadPoolExecutor() as all_at_once:
        return list(all_at_once.map(run, SIZES))


def test_the_result_is_the_same_whatever_the_size(reports: list[Path]) -> None:
    one, auto, two_by_two = map(without_the_moment, reports)
    outcomes = {scenario["outcome"] for scenario in one["result"]["scenarios"]}
    assert {"passed", "failed"} <= outcomes
    assert auto == one
    assert two_by_two == one


def test_the_pictures_are_the_same_and_in_their_places(reports: list[Path]) -> None:
    one, auto, two_by_two = ({path.name for path in (folder / "evidence").iterdir()} for folder in reports)
    assert one == auto == two_by_two
    assert any(name.startswith("features-journey-14-") for name in one)
    kept = [item["path"] for row in document(reports[2])["result"]["scenarios"] for item in row["evidence"]]
    assert {path.removeprefix("evidence/") for path in kept if path} == two_by_two


@pytest.mark.parametrize("size", [("1", "3"), ("2", "2")], ids="x".join)
def test_after_an_interrupt_all_that_are_under_way_end_and_nothing_is_begun(
    tmp_path: Path, size: tuple[str, str]
) -> None:
    run = start(tmp_path, "--workers", size[0], "--lanes", size[1], "--tags", "@area.choosing-a-method")
    assert run.stderr is not None
    first = run.stderr.readline()
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate()[1]
    assert run.returncode == 130, first + said
    assert "Stopping after the scenarios that are under way" in said
    assert "Traceback" not in said
    outcomes = [scenario["outcome"] for scenario in document(tmp_path)["result"]["scenarios"]]
    assert set(outcomes) == {"passed", "untested"}
    assert outcomes.count("passed") >= 3, "so many had begun"


def test_a_second_interrupt_breaks_off_what_workers_have_under_way_and_the_report_is_written(tmp_path: Path) -> None:
    run = start(tmp_path, "--workers", "2", "--lanes", "2", "--tags", "@area.choosing-a-method")
    assert run.stderr is not None
    run.stderr.readline()
    os.killpg(run.pid, signal.SIGINT)
    assert any("Stopping after" in line for line in iter(run.stderr.readline, ""))
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate()[1]
    assert run.returncode == 130, said
    assert "Stopped at once" in said
    assert "Traceback" not in said
    result = document(tmp_path)["result"]
    assert {scenario["outcome"] for scenario in result["scenarios"]} <= {"passed", "cantTell", "untested"}
    assert result["not_restored"] == []


def test_a_worker_that_is_killed_changes_nothing_of_the_result(reports: list[Path], tmp_path: Path) -> None:
    own = reports[0].parent / "own.toml"
    clauses = [argument for clause in CLAUSES for argument in ("--clause", clause)]
    run = start(tmp_path, "--target", str(own), "--workers", "2", "--lanes", "2", *clauses)
    assert run.stderr is not None
    first = run.stderr.readline()
    os.kill(_worker_of(run.pid), signal.SIGKILL)
    said = run.communicate()[1]
    assert run.returncode == 1, first + said
    assert without_the_moment(tmp_path) == without_the_moment(reports[0])


def _worker_of(parent: int) -> int:
    """A worker process of a run."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if (
                f"PPid:\t{parent}\n" in status.read_text()
                and b"workers.child" in status.with_name("cmdline").read_bytes()
            ):
                return int(status.parent.name)
    pytest.skip("a process cannot be found by its parent here")


def test_fewer_lanes_than_were_asked_for_are_told_with_the_reason(tmp_path: Path) -> None:
    profile = tmp_path / "own.toml"
    profile.write_text('extends = "reference"\nname = "own"\ntitle = "Own"\n[clock]\nkind = "shim"\n')
    run = start(tmp_path / "out", "--target", str(profile), "--lanes", "3", "--clause", "HELP-1")
    said = run.communicate()[1]
    assert "--lanes: 1 at a time instead of 3: its clock" in said
