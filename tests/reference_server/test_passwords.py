"""A password is as dear to guess as RFC 9106 asks for; only a portal that is started for tests has cheap ones."""

from __future__ import annotations

from pathlib import Path

from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from reference_server.passwords import Passwords
from reference_server.settings import Settings


def test_passwords_are_cheap_where_that_is_asked_for_and_nowhere_else(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "portal.sqlite3")
    usual = extract_parameters(Passwords.make(cheap=settings.cheap_passwords).nobody)
    cheap = extract_parameters(Passwords.make(cheap=True).nobody)
    assert usual == RFC_9106_LOW_MEMORY
    assert cheap.memory_cost * cheap.time_cost * 1000 < usual.memory_cost * usual.time_cost
