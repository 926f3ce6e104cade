"""`docs/benchmarks.md` from the figures of one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence

from bench.figures import Figures, Journey, Round
from bench.processes import ROLES

CPU_TARGET = 1.15
MEMORY_TARGET = 1.5e9

_TOP = """# Benchmarks

What a run costs, beside a script that drives the same browser through the same actions and judges nothing.
`make bench` measured all figures of this page in one go on {date}, and writes the page anew each time.
It takes some minutes, needs Linux, and fails on no figure: on a shared machine only the ratios mean something.
"""

_METHOD = """## How it is measured

- The work is the first scenario of [journey.feature](../features/journey.feature): from the sign-in to the backup
  code, then a second sign-in from a fresh browser.
- The yardstick, `python -m bench.bare`, is plain synchronous Playwright with the portal's labels written into it.
- Ours, `python -m bench.ours`, is the scenario as the feature has it, in the runner of `portal2fa run`, no pictures.
- Both start a reference portal, a mail server and the same browser once, with the same options.
- Start and end are taken out: a run of {few} repetitions is subtracted from one of {many}, the rest divided by {rest}.
- The two take turns at going first; a ratio is made within each round, and the median of {rounds} rounds counts.
- CPU is what the kernel accounts to the whole process tree: Python, Playwright's driver, the browser, and the portal.
- Memory is the largest sum over the same tree, looked at four times a second.
"""


def write(figures: Figures, facts: Mapping[str, str], date: str) -> str:
    """The page as Markdown."""
    parts = [
        _TOP.format(date=date),
        "## The machine\n\n" + _table(("", "value"), facts.items()),
        _METHOD.format(
            few=figures.few,
            many=figures.many,
            rest=figures.many - figures.few,
            rounds=len(figures.rounds),
        ),
        _journeys(figures.rounds),
        _processes(figures.rounds),
        _runs(figures),
    ]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _journeys(rounds: Sequence[Round]) -> str:
    """Each round, and the medians."""
    rows = [(str(number), *_cells([one])) for number, one in enumerate(rounds, start=1)]
    rows.append(("**median**", *_cells(rounds)))
    ratio = statistics.median(one.cpu_ratio for one in rounds)
    found = "within" if ratio <= CPU_TARGET else "**above**"
    head = ("round", "bare, CPU s", "ours, CPU s", "CPU ratio", "bare, wall s", "ours, wall s", "wall ratio")
    goal = f"The goal is a CPU ratio of at most {CPU_TARGET}; {ratio:.2f} is {found} it.\n"
    return f"## One journey\n\n{_table(head, rows)}\n{goal}"


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
    return f"Sampled every 50 ms, so the sums are a little smaller:\n\n{_table(head, rows)}"


def _median_of(role: str, journeys: Sequence[Journey]) -> float:
    return statistics.median(one.roles[role] for one in journeys)


def _runs(figures: Figures) -> str:
    """The full run, and the commands that open no browser."""
    full = figures.full
    rows = [
        ("verdict", f"{full.verdict}, {full.scenarios} scenarios"),
        ("wall", f"{full.cost.wall:.0f} s"),
        ("CPU", f"{full.cost.cpu:.0f} s"),
        (f"peak memory ({full.cost.peak_unit})", f"{full.cost.peak / 1e6:.0f} MB"),
    ]
    found = "within" if full.cost.peak <= MEMORY_TARGET else "**above**"
    quick = [(f"`portal2fa {name}`", f"{seconds:.2f} s") for name, seconds in figures.quick.items()]
    return (
        f"## A full run\n\n`portal2fa run` on the reference portal, with the pictures that it takes by default:\n\n"
        f"{_table(('', 'value'), rows)}\nThe goal is less than {MEMORY_TARGET / 1e9} GB; this is {found} it.\n\n"
        f"## Commands without a browser\n\nMedian wall of five calls, interpreter included:\n\n"
        f"{_table(('command', 'wall'), quick)}"
    )
