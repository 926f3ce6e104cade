"""Customers of the test portal, each with a name, user name, address and password of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product

from passlib.hash import sha512_crypt

FIRST_NAMES = ("Ana", "Ben", "Carla", "Daniel", "Emma", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Katya", "Liam")
LAST_NAMES = ("Abel", "Berg", "Costa", "Duarte", "Evans", "Fontaine", "Greco", "Holm", "Ito", "Jensen")

REALM = "portal"
"""What the product calls the set of all customers."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One account: what a tester must know about it, and the full name, which the portal's pages do not show."""

    username: str
    password: str
    email: str
    full_name: str

    def as_json(self) -> dict[str, str]:
        """Return the account as it is told to whoever started the portal."""
        told = {"username": self.username, "password": self.password, "email": self.email}
        return {**told, "name": f"{self.username} @ {REALM}"}  # as the pages call whoever is signed in

    def as_passwd_line(self, number: int) -> str:
        """Return the customer's line of a passwd file, with the password hashed in the cheapest valid way."""
        hashed = sha512_crypt.using(rounds=1000).hash(self.password)
        described = f"{self.full_name},,,,{self.email}"  # name, room, two telephones, mail address
        return f"{self.username}:{hashed}:{number}:{number}:{described}:/home/{self.username}:/bin/false"


def invent_customers(number: int) -> list[Customer]:
    """Return `number` customers with pairwise different names, user names, addresses and random passwords."""
    names = _names()
    return [_customer(*next(names)) for _ in range(number)]


def passwd_file(customers: list[Customer]) -> str:
    """Return the text of a passwd file with all customers, numbered from 1000."""
    return "".join(customer.as_passwd_line(number) + "\n" for number, customer in enumerate(customers, start=1000))


def _names() -> Iterator[tuple[str, str]]:
    """Yield first and last names for ever: every pair once, then every pair with a number, and so on."""
    for turn in count(1):
        suffix = "" if turn == 1 else f" {turn}"
        for last, first in product(LAST_NAMES, FIRST_NAMES):
            yield first, f"{last}{suffix}"


def _customer(first: str, last: str) -> Customer:
    """Return one customer called `first` `last`."""
    username = f"{first}.{last}".lower().replace(" ", "")
    return Customer(username, f"Pw-{secrets.token_hex(8)}", f"{username}@portal.test", f"{first} {last}")
