"""Which accounts a run that was stopped left changed, and the way to put them back: target by target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal2fa.journal import Entry
from portal2fa.profile_files import Target, load_target
from portal2fa.session import Session
from portal2fa.suite import load_part


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of one account."""

    username: str
    problem: str = ""
    """Why it is not as it should be; empty where it is."""
    how: str = "put back as it was"
    picture: bytes = b""
    """The window as it was when nothing went on, as PNG; empty where there was none."""
    done: tuple[str, ...] = ()
    """What was done until then, in a person's words and in order."""


Tell = Callable[[str, str], None]
"""Is told of an account what is being done with it."""
PutBack = Callable[[Session, Tell], Iterator[Restored]]
"""Puts back every account of a target that the journal names, and removes those that were made for the run."""

_NOT_LISTED = "the profile does not list this account any more; add it, or --target names another"
_NO_COMMAND = (
    "it was made for the run, and its password is not in the journal; let 'remove' in [accounts] of the profile name "
    "a command that removes it, or 'password' one that prints its password"
)


@dataclass(frozen=True, slots=True)
class Group:
    """The open entries of one target."""

    given: str
    """The address or the profile that the run was asked for."""
    locale: str
    entries: tuple[Entry, ...]

    def load(self, root: Path, environment: Mapping[str, str]) -> Target:
        """The target as the profile describes it today; raises `UsageError` or `ProfileError`."""
        return load_target(self.given, root, environment, locale=self.locale)


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """The entries by target, in the order of the runs."""
    kinds: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        kinds.setdefault((entry.profile, entry.locale), []).append(entry)
    return [Group(given, locale, tuple(found)) for (given, locale), found in kinds.items()]


def of_target(entries: Iterable[Entry], target: Target) -> list[Entry]:
    """The entries that belong to a target, wherever its profile lies by now."""
    return [entry for entry in entries if (entry.target, entry.url) == (target.profile.name, target.profile.url)]


def missing(group: Group, target: Target) -> dict[str, str]:
    """The usernames with which nothing can be done by the profile as it is today, and why."""
    accounts, here = target.profile.accounts, of_target(group.entries, target)
    listed = {account.username for account in accounts.pool}
    commands = accounts.kind == "command" and bool(accounts.remove or accounts.password)
    reached = {entry.username for entry in here if entry.username in listed or (entry.made and commands)}
    made = {entry.username for entry in here if entry.made and accounts.kind == "command"}
    return {
        entry.username: _NO_COMMAND if entry.username in made else _NOT_LISTED
        for entry in group.entries
        if entry.username not in reached
    }


def load_suite(root: Path) -> PutBack:
    """The suite's way of putting accounts back."""
    found: PutBack = load_part(root, "steps.tasks.restoring").put_back_all
    return found
