"""What lies in the database file: nothing that signs anybody in."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.exceptions import InvalidTag

from reference_server.backup_codes import normalise
from reference_server.sessions import Level
from reference_server.store import change
from reference_server.vault import Vault, load_key
from tests.reference_server.conftest import SETTINGS, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import World


def test_no_secret_code_password_or_cookie_is_in_the_file(world: World) -> None:
    account = world.account()
    ana = world.signed_in(account).begin("time_based")
    pending = ana.manual_key.replace(" ", "")
    pending_raw = base64.b32decode(pending)
    on_disk = b"".join(file.read_bytes() for file in world.database.parent.iterdir())
    assert pending_raw not in on_disk
    ana.submit(f"{SETTINGS}/time-based", code=app_code(pending, world.clock.at))
    shown = ana.backup_code
    other = world.account("email")
    world.browser().sign_in(other)
    mailed = world.outbox.code()
    on_disk = b"".join(file.read_bytes() for file in world.database.parent.iterdir())
    secrets = [pending, shown, normalise(shown), account["password"], ana.cookie or "?", other["backup_code"]]
    assert account["username"].encode() in on_disk
    assert not [secret for secret in secrets if secret.encode() in on_disk]
    assert pending_raw not in on_disk
    assert f"\x00{mailed}".encode() not in on_disk


def test_passwords_are_argon2id(world: World) -> None:
    world.account()
    assert b"$argon2id$" in b"".join(file.read_bytes() for file in world.database.parent.iterdir())


def test_sealed_secret_opens_for_its_purpose_only() -> None:
    vault = Vault(b"k" * 32)
    sealed = vault.seal(b"secret", "totp:ana")
    assert vault.open(sealed, "totp:ana") == b"secret"
    assert vault.seal(b"secret", "totp:ana") != sealed
    with pytest.raises(InvalidTag):
        vault.open(sealed, "totp:ben")
    with pytest.raises(InvalidTag):
        Vault(b"j" * 32).open(sealed, "totp:ana")


def test_key_file_is_private_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "portal.key"
    key = load_key(path)
    assert load_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_damaged_key_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "portal.key"
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="32-byte key"):
        load_key(path)


def test_levels_are_those_that_a_kept_database_has() -> None:
    assert [(level.name, int(level)) for level in Level] == [("ANONYMOUS", 0), ("PASSWORD", 1), ("FULL", 2)]


def test_write_that_fails_leaves_nothing_behind(world: World) -> None:
    account = world.account()
    store = world.app.state.portal.store

    async def half() -> None:
        async with store.write() as db:
            await change(db, "DELETE FROM accounts WHERE username = ?", account["username"])
            raise LookupError

    with pytest.raises(LookupError):
        world.run(half())
    assert world.browser().sign_in(account).path == "/client"
