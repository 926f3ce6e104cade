"""Of an account that cannot be put back a picture and the reason are left, until it can: on the reference portal."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path

from tests.restoring.living import Living


def test_a_picture_and_the_reason_are_left_until_the_account_is_as_it_was(reference: Living, tmp_path: Path) -> None:
    owner = reference.owner("stays-on")
    ended, _ = owner.walk("time_based", "j4")
    assert ended.returncode == -signal.SIGKILL, ended.stdout + ended.stderr
    mistaken = replace(owner, account=owner.account.model_copy(update={"password": "mistaken-for-it"}))
    tried = mistaken.call("restore", "--out", str(tmp_path))
    assert tried.returncode == 4, tried.stdout + tried.stderr
    assert f"  {owner.account.username}: signing in with the password\n" in tried.stderr
    [picture], [reason] = (tmp_path / "restore").glob("*.png"), (tmp_path / "restore").glob("*.txt")
    assert str(picture) in tried.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    said = reason.read_text("utf-8")
    assert "The portal refused the password of the account." in said
    assert 'press the button "' in said
    assert "mistaken-for-it" not in said
    again = owner.call("restore", "--out", str(tmp_path))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "turning time-based tokens off" in again.stderr
    assert list((tmp_path / "restore").iterdir()) == []
    assert owner.signs_in_with_password_alone()
