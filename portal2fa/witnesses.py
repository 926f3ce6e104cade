"""Absence proves something only where presence was seen.

"The portal does not show it" may mean that the portal lacks it, or that the profile points at nothing.  The two are
told apart by the run as a whole: an entry of the profile that some scenario had in sight is right, so its absence
elsewhere counts; of one that was never in sight nothing can be told, whether a scenario failed for want of it or passed
because it was away.

The same holds for paths and places, which may lead elsewhere than they have to: a path is right once its goal was
reached, a place once a path that began there led on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from portal2fa.outcomes import Outcome, RestsOn, ScenarioResult
from portal2fa.profile import Profile
from portal2fa.profile_names import TABLES

WALKED = "on the way to "
"""How a scenario notes that it took a path or went to a place: before what it has to find there, among what its outcome
rests on.
"""

OVERLAID = "screens."
"""How entries begin that hold in narrow windows: that another is in sight in wide ones says nothing of them."""

GOALS = frozenset(
    {
        "client_area",
        "sign_in",
        "open_menu",
        "security_settings",
        "two_factor",
        "enable",
        "set_up_demanded",
        "choose_time_based",
        "choose_email",
        "start_time_based",
        "start_email",
        "confirm_time_based",
        "confirm_email",
        "sign_in_time_based",
        "sign_in_email",
        "sign_in_backup_code",
        "resend",
        "show_backup_code",
        "turn_off",
        "turn_off_time_based",
        "turn_off_email",
        "ask_for_new_password",
        "choose_new_password",
        "change_address",
        "confirm_address",
    }
)
"""The paths whose goal is noted when it is reached."""


def way(profile: Profile, path: str) -> str:
    """A path with all the controls by which it goes, as entries of the profile."""
    used = dict.fromkeys(action.control for action in profile.paths.get(path, ()) if action.control)
    by = f" by {', '.join(f'controls.{control}' for control in used)}" if used else ""
    return f"paths.{path}{by}"


def goal(profile: Profile, path: str) -> str:
    """How a run calls the goal of a path."""
    return _GOAL + way(profile, path)


_GOAL = "the goal of "


def at(place: str) -> str:
    """How a run calls what has to be at a place."""
    return f"what belongs at places.{place}"


def apart(notice: str, other: str) -> str:
    """How a run calls the proof that a notice is not simply always in sight: it was away where its opposite held."""
    return f"notices.{notice}{_AWAY}notices.{other} holds"


_AWAY = " out of sight where "


def behind(control: str, notice: str) -> str:
    """How a run calls what a control leads to."""
    return f"notices.{notice} behind controls.{control}"


def settled(result: ScenarioResult, seen: Collection[str]) -> ScenarioResult:
    """The result in the light of what the run has seen so far; to be asked again when it has seen more."""
    rests_on = result.rests_on
    if rests_on is None:
        return result
    if rests_on.outcome is Outcome.FAILED:
        unseen = [entry for entry in rests_on.missing if entry not in seen]
        unseen += _wrong_places(rests_on, seen) if rests_on.missing else []
    elif rests_on.outcome is Outcome.PASSED:
        unseen = sorted(entry for entry in rests_on.absent if entry not in seen and not entry.startswith(WALKED))
    elif rests_on.outcome is Outcome.CANT_TELL:
        return _with_ways(result, rests_on, seen)
    else:
        return result
    if not unseen:
        return replace(result, outcome=rests_on.outcome, reason=rests_on.reason)
    before = f"{rests_on.reason}. But " if rests_on.reason else ""
    astray = _astray(rests_on, seen, told=unseen) if rests_on.outcome is Outcome.FAILED else ""
    reason = f"{before}{_never_in_sight(unseen)}{astray}"
    return replace(result, outcome=Outcome.CANT_TELL, reason=reason)


def is_open(result: ScenarioResult) -> bool:
    """Whether a scenario passed but for what nobody has seen yet, which a later one of the run may still see."""
    passed = result.rests_on is not None and result.rests_on.outcome is Outcome.PASSED
    return passed and result.outcome is Outcome.CANT_TELL


def _wrong_places(rests_on: RestsOn, seen: Collection[str]) -> list[str]:
    """Places that were opened and never led on, and what only narrow windows are told of and never had in sight."""
    doubtful = (WALKED + at(""), WALKED + OVERLAID)
    opened = sorted(entry.removeprefix(WALKED) for entry in rests_on.absent if entry.startswith(doubtful))
    return [place for place in opened if place not in seen]


def _never_in_sight(unseen: Collection[str]) -> str:
    """What to say of entries that nobody saw, with the capability that declares that they are there."""
    if untold := [entry for entry in unseen if _AWAY in entry]:
        return f"this run never saw {' nor '.join(untold)}, so it may be in sight whatever holds; check the profile"
    named = " and ".join(unseen)
    declared = dict.fromkeys(capability for entry in unseen if (capability := declaring(entry)))
    also = f", and {' and '.join(f'capabilities.{name}' for name in declared)}" if declared else ""
    return f"{named} was never in sight in this run, so nothing can be told from its absence; check the profile{also}"


def declaring(entry: str) -> str:
    """The capability by which a profile declares that the portal has an entry; empty where none does."""
    table, _, name = entry.partition(" ")[0].partition(".")
    known = TABLES.get(table, {}).get(name)
    return known.capability if known is not None else ""


def _with_ways(result: ScenarioResult, rests_on: RestsOn, seen: Collection[str]) -> ScenarioResult:
    """Where nothing can be told, paths and places that never led on may be why, so they are named; else the portal."""
    return replace(result, reason=rests_on.reason + (_astray(rests_on, seen) or _in_sight_elsewhere(rests_on, seen)))


def _in_sight_elsewhere(rests_on: RestsOn, seen: Collection[str]) -> str:
    """A hint away from the profile, where all that was waited for in vain was in sight at some time of the run."""
    if not rests_on.missing or any(entry not in seen for entry in rests_on.missing):
        return ""
    were = "was" if len(rests_on.missing) == 1 else "were"
    return (
        f"\n  the profile is likely right: {' and '.join(rests_on.missing)} {were} "
        "in sight at another time of this run, so here the portal was slow, or in another state"
    )


def _astray(rests_on: RestsOn, seen: Collection[str], told: Collection[str] = ()) -> str:
    """A hint at the paths that were taken and the places that were opened without ever leading on."""
    walked = (entry.removeprefix(WALKED) for entry in rests_on.absent if entry.startswith(WALKED))
    astray = sorted(way for way in walked if way not in seen and way not in told)
    if not astray:
        return ""
    declared = dict.fromkeys(declaring(way.removeprefix(_GOAL)) for way in astray)
    also = "".join(f"; if the portal has none, capabilities.{name} is wrong" for name in declared if name)
    return f"\n  check the profile: this run never saw {' nor '.join(astray)}{also}"
