"""The section of the page that tells where the time of a full run goes."""

from __future__ import annotations

from bench.page import heading, table
from bench.processes import ROLES
from bench.profiling import Profile

_METHOD = """One full run in one lane on the reference portal: {scenarios} scenarios, {wall:.0f} s of wall.

What its thread waits for is counted call by call; of nested calls the outermost counts.
A click returns when it is done, not when the page that it leads to is there: that is part of *waiting* or *looking*.
*Navigation* is what goes to an address; *browsers* is contexts and pages, opened and closed.
The portal works while the browser waits for it, so its time is no row here, but one below.
"""


def profile(figures: Profile, measured: str) -> str:
    """Wall by kind, CPU by process, and the scenarios that take longest."""
    total = sum(figures.seconds.values())
    kinds = [
        (kind, str(figures.calls.get(kind, "")), f"{seconds:.1f}", f"{100 * seconds / total:.0f} %")
        for kind, seconds in sorted(figures.seconds.items(), key=lambda item: -item[1])
    ]
    roles = sorted(((figures.cost.roles[role], role) for role in ROLES), reverse=True)
    used = sum(seconds for seconds, _ in roles)
    processes = [(role, f"{seconds:.1f}", f"{100 * seconds / used:.0f} %") for seconds, role in roles if seconds]
    return "\n".join(
        [
            heading("profile"),
            measured,
            _METHOD.format(scenarios=figures.scenarios, wall=figures.cost.wall),
            table(("kind", "calls", "wall s", "share"), kinds),
            f"CPU, {figures.cost.cpu:.0f} s in all, by process, sampled every 50 ms:\n",
            table(("process", "CPU s", "share"), processes),
            "The scenarios that take longest:\n",
            table(("feature", "scenario", "s"), [(*words, f"{seconds:.1f}") for *words, seconds in figures.slowest]),
        ]
    )
