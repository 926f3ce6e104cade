"""Runs that are killed on the reference portal at every moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.restoring.killing import assert_all_are_put_back


@pytest.mark.portals_long
def test_a_run_killed_at_any_moment_is_put_back(tmp_path: Path) -> None:
    assert_all_are_put_back("reference", tmp_path, at_least=40)
