"""Who takes part: each entrant walks the same scenario, started by one command; peers lie below `bench/peers/`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PEERS = Path(__file__).resolve().parent / "peers"
YARDSTICK = "bare"
PYTHON, NODE = "requirements.in", "package.json"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another runner's project: a folder of `bench/peers/` with what it needs and the steps in its own manner."""

    folder: str
    package: str
    borrows: tuple[str, ...] = ()
    """Files and folders of `bench/peers/` that are laid into it as well."""

    @property
    def path(self) -> Path:
        """Where its files are kept."""
        return PEERS / self.folder

    @property
    def needs(self) -> str:
        """The file in which its packages are pinned; empty where this environment has all of them."""
        return next((name for name in (PYTHON, NODE) if (self.path / name).exists()), "")

    def version(self) -> str:
        """The version of its package: as it is pinned, or the one of this environment where nothing is."""
        if self.needs == NODE:
            return str(json.loads((self.path / NODE).read_text("utf-8"))["dependencies"][self.package])
        if self.needs == PYTHON:
            pins = dict(line.split("==") for line in (self.path / PYTHON).read_text("utf-8").split())
            return pins[self.package]
        return metadata.version(self.package)


@dataclass(frozen=True, slots=True)
class Entrant:
    """One row of the comparison: who, how many at once, and by which command.

    In a peer's command `{python}` is the interpreter of its environment; its folder is the working one.  In one of
    ours `{times}` is the number of walks.
    """

    name: str
    title: str
    command: tuple[str, ...]
    peer: Peer | None = None
    at_once: int = 1
    parts: int = 1
    """Over how many feature files its scenarios are spread, for a runner that shares out files."""


BEHAVE = Peer("behave", "behave")
BEHAVEX = Peer("behavex", "behavex", borrows=("behave/features",))
PYTEST_BDD = Peer("pytest_bdd", "pytest-bdd")
CUCUMBER_JS = Peer("cucumber_js", "@cucumber/cucumber", borrows=("js/walk.js",))
"""Version 12, because version 13 refuses to run on Node.js 20."""
PLAYWRIGHT_BDD = Peer("playwright_bdd", "playwright-bdd", borrows=("js/walk.js",))


def _module(name: str, title: str, module: str, *arguments: str, at_once: int = 1) -> Entrant:
    return Entrant(name, title, (sys.executable, "-m", module, "{times}", *arguments), at_once=at_once)


def _behavex(at_once: int) -> Iterator[str]:
    yield from ("{python}", "-m", "behavex", "features", "--no-color")
    yield from ("--parallel-processes", str(at_once), "--parallel-scheme", "feature")


def _cucumber_js(at_once: int) -> Iterator[str]:
    yield from ("node_modules/.bin/cucumber-js", "--import", "steps.js", "--format", "summary")
    yield from ("--parallel", str(at_once)) if at_once > 1 else ()


def _playwright_bdd(at_once: int) -> Iterator[str]:
    script = 'node_modules/.bin/bddgen && exec node_modules/.bin/playwright test --workers "$0"'
    yield from ("sh", "-c", script, str(at_once))


def _pytest_bdd(at_once: int) -> Iterator[str]:
    yield from ("{python}", "-m", "pytest")
    yield from ("-n", str(at_once)) if at_once > 1 else ("-p", "no:xdist")


ENTRANTS = (
    _module(YARDSTICK, "bare Playwright, synchronous", "bench.bare"),
    _module("bare-async-4", "bare Playwright, asynchronous", "bench.bare_async", "4", at_once=4),
    _module("ours-1", "portal2fa, 1 lane", "bench.ours", "1"),
    _module("ours-4", "portal2fa, 4 lanes", "bench.ours", "4", at_once=4),
    _module("ours-2x2", "portal2fa, 2 workers of 2 lanes", "bench.ours", "2", "2", at_once=4),
    Entrant("behave", "behave", ("{python}", "-m", "behave", "--format", "progress"), BEHAVE),
    *(
        Entrant(f"behavex-{n}", "behavex, by feature", tuple(_behavex(n)), BEHAVEX, at_once=n, parts=n)
        for n in (1, 2, 4)
    ),
    *(
        Entrant(
            f"pytest-bdd-{n}",
            "pytest-bdd, pytest-playwright" + (", xdist" if n > 1 else ""),
            tuple(_pytest_bdd(n)),
            PYTEST_BDD,
            at_once=n,
        )
        for n in (1, 2, 4)
    ),
    *(Entrant(f"cucumber-js-{n}", "cucumber-js", tuple(_cucumber_js(n)), CUCUMBER_JS, at_once=n) for n in (1, 2, 4)),
    *(
        Entrant(f"playwright-bdd-{n}", "playwright-bdd", tuple(_playwright_bdd(n)), PLAYWRIGHT_BDD, at_once=n)
        for n in (1, 2, 4)
    ),
)
