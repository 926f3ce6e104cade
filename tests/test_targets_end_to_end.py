"""Several targets in one run: a report each, one page beside them, and one that does not open keeps none from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.workers.installation import installation, of, small_suite

OTHER = 'extends = "reference"\nname = "{name}"\ntitle = "{name}"\n'


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "portal2fa", "run", *arguments],
        cwd=home,
        env={**os.environ, **of(home), "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_target_has_a_report_and_all_are_beside_each_other(tmp_path: Path) -> None:
    home = installation(tmp_path / "home", small_suite(tmp_path / "suite"))
    for name in ("second", "closed"):
        (home / f"{name}.toml").write_text(OTHER.format(name=name))
    out = tmp_path / "report"
    targets = ["--target", "reference", "--target", "closed.toml", "--target", "second.toml", "--target", "second.toml"]
    done = run(home, *targets, "--out", str(out))
    assert done.returncode == 3, done.stderr
    assert "It does not open." in done.stderr
    overview = json.loads((out / "overview.json").read_text(encoding="utf-8"))
    assert [(row["name"], row["exit_code"], bool(row["report"])) for row in overview["targets"]] == [
        ("reference", 3, True),
        ("closed", 3, False),
        ("second", 3, True),
        ("second-2", 3, True),
    ]
    assert "closed: not run: It does not open." in done.stdout
    for row in overview["targets"]:
        assert (out / row["name"] / "result.json").is_file() is bool(row["report"])
    assert run(home, *targets[:4], "--out", str(out)).returncode == 3  # over what lies there
    assert "result.json" in run(home, "--out", str(out)).stderr  # a single report would hide the page of several


def test_a_baseline_is_of_one_target(tmp_path: Path) -> None:
    home = installation(tmp_path / "home", small_suite(tmp_path / "suite"))
    done = run(home, "--target", "reference", "--target", "documented", "--baseline", "b.toml")
    assert done.returncode == 2
    assert "--baseline cannot be had with several --target." in done.stderr
