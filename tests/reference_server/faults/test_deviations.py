"""Faults that no scenario sees yet deviate as they say, and the right portal does not."""

from __future__ import annotations

import tomllib

import pytest

from reference_server import qr, totp
from reference_server.faults.catalogue import FOLDER
from reference_server.faults.families import all_faults
from reference_server.seams import replaced
from tests.reference_server.faults import checks_of_accounts, checks_of_codes, checks_of_pages
from tests.reference_server.faults.conftest import Portal

CHECKS = {**checks_of_codes.CHECKS, **checks_of_accounts.CHECKS, **checks_of_pages.CHECKS}
DRAWN = ("qr-of-a-counter", "issuer-from-the-host-header")
"""Faults of what a picture says."""


def test_every_fault_that_no_scenario_sees_is_checked_here() -> None:
    faults = [fault for file in FOLDER.glob("*.toml") for fault in tomllib.loads(file.read_text("utf-8"))["fault"]]
    assert {fault["id"] for fault in faults if "not_yet" in fault} == {*DRAWN, *CHECKS}


@pytest.mark.parametrize("fault", CHECKS)
def test_fault_shows_and_the_right_portal_is_right(portal: Portal, fault: str) -> None:
    assert CHECKS[fault](portal(fault))
    assert not CHECKS[fault](portal())


def test_qr_code_of_a_counter_is_one_of_a_counter() -> None:
    with replaced(all_faults()[DRAWN[0]].substitutes):
        assert totp.provisioning_uri(b"1" * 20, "ana@example.org", "Harbour").startswith("otpauth://hotp/")
    assert totp.provisioning_uri(b"1" * 20, "ana@example.org", "Harbour").startswith("otpauth://totp/")


def test_issuer_is_the_host_that_was_asked_for(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    picture = qr.picture

    def noted(text: str, at_least: int = 220) -> qr.Picture:
        drawn.append(text)
        return picture(text, at_least)

    monkeypatch.setattr(qr, "picture", noted)
    for fault in (DRAWN[1], ""):
        portal(fault).signed_in().begin("time_based")
    assert [f"&issuer={DRAWN[1]}.localhost" in text for text in drawn] == [True, False]
