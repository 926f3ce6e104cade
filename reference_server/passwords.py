"""Passwords are kept as argon2id hashes; checking one takes the same work whether the account exists or not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashes and checks passwords off the event loop."""

    hasher: PasswordHasher
    nobody: str
    """The hash that is checked for an account that does not exist."""

    @classmethod
    def make(cls, *, cheap: bool) -> Passwords:
        """Use the defaults of argon2-cffi (RFC 9106, low memory), or next to no work when `cheap`."""
        hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()
        return cls(hasher=hasher, nobody=hasher.hash("nobody has this password"))

    async def hash(self, password: str) -> str:
        """Return the argon2id hash with its parameters and salt."""
        return await asyncio.to_thread(self.hasher.hash, password)

    async def check(self, stored: str | None, password: str) -> bool:
        """Tell whether `password` is the one; with no `stored` hash do the same work and say no."""
        right = await asyncio.to_thread(self._verify, stored or self.nobody, password)
        return right and stored is not None

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self.hasher.verify(stored, password)
        except (Argon2Error, InvalidHashError, UnicodeEncodeError):
            return False
