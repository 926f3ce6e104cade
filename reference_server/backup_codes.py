"""The one code that opens an account when the phone is lost: made, normalised, and kept only as a keyed hash."""

from __future__ import annotations

import secrets

from reference_server.seams import seam
from reference_server.totp import in_groups
from reference_server.vault import Vault

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs, five bits each: no I and 1, no O and 0."""


@seam
def new_code(length: int) -> str:
    """Return a random code in groups of four, such as ABCD-EFGH-JKLM-NPQR."""
    return in_groups("".join(secrets.choice(ALPHABET) for _ in range(length)), between="-")


def normalise(code: str) -> str:
    """Return a code as it was made, however it was typed: case, spaces and hyphens do not matter."""
    return "".join(sign for sign in code.upper() if sign not in " -\t\r\n\u00a0\u2010\u2011\u2013")


@seam
def digest(vault: Vault, username: str, code: str) -> bytes:
    """Return what is stored instead of the code; 80 random bits need no slow hash (SP 800-63B-4 section 3.1.2.2)."""
    return vault.digest(normalise(code), f"backup:{username}")


@seam
def matches(vault: Vault, username: str, code: str, stored: bytes) -> bool:
    """Tell in constant time whether this is the code of the account."""
    return vault.matches(normalise(code), f"backup:{username}", stored)
