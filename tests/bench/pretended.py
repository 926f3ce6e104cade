"""What tests of the benchmarks share: costs that nobody measured, and entrants by their names."""

from __future__ import annotations

from pathlib import Path

from bench.entrants import ENTRANTS
from bench.processes import ROLES, Cost

ROOT = Path(__file__).resolve().parents[2]
NO_ROLES = dict.fromkeys(ROLES, 0.0)
BY_NAME = {one.name: one for one in ENTRANTS}
ALL_PEERS = {one.peer.folder: one.peer for one in ENTRANTS if one.peer}


def cost(wall: float, cpu: float = 1.0) -> Cost:
    """A command that took so long."""
    return Cost(0, "", wall, cpu, NO_ROLES, 0, "PSS")


def silent(what: str) -> None:
    """Nobody listens."""
