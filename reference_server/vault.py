"""One key, two uses: sealing secrets that must be read again, and digests of codes that must only be recognised."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12  # bytes; SP 800-38D section 8.2.1
_KEY = 32  # bytes


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and digests under keys derived from `key` (32 random bytes)."""

    key: bytes = field(repr=False)

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Encrypt for one `purpose`; the result can only be opened for the same purpose."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._derived("seal")).encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt what `seal` made; raises cryptography's InvalidTag for another key or purpose."""
        return AESGCM(self._derived("seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())

    def digest(self, text: str, purpose: str) -> bytes:
        """Return a keyed hash of `text` that differs for every `purpose`."""
        message = purpose.encode(errors="replace") + b"\x00" + text.encode(errors="replace")
        return hmac.digest(self._derived("digest"), message, "sha256")

    def matches(self, text: str, purpose: str, digest: bytes) -> bool:
        """Tell in constant time whether `text` has this digest."""
        return hmac.compare_digest(self.digest(text, purpose), digest)

    def _derived(self, use: str) -> bytes:
        info = f"reference_server {use}".encode()
        return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=info).derive(self.key)


def load_key(path: Path | None) -> bytes:
    """Read the 32-byte key of a database, making it (mode 0600) at first use; None gives a key in memory only."""
    if path is None:
        return secrets.token_bytes(_KEY)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY))
    key = path.read_bytes()
    if len(key) != _KEY:
        raise ValueError(f"{path.name} does not hold a 32-byte key")
    return key
