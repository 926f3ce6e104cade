"""Customers: who they are, and what time it is for each of them."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

import aiosqlite

from reference_server.store import change, fetch


@dataclass(frozen=True, slots=True)
class Account:
    """One customer: signs in with the email address, and is known by the first one that there was."""

    username: str
    """The address with which the account was opened: it names the account and never changes."""
    email: str
    """The present address: what is typed at sign-in, and where mails go."""
    name: str
    password_hash: str
    clock_offset: float
    clock_frozen: float | None
    mail_failing: bool

    def time(self, wall: float) -> float:
        """Return the time on this account's own clock while the wall clock shows `wall`."""
        return self.clock_frozen if self.clock_frozen is not None else wall + self.clock_offset

    @property
    def first_name(self) -> str:
        """The first word of the name, for a greeting."""
        return self.name.split(maxsplit=1)[0]

    @property
    def masked_email(self) -> str:
        """The address with most of its local part hidden, for pages seen before the second factor is given."""
        local, _, domain = self.email.partition("@")
        return f"{local[:2]}{'•' * 6}@{domain}"


def normalise(email: str) -> str:
    """Return the form in which an address is stored and looked up."""
    return email.strip().lower()


async def find(db: aiosqlite.Connection, username: str) -> Account | None:
    """Return the account that is known by a user name, or None."""
    row = await fetch(db, "SELECT * FROM accounts WHERE username = ?", normalise(username))
    return _account(row) if row else None


async def find_by_address(db: aiosqlite.Connection, email: str) -> Account | None:
    """Return the account whose present address this is, or None."""
    row = await fetch(db, "SELECT * FROM accounts WHERE email = ?", normalise(email))
    return _account(row) if row else None


async def add(db: aiosqlite.Connection, name: str, password_hash: str, username: str | None = None) -> Account:
    """Open an account; without a `username` it gets a fresh address that nobody else has."""
    address = username or f"{secrets.token_hex(6)}@customers.example"
    sql = "INSERT INTO accounts (username, email, name, password_hash) VALUES (?, ?, ?, ?)"
    await change(db, sql, address, address, name, password_hash)
    return Account(address, address, name, password_hash, 0.0, None, False)


async def remove(db: aiosqlite.Connection, username: str) -> None:
    """Close an account for good, with all that belongs to it."""
    await change(db, "DELETE FROM accounts WHERE username = ?", username)


async def set_password(db: aiosqlite.Connection, username: str, password_hash: str) -> None:
    """Replace the password of an account."""
    await change(db, "UPDATE accounts SET password_hash = ? WHERE username = ?", password_hash, username)


async def set_email(db: aiosqlite.Connection, username: str, email: str) -> None:
    """Replace the address of an account; raises sqlite3.IntegrityError when it is somebody else's."""
    await change(db, "UPDATE accounts SET email = ? WHERE username = ?", normalise(email), username)


async def set_clock(db: aiosqlite.Connection, username: str, offset: float, frozen: float | None) -> None:
    """Move one account's clock `offset` seconds from the wall clock, or stop it at `frozen`."""
    sql = "UPDATE accounts SET clock_offset = ?, clock_frozen = ? WHERE username = ?"
    await change(db, sql, offset, frozen, username)


async def set_mail_failing(db: aiosqlite.Connection, username: str, *, failing: bool) -> None:
    """Make mail to one account fail as if its server refused, or work again."""
    await change(db, "UPDATE accounts SET mail_failing = ? WHERE username = ?", int(failing), username)


def _account(row: sqlite3.Row) -> Account:
    return Account(
        username=row["username"],
        email=row["email"],
        name=row["name"],
        password_hash=row["password_hash"],
        clock_offset=row["clock_offset"],
        clock_frozen=row["clock_frozen"],
        mail_failing=bool(row["mail_failing"]),
    )
