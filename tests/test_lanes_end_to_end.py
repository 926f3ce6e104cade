"""`portal2fa run --lanes`: several scenarios at once, the same result as one after the other, and Ctrl-C.

The portal is one that takes any code, so that there is something to report.
"""

from __future__ import annotations

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
    """The reports of a run with one lane and of one with four."""
    folder = tmp_path_factory.mktemp("lanes")
    own = folder / "own.toml"
    own.write_text(f'extends = "reference"\nname = "own"\ntitle = "Own"\n[start]\ncommand = {json.dumps(COMMAND)}\n')
    clauses = [argument for clause in CLAUSES for argument in ("--clause", clause)]

    def run(lanes: int) -> Path:
        out = folder / f"with-{lanes}"
        ran = start(out, "--target", str(own), "--pictures", "journey", "--lanes", str(lanes), *clauses)
        said = ran.communicate()
        assert ran.returncode == 1, said
        return out

    with ThreadPoolExecutor() as both:
        return list(both.map(run, (1, 4)))


def test_the_result_is_the_same_with_one_lane_and_with_four(reports: list[Path]) -> None:
    one, four = map(without_the_moment, reports)
    outcomes = {scenario["outcome"] for scenario in one["result"]["scenarios"]}
    assert {"passed", "failed"} <= outcomes
    assert four == one


def test_the_pictures_are_the_same_and_in_their_places(reports: list[Path]) -> None:
    one, four = ({path.name for path in (folder / "evidence").iterdir()} for folder in reports)
    assert one == four
    assert any(name.startswith("features-journey-14-") for name in one)
    kept = [item["path"] for row in document(reports[1])["result"]["scenarios"] for item in row["evidence"]]
    assert {path.removeprefix("evidence/") for path in kept if path} == four


def test_after_an_interrupt_all_that_are_under_way_end_and_nothing_is_begun(tmp_path: Path) -> None:
    run = start(tmp_path, "--lanes", "3", "--tags", "@area.choosing-a-method")
    assert run.stderr is not None
    first = run.stderr.readline()
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate()[1]
    assert run.returncode == 130, first + said
    assert "Stopping after the scenarios that are under way" in said
    assert "Traceback" not in said
    outcomes = [scenario["outcome"] for scenario in document(tmp_path)["result"]["scenarios"]]
    assert set(outcomes) == {"passed", "untested"}
    assert "untested" not in outcomes[:3], "they had all begun"


def test_fewer_lanes_than_were_asked_for_are_told_with_the_reason(tmp_path: Path) -> None:
    profile = tmp_path / "own.toml"
    profile.write_text('extends = "reference"\nname = "own"\ntitle = "Own"\n[clock]\nkind = "shim"\n')
    run = start(tmp_path / "out", "--target", str(profile), "--lanes", "3", "--clause", "HELP-1")
    said = run.communicate()[1]
    assert "--lanes: 1 at a time instead of 3: its clock" in said
