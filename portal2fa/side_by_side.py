"""How many scenarios may be under way at once on a target: so many that none of them can disturb another.

They are under way in so many worker processes, and in so many lanes of each.
"""

from __future__ import annotations

from portal2fa.profile import Profile
from portal2fa.profile_accounts import Accounts, most_at_once
from portal2fa.profile_clock import PRELOADED

WAITING = 8
"""As many scenarios wait for the end of ten minutes together at most."""
FEW_ACCOUNTS = "each needs an account of [accounts] with a mail address of its own"
"""Why there are no more lanes than accounts."""


def lanes_on(profile: Profile, asked: int, *, workers: int = 1) -> tuple[int, str]:
    """How many of the lanes that were asked for can be had, and why not all, in words; empty where all can.

    With several `workers`, each has so many lanes; it has a part of the accounts.
    """
    if asked > 1 and (why := _only_one(profile)):
        return 1, why
    accounts = max(1, most_at_once(profile.accounts, asked * workers) // workers)
    if accounts < asked:
        return accounts, FEW_ACCOUNTS
    return asked, ""


def _only_one(profile: Profile) -> str:
    """Why only one scenario may be under way; empty where several may."""
    if profile.clock.kind in (*PRELOADED, "command"):
        # not only where a scenario says @needs.clock: whoever needs a fresh code of the app moves the clock as well
        return f'its clock, kind = "{profile.clock.kind}" in [clock], is moved for all accounts together'
    if profile.mailbox.kind == "person":
        return "a person who is asked for codes is asked for one at a time"
    return ""


def _clock_of_its_own(profile: Profile) -> bool:
    """Whether the portal that each worker starts has a clock that nobody else moves."""
    return profile.start is not None and profile.clock.kind in PRELOADED and profile.mailbox.kind != "person"


def workers_on(profile: Profile, asked: int, *, pairs: bool) -> tuple[int, str]:
    """How many of the worker processes that were asked for can be had, and why not all, in words.

    With `pairs`, there are scenarios of two people, for which every worker needs two accounts.
    """
    if asked > 1 and not _clock_of_its_own(profile) and (why := _only_one(profile)):
        return 1, why
    if asked > 1 and profile.accounts.kind == "started" and profile.mailbox.kind not in ("sink", "none"):
        return 1, "each worker starts a portal with the same accounts, and their mails come into one mailbox"
    if profile.accounts.kind != "pool":
        return asked, ""
    fitting = [number for number in range(1, asked + 1) if _enough(divided(profile.accounts, number), pairs=pairs)]
    most = max(fitting, default=1)
    needed = "two accounts" if pairs else "an account"
    why = f"each needs {needed} of [accounts] of its own, and accounts with one mail address stay together"
    return most, why if most < asked else ""


def _enough(parts: list[frozenset[str]], *, pairs: bool) -> bool:
    return all(len(part) >= (2 if pairs else 1) for part in parts)


def divided(accounts: Accounts, workers: int) -> list[frozenset[str]]:
    """The usernames of a pool in so many parts; accounts that get their mails at one address are in one part."""
    by_address: dict[str, list[str]] = {}
    for account in accounts.pool:
        by_address.setdefault(account.address, []).append(account.username)
    parts: list[list[str]] = [[] for _ in range(workers)]
    for group in sorted(by_address.values(), key=len, reverse=True):
        min(parts, key=len).extend(group)
    return [frozenset(part) for part in parts]


def patience_on(profile: Profile) -> float:
    """For how many seconds a worker may show no sign of life, which it shows with every step of a scenario.

    A step is at most some dozen actions, each of which may take the time for an answer, and one wait for a mail, for an
    account or for a command; where the end of a code's life is waited for, it takes an hour at most.
    """
    waits = 3600 if profile.clock.kind == "wait" else 0
    return 60 + 24 * profile.timing.answer + profile.mailbox.seconds + 2 * profile.accounts.seconds + waits


def waiting_on(profile: Profile, lanes: int) -> int:
    """How many scenarios may have begun at once, with those that wait for the end of a code's life."""
    return max(lanes, most_at_once(profile.accounts, WAITING)) if profile.clock.kind == "wait" else lanes
