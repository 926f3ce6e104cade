"""How many scenarios may be under way at once on a target: so many that none of them can disturb another."""

from __future__ import annotations

from portal2fa.profile import Profile
from portal2fa.profile_accounts import most_at_once
from portal2fa.profile_clock import PRELOADED

WAITING = 8
"""As many scenarios wait for the end of ten minutes together at most."""


def lanes_on(profile: Profile, asked: int) -> tuple[int, str]:
    """How many of the lanes that were asked for can be had, and why not all, in words; empty where all can."""
    if asked > 1 and profile.clock.kind in (*PRELOADED, "command"):
        # not only where a scenario says @needs.clock: whoever needs a fresh code of the app moves the clock as well
        return 1, f'its clock, kind = "{profile.clock.kind}" in [clock], is moved for all accounts together'
    if asked > 1 and profile.mailbox.kind == "person":
        return 1, "a person who is asked for codes is asked for one at a time"
    accounts = most_at_once(profile.accounts, asked)
    if accounts < asked:
        return accounts, "each needs an account of [accounts] with a mail address of its own"
    return asked, ""


def waiting_on(profile: Profile, lanes: int) -> int:
    """How many scenarios may have begun at once, with those that wait for the end of a code's life."""
    return max(lanes, most_at_once(profile.accounts, WAITING)) if profile.clock.kind == "wait" else lanes
