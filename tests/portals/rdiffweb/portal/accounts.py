"""Customers of the test portal, each with a user name, address and password of their own."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from itertools import count, islice, product

FIRST_NAMES = ("Ana", "Ben", "Carla", "Daniel", "Emma", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Katya", "Liam")
LAST_NAMES = ("Abel", "Berg", "Costa", "Duarte", "Evans", "Fontaine", "Greco", "Holm", "Ito", "Jensen")


@dataclass(frozen=True, slots=True)
class Customer:
    """What a tester must know about one account; `name` is what the menu shows, which here is the user name."""

    username: str
    password: str
    email: str
    name: str

    def as_json(self) -> dict[str, str]:
        """Return the account as it is told to whoever started the portal."""
        return asdict(self)


def invent_customers(number: int) -> list[Customer]:
    """Return `number` customers with pairwise different user names, addresses and random passwords."""
    turns = ((turn, last, first) for turn in count(1) for last, first in product(LAST_NAMES, FIRST_NAMES))
    return [_customer(first, last, turn) for turn, last, first in islice(turns, number)]


def store_customers(customers: list[Customer]) -> None:
    """Write the customers into the portal's database; its engine must be running."""
    from argon2 import PasswordHasher  # noqa: PLC0415 -- only in the environment of the portal
    from rdiffweb.core.model import UserObject  # noqa: PLC0415 -- needs the portal's plug-ins

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # random passwords need no slow hash
    for customer in customers:
        user = UserObject.add_user(customer.username, email=customer.email)
        user.hash_password = hasher.hash(customer.password)
    UserObject.session.commit()


def _customer(first: str, last: str, turn: int) -> Customer:
    """Return the customer `first` `last`, with a number from the second turn on."""
    username = f"{first}.{last}{turn if turn > 1 else ''}".lower()
    return Customer(username, f"Pw-{secrets.token_hex(8)}", f"{username}@portal.test", username)
