"""Faults that no scenario sees yet deviate as they say, and the right portal does not."""

from __future__ import annotations

import tomllib

import pytest

from reference_server.faults.catalogue import FOLDER
from tests.reference_server.faults import checks_of_accounts, checks_of_codes
from tests.reference_server.faults.conftest import Portal

CHECKS = {**checks_of_codes.CHECKS, **checks_of_accounts.CHECKS}


def test_every_fault_that_no_scenario_sees_is_checked_here() -> None:
    faults = [fault for file in FOLDER.glob("*.toml") for fault in tomllib.loads(file.read_text("utf-8"))["fault"]]
    assert {fault["id"] for fault in faults if "not_yet" in fault} == set(CHECKS)


@pytest.mark.parametrize("fault", CHECKS)
def test_fault_shows_and_the_right_portal_is_right(portal: Portal, fault: str) -> None:
    assert CHECKS[fault](portal(fault))
    assert not CHECKS[fault](portal())
