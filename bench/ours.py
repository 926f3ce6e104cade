"""The same journey by portal2fa's own runner: `python -m bench.ours 16` runs the scenario sixteen times.

`python -m bench.ours 16 4` does so in four lanes, `python -m bench.ours 16 2 3` in two lanes of each of three workers.

The scenario is taken from `features/journey.feature` as it stands, and repeated by a table of examples in a folder
that borrows everything else of the suite.  Pictures are off: the yardstick takes none either.
"""

from __future__ import annotations

import json
import sys
import tempfile
from functools import partial
from pathlib import Path

from portal2fa import runner
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.outcomes import Outcome, ScenarioResult
from portal2fa.profile_files import find_root, load_target
from portal2fa.selection import select
from portal2fa.session import Session
from portal2fa.witnesses import is_open
from portal2fa.workers import crew

_BORROWED = ("steps", "fixtures", "reference_server", "environment.py", "features/clauses.toml")


def main(times: int, lanes: int = 1, workers: int = 1) -> int:
    """Run the scenario `times` times; 0 when all came to their end, the browser as JSON on stdout.

    One worker is this process itself, as in `portal2fa run`.
    """
    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch:
        root = Path(scratch).resolve()
        borrow(find_root(), root)
        (root / "features" / "bench.feature").write_text(repeated(journey(find_root()), times), "utf-8")
        session = Session(
            target=load_target("reference", find_root()),
            root=root,
            register=load_register(root / "features" / "clauses.toml"),
            browser=find_browser(),
            recorder=Recorder(root / "report"),
            evidence="none",
            at_once=lanes,
        )
        chosen = select(read_scenarios(root / "features"))
        run = runner.run if workers == 1 else partial(crew.run, workers=workers)
        result = run(session, chosen, command="bench", progress=lambda scenario: None)
    wrong = [row.reason or row.outcome.value for row in result.scenarios if not came_to_its_end(row)]
    print(json.dumps({"browser": result.browser, "scenarios": len(result.scenarios)}))
    for reason in wrong[:3]:
        print(reason, file=sys.stderr)
    return 1 if wrong or len(result.scenarios) != times else 0


def came_to_its_end(result: ScenarioResult) -> bool:
    """Whether a scenario passed, but perhaps for what only a run of more than one scenario can have seen."""
    return result.outcome is Outcome.PASSED or is_open(result)


def borrow(suite: Path, root: Path) -> None:
    """Put links to the parts of the suite into `root`, which gets a `features/` of its own."""
    (root / "features").mkdir()
    for name in _BORROWED:
        (root / name).symlink_to(suite / name)


def journey(suite: Path, feature: str = "journey.feature") -> str:
    """The journey's feature, or another one, up to the end of its first rule, which holds one scenario."""
    text = (suite / "features" / feature).read_text("utf-8")
    lines = text.splitlines(keepends=True)
    second = [number for number, line in enumerate(lines) if line.strip().startswith("Rule:")][1]
    while lines[second - 1].strip().startswith("@"):
        second -= 1
    return "".join(lines[:second])


def repeated(feature: str, times: int) -> str:
    """The feature's one scenario as an outline with `times` rows."""
    assert feature.count("Scenario:") == 1
    rows = "".join(f"        | {number} |\n" for number in range(1, times + 1))
    outline = feature.replace("Scenario:", "Scenario Outline:").rstrip()
    return f"{outline}\n\n      Examples:\n        | time |\n{rows}"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
