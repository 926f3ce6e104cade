"""The sections of the page that compare one journey with the bare script, and tell what a full run takes."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from bench.figures import Journey, Journeys, Round, Runs
from bench.page import heading, table, verdict
from bench.processes import ROLES

CPU_TARGET = 1.05
WALL_TARGET = 1.10
MEMORY_TARGET = 1.5e9

_METHOD = """What one more journey costs, without start and end.

- Start and end are taken out: a run of {few} repetitions is subtracted from one of {many}, the rest divided by {rest}.
- The two take turns at going first; a ratio is made within each round, and the median of {rounds} rounds counts.
"""


def journeys(figures: Journeys, measured: str) -> str:
    """Each round, the medians, and whose seconds they are."""
    method = _METHOD.format(
        few=figures.few,
        many=figures.many,
        rest=figures.many - figures.few,
        rounds=len(figures.rounds),
    )
    return "\n".join([heading("journey"), measured, method, _rounds(figures.rounds), _processes(figures.rounds)])


def _rounds(rounds: Sequence[Round]) -> str:
    rows = [(str(number), *_cells([one])) for number, one in enumerate(rounds, start=1)]
    rows.append(("**median**", *_cells(rounds)))
    ratio = statistics.median(one.cpu_ratio for one in rounds)
    head = ("round", "bare, CPU s", "ours, CPU s", "CPU ratio", "bare, wall s", "ours, wall s", "wall ratio")
    wall = statistics.median(one.wall_ratio for one in rounds)
    goal = (
        f"The goal is a CPU ratio of at most {CPU_TARGET:.2f}; {ratio:.2f} is {verdict(ratio, CPU_TARGET)} it.\n"
        f"That of wall is at most {WALL_TARGET:.2f}; {wall:.2f} is {verdict(wall, WALL_TARGET)} it.\n"
    )
    return f"{table(head, rows)}\n{goal}"


def _cells(rounds: Sequence[Round]) -> tuple[str, ...]:
    middle: Callable[[Callable[[Round], float]], float] = lambda read: statistics.median(map(read, rounds))  # noqa: E731
    return (
        f"{middle(lambda one: one.bare.cpu):.2f}",
        f"{middle(lambda one: one.ours.cpu):.2f}",
        f"{middle(lambda one: one.cpu_ratio):.2f}",
        f"{middle(lambda one: one.bare.wall):.2f}",
        f"{middle(lambda one: one.ours.wall):.2f}",
        f"{middle(lambda one: one.wall_ratio):.2f}",
    )


def _processes(rounds: Sequence[Round]) -> str:
    """Whose seconds they are."""
    rows = []
    for role in ROLES:
        bare, ours = (_median_of(role, [getattr(one, name) for one in rounds]) for name in ("bare", "ours"))
        if max(bare, ours) >= 0.005:
            rows.append((role, f"{bare:.2f}", f"{ours:.2f}", f"{ours - bare:+.2f}"))
    head = ("process", "bare, CPU s", "ours, CPU s", "difference")
    return f"Sampled every 50 ms, so the sums are a little smaller:\n\n{table(head, rows)}"


def _median_of(role: str, journeys: Sequence[Journey]) -> float:
    return statistics.median(one.roles[role] for one in journeys)


def runs(figures: Runs, measured: str) -> str:
    """The full run, and the commands that open no browser."""
    full = figures.full
    rows = [
        ("verdict", f"{full.verdict}, {full.scenarios} scenarios"),
        ("wall", f"{full.cost.wall:.0f} s"),
        ("CPU", f"{full.cost.cpu:.0f} s"),
        (f"peak memory ({full.cost.peak_unit})", f"{full.cost.peak / 1e6:.0f} MB"),
    ]
    found = verdict(full.cost.peak / 1e9, MEMORY_TARGET / 1e9)
    quick = [(f"`portal2fa {name}`", f"{seconds:.2f} s") for name, seconds in figures.quick.items()]
    return (
        f"{heading('run')}\n{measured}\n"
        f"`portal2fa run` on the reference portal, with the pictures that it takes by default.\n"
        f"Memory is the largest sum over the process tree, looked at four times a second.\n\n"
        f"{table(('', 'value'), rows)}\nThe goal is less than {MEMORY_TARGET / 1e9} GB; this is {found} it.\n\n"
        f"Commands that open no browser, median wall of five calls, interpreter included:\n\n"
        f"{table(('command', 'wall'), quick)}"
    )
