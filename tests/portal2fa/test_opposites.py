"""Notices that deny each other: refused by a look at the profile where both are found by the same locator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_opposites import opposed
from tests.portal2fa.breaking import changed, refusal

Table = dict[str, Any]
Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("notice", "like"),
    [
        ("off", "on"),
        ("on", "off"),
        ("announced_on", "time_based_refused"),
        ("time_based_refused", "announced_on"),
        ("email_refused", "announced_on"),
        ("sign_in_refused", "signed_in"),
        ("signed_in", "sign_in_form"),
        ("time_based_asked", "signed_in"),
        ("email_sign_in_refused", "signed_in"),
        ("backup_code_refused", "signed_in"),
        ("turned_off", "turn_off_refused"),
        ("announced_on", "turned_off"),
    ],
)
def test_a_notice_that_is_found_like_its_opposite_is_refused(
    documented: Table, write: Write, notice: str, like: str
) -> None:
    told = refusal(write(changed(documented, f"notices.{notice}", documented["notices"][like])))
    lines = [line for line in told.splitlines() if "means the opposite" in line]
    assert any(f"notices.{notice}" in line and f"notices.{like}" in line for line in lines), told
    assert "mend the one that points at the wrong thing" in told


def test_one_locator_in_common_is_enough(documented: Table, write: Write) -> None:
    both = [{"text": "spare"}, documented["notices"]["off"]]
    assert "means the opposite of notices.on" in refusal(write(changed(documented, "notices.on", both)))


def test_notices_that_go_together_may_look_alike(documented: Table) -> None:
    assert documented["notices"]["announced_on"] in documented["notices"]["on"]
    assert not opposed("announced_on", "on")
    assert opposed("on", "off") == opposed("off", "on") is True
