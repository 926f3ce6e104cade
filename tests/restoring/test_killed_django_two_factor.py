"""Runs that are killed on django-two-factor-auth at every third moment, or at all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.restoring.killing import EVERY_OTHER, assert_all_are_put_back


@pytest.mark.portals_long
def test_a_run_killed_at_any_moment_is_put_back(tmp_path: Path) -> None:
    assert_all_are_put_back("django-two-factor-auth", tmp_path, every=EVERY_OTHER, at_least=60 // EVERY_OTHER)
