"""Customers of a test portal, each with a name, user name, address and password of their own.

Like everything in this folder it runs in the environments of the portals, with the standard library alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count, product

FIRST_NAMES = ("Ana", "Ben", "Carla", "Daniel", "Emma", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Katya", "Liam")
LAST_NAMES = ("Abel", "Berg", "Costa", "Duarte", "Evans", "Fontaine", "Greco", "Holm", "Ito", "Jensen")


@dataclass(frozen=True, slots=True)
class Customer:
    """What a tester must know about one account; `name` is the text of the portal's name menu."""

    username: str
    password: str
    email: str
    name: str

    def as_json(self) -> dict[str, str]:
        """Return the account as it is told to whoever started the portal."""
        return asdict(self)


def invent_customers(number: int, *, by_address: bool = False) -> list[Customer]:
    """Return `number` customers with pairwise different names, user names, addresses and random passwords.

    With `by_address` the address is the user name too.
    """
    names = _names()
    return [_customer(*next(names), by_address=by_address) for _ in range(number)]


def _names() -> Iterator[tuple[str, str]]:
    """Yield first and last names for ever: every pair once, then every pair with a number, and so on."""
    for turn in count(1):
        suffix = "" if turn == 1 else f" {turn}"
        for last, first in product(LAST_NAMES, FIRST_NAMES):
            yield first, f"{last}{suffix}"


def _customer(first: str, last: str, *, by_address: bool) -> Customer:
    """Return one customer called `first` `last`."""
    short = f"{first}.{last}".lower().replace(" ", "")
    email = f"{short}@portal.test"
    return Customer(email if by_address else short, f"Pw-{secrets.token_hex(8)}", email, f"{first} {last}")
