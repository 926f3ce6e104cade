"""The section of the page that shows what more scenarios and more lanes cost, and its plot."""

from __future__ import annotations

from collections.abc import Callable

from bench.page import heading, table
from bench.plot import Panel, draw
from bench.scaling import Scaling

_METHOD = """The scenario of `python -m bench.ours`, so many times in one run, in so many lanes of one process.

- A whole run is divided by its scenarios: the start of interpreter, portal and browser weighs less the more there are.
- The settings are measured in turn, each round beginning at another one; rounds: {rounds}, and the median counts.

![Seconds a scenario by how many there are: wall and CPU, one line for each number of lanes]({plot})
"""


def scaling(figures: Scaling, measured: str, plot: str) -> str:
    """Wall and CPU of a scenario for each setting; `plot` is the picture's address as seen from the page."""
    head = ("scenarios", *(f"{lanes} {_lanes(lanes)}" for lanes in figures.lanes))
    return "\n".join(
        [
            heading("scaling"),
            measured,
            _METHOD.format(rounds=figures.rounds, plot=plot),
            "Wall of a scenario in seconds:\n",
            table(head, _rows(figures, figures.wall)),
            "CPU of a scenario in seconds:\n",
            table(head, _rows(figures, figures.cpu)),
        ]
    )


def picture(figures: Scaling) -> str:
    """The plot as SVG."""
    panels = [
        Panel(
            title,
            "scenarios in the run",
            figures.sizes,
            {f"{lanes} {_lanes(lanes)}": [cost(size, lanes) for size in figures.sizes] for lanes in figures.lanes},
        )
        for title, cost in (("Wall of a scenario, s", figures.wall), ("CPU of a scenario, s", figures.cpu))
    ]
    return draw(panels, "Seconds a scenario by the number of scenarios and of lanes")


def _rows(figures: Scaling, cost: Callable[[int, int], float]) -> list[tuple[str, ...]]:
    return [(str(size), *(f"{cost(size, lanes):.2f}" for lanes in figures.lanes)) for size in figures.sizes]


def _lanes(number: int) -> str:
    return "lane" if number == 1 else "lanes"
