"""Time-based one-time passwords (RFC 6238) on top of the primitives of `cryptography`; knows nothing of accounts."""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import Literal, TypeAlias
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from reference_server.seams import seam

Algorithm: TypeAlias = Literal["SHA1", "SHA256", "SHA512"]
_HASHES: dict[Algorithm, type[SHA1] | type[SHA256] | type[SHA512]] = {"SHA1": SHA1, "SHA256": SHA256, "SHA512": SHA512}


@seam
def new_secret(size: int) -> bytes:
    """Return `size` random bytes."""
    return secrets.token_bytes(size)


def as_base32(secret: bytes) -> str:
    """Return the secret as a person types it: RFC 4648 base32 in capitals, without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def in_groups(text: str, size: int = 4, between: str = " ") -> str:
    """Split text in groups that are easier to copy by eye."""
    return between.join(text[start : start + size] for start in range(0, len(text), size))


def code_of_step(secret: bytes, step: int, *, digits: int = 6, algorithm: Algorithm = "SHA1", period: int = 30) -> str:
    """Return the code of one time step, counted from 1970; negative steps raise ValueError."""
    generator = TOTP(secret, digits, _HASHES[algorithm](), period, enforce_key_length=False)
    return generator.generate(step * period).decode()


def step_at(at: float, period: int = 30) -> int:
    """Return the number of the time step that holds the moment `at`."""
    return int(at // period)


@seam
def matching_step(
    secret: bytes, code: str, at: float, *, drift: int = 1, digits: int = 6, period: int = 30
) -> int | None:
    """Return the step, at most `drift` from the present one, whose code this is; None when there is none.

    All candidates are compared, each in constant time; anything but ASCII digits matches none.
    """
    present = step_at(at, period)
    found: int | None = None
    for step in range(max(0, present - drift), present + drift + 1):
        candidate = code_of_step(secret, step, digits=digits, period=period)
        if hmac.compare_digest(candidate.encode(), code.encode(errors="replace")):
            found = step
    return found


@seam
def provisioning_uri(secret: bytes, account: str, issuer: str) -> str:
    """Return the otpauth address that an authenticator app scans; algorithm, digits and period are the defaults."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='@')}"
    return f"otpauth://totp/{label}?secret={as_base32(secret)}&issuer={quote(issuer, safe='')}"
