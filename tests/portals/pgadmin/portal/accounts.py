"""Accounts of pgAdmin, which knows people by their mail address alone."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import Any

FIRST_NAMES = ("ana", "ben", "carla", "daniel", "emma", "farid", "grace", "hugo", "ines", "jonas", "katya", "liam")


@dataclass(frozen=True, slots=True)
class Person:
    """What a tester must know about one account; `name` is what the name menu shows."""

    username: str
    password: str
    email: str
    name: str

    def as_json(self) -> dict[str, str]:
        """Return the account as it is told to whoever started the portal."""
        return asdict(self)


def invent_people(number: int) -> list[Person]:
    """Return `number` people with addresses that differ, none contained in another, and random passwords."""
    return [_person(f"{FIRST_NAMES[index % len(FIRST_NAMES)]}-{index:04}@portal.test") for index in range(number)]


def store_people(people: list[Person], application: Any) -> None:
    """Create the people as ordinary users of a configured pgAdmin, through the function behind its own command line.

    Raises `SystemExit` with pgAdmin's words when it refuses one.
    """
    from pgadmin.model import Role  # noqa: PLC0415 -- needs a configured pgAdmin
    from pgadmin.tools.user_management import create_user  # noqa: PLC0415 -- needs a configured pgAdmin

    with application.test_request_context():
        role = Role.query.filter_by(name="User").one().id
        for person in people:
            created, complaint = create_user(_described(person, role))
            if not created:
                raise SystemExit(f"pgAdmin did not take the account {person.email}: {complaint}")


def _described(person: Person, role: int) -> dict[str, Any]:
    """Return the account in pgAdmin's terms."""
    password = person.password
    return {"email": person.email, "role": role, "active": True, "newPassword": password, "confirmPassword": password}


def _person(email: str) -> Person:
    """Return one person with that address."""
    return Person(email, f"Pw-{secrets.token_hex(8)}", email, email)
