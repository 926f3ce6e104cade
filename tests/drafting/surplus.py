"""What a draft says beyond the profile that people wrote: entry by entry, whether it is right on the live pages.

Nobody wrote down what is right here, so the pages decide, by rules that a lucky guess does not keep:

1. A notice or path that the written profile tells of each method by itself, or of both at once, is held to those: it
   has to be the same way, or to come at the same moments.
2. Any other notice has to come and go: it is in sight at some stage of the walk, and not at all of them; one that
   answers a deed is in sight whenever that was done, and never before.
3. A control is right where the written profile has the very same one under another name; else it has to be the only
   thing that it finds, at some stage of the walk.
4. A path is right where all that it uses is, and it does something; a place, where the written profile has it
   anywhere among its places.

What is wrong by these rules and offered as sure is an objection; what could not be seen to be right is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal2fa.profile import METHODS
from tests.drafting.comparing import MOMENTS, Comparison, Entry

_BEFORE_ALL = ("front", "sign-in", "client area", "menu")
"""Stages at which nothing was answered yet."""
_OF_EACH = ("turned_off", "turn_off")
"""What a profile may tell of each method by itself instead."""


def surplus(compared: Comparison) -> dict[Entry, bool]:
    """Whether each entry is right that the draft has and the written profile has not."""
    judges: dict[str, Callable[[Comparison, str], bool]] = {
        "places": _is_place,
        "controls": _is_control,
        "notices": _is_notice,
        "paths": _is_path,
    }
    return {(table, name): judge(compared, name) for table, judge in judges.items() for name in _only(compared, table)}


def _only(compared: Comparison, table: str) -> Iterator[str]:
    return (name for name in getattr(compared.drafted, table) if name not in getattr(compared.written, table))


def counterparts(compared: Comparison, table: str, name: str) -> list[str]:
    """The written entries that tell the same of one method, or of all."""
    for whole in _OF_EACH:
        each = [f"{whole}_{method}" for method in METHODS]
        if name == whole or name in each:
            others = each if name == whole else [whole]
            return [other for other in others if other in getattr(compared.written, table)]
    return []


def _is_place(compared: Comparison, name: str) -> bool:
    told = [[place] if isinstance(place, str) else list(place) for place in compared.written.places.values()]
    drafted = compared.drafted.places[name]
    listed = {drafted} if isinstance(drafted, str) else set(drafted)
    return listed <= {place for places in told for place in places}


def _is_control(compared: Comparison, name: str) -> bool:
    if any(compared.meets(other, name) for other in compared.written.controls):
        return True
    return any(len(found) == 1 for found in compared.sights("drafted", "controls", name).values())


def _is_notice(compared: Comparison, name: str) -> bool:
    sights = compared.sights("drafted", "notices", name)
    held_to = counterparts(compared, "notices", name)
    if held_to:
        return all(_comes_with(compared, name, other) for other in held_to)
    if name in MOMENTS:
        then = [bool(found) for stage, found in sights.items() if stage in MOMENTS[name]]
        return bool(then) and all(then) and not any(sights.get(stage) for stage in _BEFORE_ALL)
    return any(sights.values()) and not all(sights.values())


def _comes_with(compared: Comparison, name: str, other: str) -> bool:
    """Whether a notice is in sight at the moments of a written one, and at one of them at least."""
    ours, theirs = compared.sights("drafted", "notices", name), compared.sights("written", "notices", other)
    then = [stage for stage in theirs if stage in MOMENTS.get(other, MOMENTS.get(name, ()))]
    return any(theirs[stage] for stage in then) and all(bool(ours.get(s)) == bool(theirs[s]) for s in then)


def _is_path(compared: Comparison, name: str) -> bool:
    held_to = counterparts(compared, "paths", name)
    if held_to:
        return all(compared.same_way(other, name) for other in held_to)
    used = [action.control for action in compared.drafted.paths[name] if action.control]
    return bool(used) and all(_is_right(compared, control) for control in used)


def _is_right(compared: Comparison, control: str) -> bool:
    """Whether a control that a path uses is right: by the written one of this name, else by itself."""
    if control in compared.written.controls:
        return compared.meets(control, control)
    return _is_control(compared, control)
