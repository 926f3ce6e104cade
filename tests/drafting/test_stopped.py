"""A draft that is stopped in the middle, by Ctrl-C or for good: what is left, and how the account is put back."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drafting.shopping import Shopper, shopper
from tests.drafting.wordings import ENGLISH

ON = "Signing in with the second factor"
"""What the command says first when the factor is on."""


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Shopper]:
    """Ana at a shop."""
    with shopper(ENGLISH, tmp_path) as found:
        yield found


def test_ctrl_c_puts_the_account_back_and_writes_nothing(ana: Shopper) -> None:
    with ana.drafting_until(ON, "/") as process:
        assert ana.is_protected()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate()
    assert process.returncode == 130, rest
    assert "putting the account back" in rest
    assert not ana.is_protected()
    assert ana.forgotten
    assert [file.name for file in ana.folder.iterdir()] == ["state"]


def test_after_a_kill_the_same_call_puts_the_account_back_though_the_front_leads_past_the_sign_in_by_then(
    ana: Shopper,
) -> None:
    with ana.drafting_until(ON, "/home") as process:
        process.kill()
    assert ana.is_protected()
    again = ana.draft_from("/home")
    assert "Putting the account back as it was before a draft that was stopped" in again.stderr
    assert again.returncode in (0, 3), again.stderr  # it has no front page to draft
    assert ana.file.exists(), again.stderr
    assert not ana.is_protected()
    assert ana.forgotten
