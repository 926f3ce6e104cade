"""A portal that is wrong, whose failure is accepted, and then mended: what the command says each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_run_end_to_end import OPTIONS, ROOT, SABOTAGED, Run, on_own_portal

WRONG = ("any-code", "--clause", "EMAIL-7")


def judged(folder: Path, sabotage: str, *arguments: str) -> Run:
    folder.mkdir()
    return on_own_portal(folder, ["{python}", "-c", SABOTAGED, sabotage, *OPTIONS], *arguments)


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baseline that the command makes of a run on the portal that takes any code."""
    folder = tmp_path_factory.mktemp("wrong")
    run = judged(folder / "first", *WRONG)
    assert run.process.returncode == 1, run.out + run.err
    file = folder / "accepted.toml"
    command = ["baseline", str(run.report), "--output", str(file), "--reason", "Kim knows", "--until", "2099-12-31"]
    subprocess.run([sys.executable, "-m", "portal2fa", *command], cwd=ROOT, check=True, capture_output=True)
    return file


def test_what_is_accepted_does_not_fail_the_next_run_and_is_no_pass(accepted: Path, tmp_path: Path) -> None:
    run = judged(tmp_path / "again", *WRONG, "--baseline", str(accepted))
    assert run.process.returncode == 3, "a part of the specification proves nothing, " + run.out + run.err
    assert "EMAIL-7, " in run.out
    assert "accepted until 2099-12-31: Kim knows" in run.out
    assert "failed" in run.outcomes()
    standings = {entry["standing"] for entry in run.document["result"]["baseline"]["entries"]}
    assert standings == {"accepted"}


def test_a_portal_that_was_mended_makes_its_baseline_stale(accepted: Path, tmp_path: Path) -> None:
    run = judged(
        tmp_path / "mended", "nothing", "--clause", "EMAIL-7", "--clause", "NAV-9", "--baseline", str(accepted)
    )
    assert run.outcomes() == {"passed"}, run.err
    assert run.process.returncode == 6, run.out + run.err
    assert "it was not found any more: remove the entry" in run.out


def test_an_entry_outside_the_selection_is_neither_stale_nor_counted(accepted: Path, tmp_path: Path) -> None:
    run = judged(tmp_path / "other", "nothing", "--clause", "NAV-5", "--baseline", str(accepted))
    assert run.process.returncode == 3, run.out + run.err
    assert "baseline" not in run.out
    assert "accepted" not in run.out
