"""Which entry of a profile a problem points at: what is told of it, and what was seen around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from portal2fa.profile import Profile

_ENTRY = re.compile(
    r"\b(?:controls|notices|paths|places|mailbox|backup_codes|manual_key|timing|accounts|clock|wrong_code)"
    r"\.[a-z_]+(?:\[\d+\])?"
)


def named(*texts: str) -> tuple[str, ...]:
    """The entries of a profile that texts name, in order and each once."""
    return tuple(dict.fromkeys(found for text in texts for found in _ENTRY.findall(text)))


def of_path(profile: Profile, path: str) -> tuple[str, ...]:
    """A path and the controls by which it goes, as entries."""
    controls = dict.fromkeys(action.control for action in profile.paths.get(path, ()) if action.control)
    return (f"paths.{path}", *(f"controls.{control}" for control in controls))


def in_order(
    entries: Sequence[str], *, goal: str, led_on: bool, strange: Collection[str], right: Collection[str]
) -> tuple[str, ...]:
    """The entries that may be wrong, the likeliest first.

    `goal` is the notice that did not come, empty where none was looked for; `led_on` says that what comes after it is
    in sight, so that only the notice can be wrong; `strange` are entries that something is odd about; `right` are those
    that were proven before.
    """

    def unlikely(entry: str) -> tuple[bool, bool, int]:
        first = entry == goal if led_on else entry in strange
        return (not first, entry in right or (entry == goal and not led_on), entries.index(entry))

    return tuple(sorted(dict.fromkeys(entries), key=unlikely))


def deed_with(profile: Profile, control: str) -> str:
    """What the paths do with a control: `press`, `fill` …; empty where none uses it."""
    actions = (action for path in profile.paths.values() for action in path)
    return next((action.deed for action in actions if action.control == control and action.deed != "see"), "")
