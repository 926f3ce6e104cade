"""Customers of the test portal, each with a name, address and password of their own; the address is the user name."""

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


def invent_customers(number: int) -> list[Customer]:
    """Return `number` customers with pairwise different names, addresses and random passwords."""
    names = _names()
    return [_customer(*next(names)) for _ in range(number)]


def _names() -> Iterator[tuple[str, str]]:
    """Yield first and last names for ever: every pair once, then every pair with a number, and so on."""
    for turn in count(1):
        suffix = "" if turn == 1 else f" {turn}"
        for last, first in product(LAST_NAMES, FIRST_NAMES):
            yield first, f"{last}{suffix}"


def _customer(first: str, last: str) -> Customer:
    """Return one customer called `first` `last`."""
    email = f"{first}.{last}@portal.test".lower().replace(" ", "")
    return Customer(email, f"Pw-{secrets.token_hex(8)}", email, f"{first} {last}")
