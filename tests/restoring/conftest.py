"""The reference portal as if it were somebody's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.restoring.living import Living


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """The reference portal; it outlives the runs on it."""
    portal = Living("reference", tmp_path_factory.mktemp("reference"))
    yield portal
    portal.close()
