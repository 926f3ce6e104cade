"""The reference portal in the doctor's care."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal2fa.profile_files import load_target
from tests.doctor.walked import ROOT, Ward


@pytest.fixture(scope="module")
def reference() -> Iterator[Ward]:
    """One portal and one browser for all broken profiles of a module."""
    ward = Ward(load_target("reference", ROOT))
    yield ward
    ward.close()
