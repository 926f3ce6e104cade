"""Shards of a run, put together, are what one run finds; what failed runs again alone; rounds are kept apart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from portal2fa.profile_files import find_root

FILTER = ("--clause", "NAV-3", "--clause", "NAV-4", "--evidence", "all")


def portal2fa(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "portal2fa", *arguments]
    return subprocess.run(command, cwd=find_root(), capture_output=True, text=True, check=False)


def outcomes(folder: Path) -> list[tuple[str, str]]:
    document: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return [(row["id"], row["outcome"]) for row in document["result"]["scenarios"]]


def test_merged_shards_are_what_one_run_finds(tmp_path: Path) -> None:
    whole = portal2fa("run", *FILTER, "--out", str(tmp_path / "whole"))
    parts = [tmp_path / "one", tmp_path / "two"]
    for number, part in enumerate(parts, 1):
        done = portal2fa("run", *FILTER, "--shard", f"{number}/2", "--out", str(part))
        assert done.returncode == whole.returncode == 3, done.stderr  # a filter decides nothing
    merged = portal2fa(
        "report", "merge", str(parts[1] / "result.json"), str(parts[0]), "--out", str(tmp_path / "merged")
    )
    assert merged.returncode == 3, merged.stderr
    assert outcomes(tmp_path / "merged") == outcomes(tmp_path / "whole")
    assert len(outcomes(tmp_path / "whole")) == 3
    shown = json.loads((tmp_path / "merged" / "result.json").read_text(encoding="utf-8"))["result"]["scenarios"]
    pictures = [item["path"] for row in shown for item in row["evidence"] if item["path"]]
    assert pictures
    assert all((tmp_path / "merged" / path).is_file() for path in pictures)


def test_a_shard_that_is_missing_leaves_no_report(tmp_path: Path) -> None:
    part = tmp_path / "one"
    portal2fa("run", "--clause", "NAV-4", "--shard", "1/2", "--out", str(part))
    done = portal2fa("report", "merge", str(part), "--out", str(tmp_path / "merged"))
    assert done.returncode == 2
    assert "nothing is given of 2/2" in done.stderr
    assert not (tmp_path / "merged").exists()


def test_where_no_result_lies_nothing_can_run_again(tmp_path: Path) -> None:
    done = portal2fa("run", "--failed", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "There is no result" in done.stderr


def test_every_round_of_a_repeated_run_keeps_its_pictures(tmp_path: Path) -> None:
    done = portal2fa("run", "--clause", "NAV-5", "--evidence", "all", "--repeat", "2", "--out", str(tmp_path))
    assert [outcome for _, outcome in outcomes(tmp_path)] == ["passed"], done.stderr
    assert "[  2/2]" in done.stderr
    names = {path.name.partition("-")[0] for path in (tmp_path / "evidence").iterdir()}
    assert names == {"round1", "round2"}
