"""Giving up what the journal holds of an account: which entries are meant, and what is lost with them.

For portals that are gone for good: there nothing can be put back any more, and the entry would be told of for ever.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal2fa.errors import UsageError
from portal2fa.journal import Entry, Journal, lasting_name
from portal2fa.leases import Leases


def id_of(entry: Entry) -> str:
    """Eight hexadecimal digits that tell an entry from all others, the same whenever it is asked for."""
    return lasting_name(entry.target, entry.url, entry.username).rpartition("-")[2][:8]


def chosen(names: Sequence[str], entries: Sequence[Entry]) -> list[Entry]:
    """The entries that are meant by ids or usernames, each once; raises `UsageError` for what is not one of them."""
    found = [_meant(name, entries) for name in names]
    return list(dict.fromkeys(found))


def given_up(entry: Entry) -> str:
    """What is lost with an entry; no secret is in it."""
    state = "may be on" if entry.phase == "started" else "is likely on: a code of its set-up was accepted"
    kept = "" if entry.methods else "it was made for the run, and nothing was switched on. It is not removed."
    held = f"{_counted(len(entry.key_uris), 'secret')}, {_counted(len(entry.backup_codes), 'backup code')}"
    return (
        f"{entry.username} at {entry.url or entry.profile} ({id_of(entry)}):\n"
        f"  {kept or f'its second factor {state}. It is not switched off.'}\n"
        f"  deleted for good: all that is known of it ({held}); portal2fa cannot put the account back any more."
    )


def forget(
    journal: Journal, entries: Iterable[Entry], environment: Mapping[str, str] = os.environ
) -> Iterator[tuple[Entry, str]]:
    """Take entries out of the journal: each, and why it stays, which is empty for one that is gone."""
    leases = Leases(environment)
    try:
        for entry in entries:
            why = _kept(journal, entry, leases)
            if not why:
                journal.remove(entry)
            yield entry, why
    finally:
        leases.close()


def _kept(journal: Journal, entry: Entry, leases: Leases) -> str:
    if not leases.take(entry.url, entry.username):
        return "a run is using it"
    if journal.find(entry.target, entry.url, entry.username) not in (entry, None):  # None: it was put back meanwhile
        return "a run has used it in the meantime; look at it again"
    return ""


def _meant(name: str, entries: Sequence[Entry]) -> Entry:
    found = [entry for entry in entries if name in {entry.username, id_of(entry)}]
    if not found:
        raise _unknown(name, entries)
    if len(found) > 1:
        raise UsageError(
            f"The journal has {len(found)} accounts called '{name}'.",
            cause=", ".join(f"{id_of(entry)} at {entry.url or entry.profile}" for entry in found),
            hint="name the one that is meant by its id",
        )
    return found[0]


def _unknown(name: str, entries: Sequence[Entry]) -> UsageError:
    known = sorted(f"{entry.username} ({id_of(entry)})" for entry in entries)
    near = difflib.get_close_matches(name, [entry.username for entry in entries], 1)
    return UsageError(
        f"The journal has no account '{name}'.",
        cause=f"it has {', '.join(known)}" if known else "it has none, or none of this target",
        hint=f"did you mean '{near[0]}'?" if near else "portal2fa restore --list tells all, with their ids",
    )


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
