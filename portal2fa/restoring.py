"""Which accounts a run that was stopped left changed, and the way to put them back: target by target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal2fa.journal import Entry
from portal2fa.profile_files import Target, load_target
from portal2fa.session import Session
from portal2fa.suite import load_part

PutBack = Callable[[Session], Iterator[tuple[str, str]]]
"""Puts back every account of a target that the journal names: the username, and what went wrong or nothing."""


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


def missing(group: Group, target: Target) -> list[str]:
    """Usernames that the profile does not list any more, or not at this address."""
    listed = {account.username for account in target.profile.accounts.pool}
    known = {entry.username for entry in of_target(group.entries, target)} & listed
    return [entry.username for entry in group.entries if entry.username not in known]


def load_suite(root: Path) -> PutBack:
    """The suite's way of putting accounts back."""
    found: PutBack = load_part(root, "steps.tasks.restoring").put_back_all
    return found
