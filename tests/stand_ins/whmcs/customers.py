"""Customers of the stand-in, and what they keep between two visits: a secret, a backup code, the last code used."""

from __future__ import annotations

import itertools
import secrets
import string
from dataclasses import dataclass

from reference_server import totp

SECRET_BYTES = 20
"""The length that RFC 4226 section 4 recommends."""
_SYLLABLES = ("Ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo")
_SIGNS = string.ascii_lowercase + string.digits


@dataclass(slots=True)
class Customer:
    """One customer; `secret` is there while two-factor sign-in is on."""

    first_name: str
    last_name: str
    email: str
    password: str
    secret: bytes | None = None
    backup_code: str = ""
    last_step: int = -1
    """The time step of the last code that was taken: none of it or before it is taken again."""

    def as_account(self) -> dict[str, str]:
        """The account as the start line tells it; the menu greets by the first name alone."""
        return {"username": self.email, "password": self.password, "email": self.email, "name": self.first_name}

    def takes(self, code: str, at: float, secret: bytes | None = None) -> bool:
        """Whether `code` is a fresh one of the account's secret, or of the `secret` that is being set up."""
        known = secret or self.secret
        step = totp.matching_step(known, code, at) if known else None
        if step is None or step <= self.last_step:
            return False
        self.last_step = step
        return True

    def takes_backup_code(self, code: str) -> bool:
        """Whether it is the account's backup code, however it is grouped; that one is used up then."""
        given = "".join(filter(str.isalnum, code))
        right = bool(self.backup_code) and secrets.compare_digest(given.encode(), self.backup_code.encode())
        if right:
            self.backup_code = ""
        return right

    def turn_on(self, secret: bytes) -> str:
        """Keep the secret; returns the backup code in four groups of four."""
        self.secret = secret
        return self.new_backup_code()

    def new_backup_code(self) -> str:
        """Replace the backup code; it is told this once, in groups."""
        self.backup_code = "".join(secrets.choice(_SIGNS) for _ in range(16))
        return totp.in_groups(self.backup_code)

    def turn_off(self) -> None:
        """Forget the secret, the code that was used last, and the backup code."""
        self.secret, self.backup_code, self.last_step = None, "", -1


def invent(number: int) -> list[Customer]:
    """At most 512 customers; first names are equally long, so that none is a part of another."""
    names = itertools.islice(itertools.product(_SYLLABLES, repeat=3), number)
    return [_customer("".join(syllables).capitalize()) for syllables in names]


def _customer(first_name: str) -> Customer:
    return Customer(first_name, "Example", f"{first_name.lower()}@portal.test", f"Pw-{secrets.token_hex(8)}")
