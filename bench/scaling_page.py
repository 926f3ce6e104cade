"""The section of the page that shows what more scenarios, more lanes and more workers cost, and its plot."""

from __future__ import annotations

from collections.abc import Callable

from bench.page import heading, table
from bench.plot import Panel, draw
from bench.scaling import Scaling, Way, called

_METHOD = """The scenario of `python -m bench.ours`, so many times in one run.

- It runs in so many lanes of one process, or in so many worker processes of one lane.
- A whole run is divided by its scenarios: the start of interpreter, portal and browser weighs less the more there are.
- The settings are measured in turn, each round beginning at another one; rounds: {rounds}, and the median counts.

![Seconds a scenario by how many there are: wall and CPU, one line for each number of lanes and workers]({plot})
"""


def scaling(figures: Scaling, measured: str, plot: str) -> str:
    """Wall and CPU of a scenario for each setting; `plot` is the picture's address as seen from the page."""
    head = ("scenarios", *map(called, figures.ways))
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
            {called(way): [cost(size, way) for size in figures.sizes] for way in figures.ways},
        )
        for title, cost in (("Wall of a scenario, s", figures.wall), ("CPU of a scenario, s", figures.cpu))
    ]
    return draw(panels, "Seconds a scenario by the number of scenarios, of lanes and of workers")


def _rows(figures: Scaling, cost: Callable[[int, Way], float]) -> list[tuple[str, ...]]:
    return [(str(size), *(f"{cost(size, way):.2f}" for way in figures.ways)) for size in figures.sizes]
