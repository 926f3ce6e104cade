"""A cheap scenario very many times in one run: `python -m bench.steady 500 4`, which is weighed meanwhile.

The scenario is the first one of `features/finding_the_settings/signing_in.feature`: an account, a context of its own
and two pages.  Each result is one of the run, so whatever grows with the number of scenarios grows here.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench.ours import borrow, came_to_its_end, journey, repeated
from bench.processes import weight
from portal2fa import runner
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.evidence import Recorder
from portal2fa.outcomes import ScenarioResult
from portal2fa.profile_files import find_root, load_target
from portal2fa.selection import select
from portal2fa.session import Session

FEATURE = "finding_the_settings/signing_in.feature"
EVERY = 10
"""After so many scenarios the whole tree is weighed."""


def main(times: int, lanes: int) -> int:
    """Run the scenario `times` times; 0 when it was run so often, and what was weighed as JSON on stdout."""
    weights: list[tuple[int, int]] = []
    ended: list[bool] = []

    def weigh(result: ScenarioResult) -> None:
        ended.append(came_to_its_end(result))
        if len(ended) % EVERY == 0:
            weights.append((len(ended), weight()))
            print(f"[{len(ended)}/{times}] weighed", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch:
        root = Path(scratch).resolve()
        borrow(find_root(), root)
        (root / "features" / "bench.feature").write_text(repeated(journey(find_root(), FEATURE), times), "utf-8")
        session = Session(
            target=load_target("reference", find_root()),
            root=root,
            register=load_register(root / "features" / "clauses.toml"),
            browser=find_browser(),
            recorder=Recorder(root / "report"),
            evidence="none",
            at_once=lanes,
        )
        runner.run(session, select(read_scenarios(root / "features")), command="bench", progress=weigh)
    print(json.dumps({"weights": weights, "ended": sum(ended)}))
    return 0 if len(ended) == times else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
