"""How many worker processes and lanes a run has, from what was asked for and what target and machine allow.

The rule for `auto`, with its reason:

    lanes     4 a process, 2 where there is one core.  On two cores 1 process with 4 lanes was the fastest of all that
              were tried, 2 with 2 the next one; on the whole reference run 4 lanes take 0.61 of the time of 1.
    workers   one for every two cores.  Of a scenario's CPU the browser takes four fifths, in processes of its own, and
              the process with the lanes, Playwright's driver included, a seventh; so one worker is not full before
              some cores are.  Measured is only that two cores need no second worker, all else follows from the shares.
              Where only one lane can be had, it often waits alone; then there is one for every core and one
              more, 8 at most, as each has a portal.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portal2fa.clauses import ScenarioOutline
from portal2fa.profile import Profile
from portal2fa.side_by_side import lanes_on, workers_on

AUTO: Literal["auto"] = "auto"
Asked = int | Literal["auto"] | None
"""A number, or by the rule; None where nothing was said."""

_LANES = 4
_SINGLE = 8
"""So many workers with one lane at most."""


@dataclass(frozen=True, slots=True)
class Size:
    """So many workers with so many lanes each, and what to say of those that were asked for and cannot be had."""

    workers: int
    lanes: int
    told: tuple[str, ...] = ()


def cores() -> int:
    """How many cores this process may use; what a container allows of each is not known here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def size_of(
    profile: Profile,
    rows: Sequence[ScenarioOutline],
    *,
    workers: Asked,
    lanes: Asked,
    machine: int,
    headed: bool = False,
    nodes: int = 0,
) -> Size:
    """The size of a run of `rows` on a machine with so many cores, or on so many `nodes` of a cluster.

    Where nothing is said, it is `auto` for a portal that the run starts itself and whose browser nobody watches, else
    one scenario at a time: somebody's portal may take many sign-ins at once for an attack.  Whoever names a cluster
    wants all of its nodes; each is one worker, and what cores it has is not asked.
    """
    if lanes is None and (nodes or workers is None) and profile.start is not None and not headed:
        lanes, workers = AUTO, workers or AUTO
    wanted = (_LANES if machine > 1 else 2) if lanes == AUTO else lanes or 1
    pairs = any("needs.two-accounts" in row.tags for row in rows)
    asked = workers if isinstance(workers, int) else 0
    processes = asked or (_processes(profile, wanted, machine, len(rows), nodes) if nodes or workers == AUTO else 1)
    had, why = workers_on(profile, min(processes, nodes or processes), pairs=pairs)
    why = why or (f"the cluster has {nodes} nodes" if had < asked else "")
    told = [f"--workers: {had} instead of {processes}: {why}"] if why and (asked or nodes) else []
    at_once, why = lanes_on(profile, wanted, workers=had)
    told += [] if lanes == AUTO or not why else [f"--lanes: {at_once} at a time instead of {wanted}: {why}"]
    return Size(had, at_once, tuple(told))


def _processes(profile: Profile, lanes: int, machine: int, scenarios: int, nodes: int) -> int:
    """How many workers the rule has for so many lanes each, none of them begun for nothing; all nodes, if any."""
    single = lanes > 1 and lanes_on(profile, lanes)[0] == 1
    most = min(machine + 1, _SINGLE) if single else max(1, machine // 2)
    return min(nodes or most, -(-scenarios // (1 if single else lanes)))
