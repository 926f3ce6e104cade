"""The `[accounts]` table of a profile: whose accounts a run uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from portal2fa.origins import authority, is_here
from portal2fa.profile_entry import Entry, wrong

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""


class Account(Entry):
    """An account that the tester owns; `$NAME` reads a value from the environment."""

    username: str = Field(min_length=1)
    """What is typed at sign-in."""
    password: str = Field(repr=False)
    """The password."""
    email: str = ""
    """Where its mails go; the username where it is empty."""
    name: str = ""
    """The name as the portal shows it to the signed-in customer."""

    @property
    def address(self) -> str:
        """The mail address, in the one case in which addresses are compared."""
        return (self.email or self.username).lower()

    def is_named_in(self, text: str) -> bool:
        """Whether the name stands in a text as words of its own: "Ana" not in "Analytics", and no name nowhere.

        Where a script puts no spaces between words, what adjoins the name does not count.
        """
        return bool(self.name.strip()) and self._named.search(text) is not None

    def named_beside(self, other: Account, text: str) -> bool:
        """Whether the name stands in a text elsewhere than in a longer one of another's: no "Ana" in "Ana Lim"."""
        longer = len(other.name.strip()) > len(self.name.strip()) and self.is_named_in(other.name)
        return self.is_named_in(other._named.sub("", text) if longer else text)

    @property
    def _named(self) -> re.Pattern[str]:
        letter = rf"[^\W{_UNSPACED}]"
        return re.compile(rf"(?<!{letter}){re.escape(self.name.strip())}(?!{letter})")


class Accounts(Entry):
    """Where accounts come from: the portal's control endpoint, its start line, a pool, or a command of the tester's.

    `make` prints one JSON line with username, password, email and name; `remove` is called with `{username}` when the
    run ends.  `{python}`, `{root}` and `{here}` (the profile's folder) may stand in each of the commands.
    """

    kind: Literal["control", "started", "pool", "command"]
    """`control`: a fresh account for every actor; `started`: those of the start line, each used once; `pool`: your
    own, put back after each scenario; `command`: fresh ones that a program of yours makes.
    """
    pool: tuple[Account, ...] = ()
    """The accounts of `kind = "pool"`, at least one; two or more for scenarios with `@needs.two-accounts`."""
    make: tuple[str, ...] = ()
    """Program and arguments that print one JSON line with username, password, email and name."""
    remove: tuple[str, ...] = ()
    """Program and arguments, one of them with `{username}`, called for each account when the run ends; without it the
    accounts stay, and are put back after each scenario.
    """
    password: tuple[str, ...] = ()
    """Program and arguments, one of them with `{username}`, that print the password of an account that was made:
    `portal2fa restore` switches its factor off with it after a run that was killed.
    """
    seconds: int = Field(default=60, ge=1, le=900)
    """How long each of these programs may take for one account."""

    @model_validator(mode="after")
    def _pool_where_needed(self) -> Accounts:
        if (self.kind == "pool") != bool(self.pool):
            remedy = "list at least one account" if self.kind == "pool" else 'remove it, or write kind = "pool"'
            raise wrong("'pool' lists accounts, and goes with kind = \"pool\"", remedy, at="pool")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> Accounts:
        names = [account.username for account in self.pool]
        if twice := {name for name in names if names.count(name) > 1}:
            raise wrong(f"lists {min(twice)} twice, and an account is one person's at a time", "remove one", at="pool")
        return self

    @model_validator(mode="after")
    def _commands_where_needed(self) -> Accounts:
        if (self.kind == "command") != bool(self.make):
            remedy = "name the program" if self.kind == "command" else 'remove it, or write kind = "command"'
            raise wrong("'make' is a program with its arguments, and goes with kind = \"command\"", remedy, at="make")
        for name in ("remove", "password", "seconds"):
            if name in self.model_fields_set and self.kind != "command":
                raise wrong(f'goes with kind = "command", not with "{self.kind}"', "remove it", at=name)
        for name, command in (("remove", self.remove), ("password", self.password)):
            if command and not any("{username}" in part for part in command):
                raise wrong("does not say which account is meant", "put {username} into one of its arguments", at=name)
        return self

    def entry(self, username: str, key: str) -> str:
        """How a value of an account is called as an entry of the profile: `accounts.pool[0].password`."""
        numbers = (number for number, account in enumerate(self.pool) if account.username == username)
        number = next(numbers, None)
        return f"accounts.{key}" if number is None else f"accounts.pool[{number}].{key}"

    def outlive_the_run(self, *, started: bool) -> bool:
        """Whether somebody may use an account again that a run had, of a portal that the run `started` or found."""
        return self.kind == "pool" or (self.kind == "command" and not self.remove and not started)

    @property
    def at_least_two(self) -> bool:
        """Whether two people can be in one scenario."""
        return self.kind != "pool" or len(self.pool) > 1


def most_at_once(accounts: Accounts, otherwise: int) -> int:
    """How many scenarios can run side by side, each with an account and a mail address of its own."""
    if accounts.kind != "pool":
        return otherwise
    return min(otherwise, len({account.address for account in accounts.pool}))


def literal_passwords(raw_table: Mapping[str, Any]) -> list[str]:
    """The key paths of pool passwords that stand in the profile itself instead of coming from the environment.

    `raw_table` is the profile with its base, before `$NAME` is replaced.  A portal on this machine may have them:
    they open nothing elsewhere.
    """
    if "start" in raw_table or is_here(authority(str(raw_table.get("url", "")))):
        return []
    accounts = raw_table.get("accounts")
    pool = accounts.get("pool") if isinstance(accounts, Mapping) else None
    return [
        f"accounts.pool[{number}].password"
        for number, account in enumerate(pool if isinstance(pool, list | tuple) else [])
        if isinstance(account, Mapping) and not _from_environment(account.get("password", "$MISSING"))
    ]


def _from_environment(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\$[A-Z][A-Z0-9_]*", value) is not None
