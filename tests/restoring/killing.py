"""Killing runs without warning, and what `portal2fa restore` makes of the accounts they leave.

Each kill has an account, a state folder and a profile of its own, so that several can wait at once for the next time
step, which no code may be used twice in.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.restoring.living import Living, Owner

AT_ONCE = 6
EVERY_OTHER = int(os.environ.get("PORTAL2FA_KILL_EVERY", "3"))
"""On the products every third moment is tried, or as many as the environment says: 1 for all of them."""
METHODS = ("time_based", "email")


@dataclass(frozen=True)
class Killed:
    """What became of one account."""

    moment: str
    was_on: bool
    said: str
    status: int
    is_off: bool


def kill_and_restore(owner: Owner, method: str, moment: int) -> Killed:
    """Kill a journey at a moment, see how the account is, and put it back."""
    ended, moments = owner.walk(method, moment)
    assert ended.returncode == -signal.SIGKILL, f"{moments}\n{ended.stdout}\n{ended.stderr}"
    was_on = not owner.signs_in_with_password_alone()
    restored = owner.call("restore")
    said = restored.stdout + restored.stderr
    return Killed(f"{method} {moments}", was_on, said, restored.returncode, owner.signs_in_with_password_alone())


def moments(portal: Living, method: str) -> str:
    """The moments of an unhurt journey."""
    owner = portal.owner(f"unhurt-{method}")
    ended, found = owner.walk(method, 0)
    assert ended.returncode == 3, ended.stdout + ended.stderr  # a part of the specification proves no conformance
    assert came_to_its_end(ended.stdout), ended.stdout + ended.stderr
    assert owner.signs_in_with_password_alone()
    return found


def came_to_its_end(said: str) -> bool:
    """Whether the journey passed, but perhaps for what only a longer run can have seen."""
    return "1 passed" in said or ("was never in sight in this run" in said and ". But " not in said)


def kill_at(portal: Living, chosen: list[tuple[str, int]]) -> list[Killed]:
    """Kill and restore at each of the moments, several at once."""

    def one(at: tuple[str, int]) -> Killed:
        method, moment = at
        return kill_and_restore(portal.owner(f"{method}-{moment}"), method, moment)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, chosen))


def assert_all_are_off(found: list[Killed]) -> None:
    """No account is left on, and enough of them were on for this to mean anything."""
    for killed in found:
        assert killed.is_off, killed
        assert killed.status == 0, killed
    assert sum(killed.was_on for killed in found) >= len(found) / 6, [killed.moment for killed in found]


def assert_all_are_put_back(name: str, folder: Path, every: int = 1, *, at_least: int = 1) -> None:
    """Kill runs on the portal of a profile at every moment, or at one of `every`, and put all accounts back."""
    portal = Living(name, folder)
    try:
        found = kill_at(portal, [(how, at) for how in METHODS for at in range(1, len(moments(portal, how)) + 1, every)])
    finally:
        portal.close()
    print(f"{name}: {len(found)} kills, {sum(killed.was_on for killed in found)} left the factor on")
    assert len(found) >= at_least
    assert_all_are_off(found)
