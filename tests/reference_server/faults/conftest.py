"""The right portal and every faulty one in this process, told apart by the host, as `--faults` serves them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette

from reference_server.app import create_app
from reference_server.faults.deviation import Deviation
from reference_server.faults.families import all_faults
from reference_server.faults.hosts import Hosts
from reference_server.settings import Settings
from tests.reference_server.conftest import TOKEN, HeldClock, Outbox, World

Portal = Callable[..., World]
"""The world of the portal with the fault of this name; without a name that of the right one."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """All portals of a module's tests; each is made when it is asked for."""
    with portals(tmp_path_factory.mktemp("faults"), all_faults()) as made:
        yield made


@contextmanager
def portals(folder: Path, others: Mapping[str, Deviation]) -> Iterator[Portal]:
    """The right portal and `others` beside it, with their data in `folder`."""
    clock, outbox = HeldClock(), Outbox()

    def create(settings: Settings) -> Starlette:
        return create_app(settings, clock, outbox)

    settings = Settings(folder / "right.sqlite3", control_token=TOKEN, cheap_passwords=True)
    right = create(settings)
    hosts = Hosts(right, settings, others, folder, create)
    worlds: list[World] = []

    def made(fault: str = "") -> World:
        outbox.mails.clear()
        origin = f"http://{fault}.localhost" if fault else "http://127.0.0.1"
        worlds.append(World(right, clock, outbox, Path(), runner, origin=origin, hosts=hosts))
        return worlds[-1]

    with asyncio.Runner() as runner:
        lifespan = right.router.lifespan_context(right)
        runner.run(lifespan.__aenter__())
        yield made
        for world in worlds:
            for client in world.clients:
                runner.run(client.aclose())
        runner.run(hosts.opened.aclose())
        runner.run(lifespan.__aexit__(None, None, None))
