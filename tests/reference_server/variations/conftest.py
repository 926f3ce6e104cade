"""The right portal and every variation in this process, told apart by the host, as `--variations` serves them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reference_server.faults.families import all_faults
from reference_server.variations.served import all_variations
from tests.reference_server.faults.conftest import Portal, portals


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """All portals of a module's tests; each is made when it is asked for."""
    with portals(tmp_path_factory.mktemp("variations"), all_variations()) as made:
        yield made


@pytest.fixture(scope="module")
def portal_with_faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """All faulty portals of a module's tests, those on variations among them."""
    with portals(tmp_path_factory.mktemp("faults"), all_faults()) as made:
        yield made
