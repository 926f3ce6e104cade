"""`portal2fa run` at a portal whose time nobody can move: it really waits, and says until when.

The ten minutes of a mailed code stand in the features, so no policy of a portal makes that wait shorter.  The pause
after a wrong code, which a profile may set, is waited for by the same clock.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from portal2fa.profile_files import find_root

SECONDS = 11
"""Waits of less than ten are not worth a line."""
PROFILE = f"""
extends = "reference"
name = "waits"
title = "Waits"

[clock]
kind = "wait"

[wrong_code]
seconds = {SECONDS}
"""
DAY = 24 * 3600


def test_a_wait_says_until_when_and_lasts_until_then(tmp_path: Path) -> None:
    profile = tmp_path / "waits.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    chosen = ("--clause", "EMAIL-7", "--evidence", "none", "--workers", "1")
    done = subprocess.run(
        [sys.executable, "-m", "portal2fa", "run", "--target", str(profile), *chosen, "--out", str(tmp_path / "out")],
        cwd=find_root(),
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["result"]
    outcomes = [row["outcome"] for row in result["scenarios"] if "the right one then accepted" in row["name"]]
    assert outcomes == ["passed", "passed"], done.stderr
    said = re.findall(rf"^waiting until (\d\d):(\d\d):(\d\d) \({SECONDS} s\) for \S+$", done.stderr, re.MULTILINE)
    assert len(said) == 2, done.stderr
    started, finished = (datetime.fromisoformat(result[moment]) for moment in ("started", "finished"))
    for hours, minutes, seconds in said:
        until = (3600 * int(hours) + 60 * int(minutes) + int(seconds) - _of_day(started)) % DAY
        assert SECONDS - 1 <= until <= (finished - started).total_seconds()


def _of_day(moment: datetime) -> int:
    return 3600 * moment.hour + 60 * moment.minute + moment.second
