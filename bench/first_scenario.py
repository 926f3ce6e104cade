"""When a run comes to its first scenario: `python -m bench.first_scenario` prints that reading of the stopwatch.

The run is `portal2fa run` as it is, of one short scenario, with a portal of its own; its report is thrown away.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import clock
from portal2fa import cli, runner

_SCENARIO = "@clause.PRE-2"


def main() -> None:
    """Run it, and note when the portal, the mail server, the browser and all steps were there."""
    noted: list[float] = []
    play = runner.SuiteRunner._play_all

    def playing(self: Any, at_once: int, most: int) -> None:
        noted.append(clock.stopwatch())
        play(self, at_once, most)

    runner.SuiteRunner._play_all = playing  # type: ignore[method-assign]
    with (
        tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as folder,
        contextlib.redirect_stdout(sys.stderr),
        contextlib.suppress(SystemExit),
    ):
        cli.main(["run", "--tags", _SCENARIO, "--out", str(Path(folder) / "report")])
    print(json.dumps({"first": noted[0]}))


if __name__ == "__main__":
    main()
