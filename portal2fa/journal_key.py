"""The key of the journal: from a passphrase in `$PORTAL2FA_JOURNAL_KEY`, or from a file beside the journal."""

from __future__ import annotations

import base64
import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

VARIABLE = "PORTAL2FA_JOURNAL_KEY"


def load_key(folder: Path, environment: Mapping[str, str], *, make: bool = True) -> bytes:
    """The key in the form that Fernet takes; raises `OSError`, or `FileNotFoundError` unless it may be made."""
    if passphrase := environment.get(VARIABLE):
        salt = _file(folder / "salt", lambda: os.urandom(16), make=make)
        return _from_passphrase(passphrase, salt)
    return _file(folder / "key", Fernet.generate_key, make=make)


@lru_cache(maxsize=4)
def _from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """RFC 7914 with the parameters that it gives for interactive use; a tenth of a second, once a run."""
    derived = Scrypt(salt=salt, length=32, n=2**14, r=8, p=1).derive(passphrase.encode())
    return base64.urlsafe_b64encode(derived)


def _file(path: Path, content: Callable[[], bytes], *, make: bool) -> bytes:
    if make and not path.exists():
        _create(path, content())
    return path.read_bytes()


def _create(path: Path, content: bytes) -> None:
    """Make the file whole, with mode 0600; of two runs at once, the first one's stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
