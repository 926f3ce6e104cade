"""A draft beside the profile that people wrote: entry by entry, by what both find on the live pages.

An entry of the draft is right where it does the same, however it is spelled:

1. A control points at the same elements in the same states; one that is only used on ways, at the same wherever
   people's is in sight, as nobody looks for it elsewhere.  The heading that stands for the two-factor settings, where
   they are the security settings, is looked for there alone.  What codes are read from is right where the same codes
   are read in the same states.
2. A path does the same deeds to the same controls.  A deed that people made optional may be certain: the draft did it
   wherever it is on a way.  What is pressed in narrow windows only is left out on both sides: its control is judged.
3. A place is the same place: its address is the same, or shows the same page.
4. A text may be found by the element itself or by one right around it that says the same and no more, as a button
   around its label.  A notice that tells a state, such as that sign-in is asked for, may tell it by something else that
   comes and goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import tomlkit

from fixtures.actor import Actor
from fixtures.locating import find_any
from portal2fa.profile import Capabilities, Path, Profile
from portal2fa.profile_locator import Action, Locator
from portal2fa.profile_names import CONTROLS
from steps.tasks.drafting import seeing
from tests.drafting.stages import NARROW

_PATHS = """(all) => all.map((e) => {
    const says = (node) => (node.innerText || '').trim();
    let here = e.closest('label')?.control || e;
    while (says(here) && here.parentElement && says(here.parentElement) === says(here)) here = here.parentElement;
    const parts = [];
    for (; here && here.parentNode; here = here.parentNode)
        parts.unshift([...here.parentNode.childNodes].indexOf(here));
    return parts.join('/');
})"""
"""What stands for an element: its field, if it is a label, else the outermost one that says the same; as a path."""
MOMENTS = {
    "sign_in_refused": ("wrong password",),
    "announced_on": ("announced, time_based", "announced, email"),
    "time_based_started": ("set-up, time_based",),
    "time_based_refused": ("refused, time_based",),
    "time_based_asked": ("asked, time_based",),
    "time_based_sign_in_refused": ("refused at sign-in, time_based",),
    "email_started": ("set-up, email",),
    "email_refused": ("refused, email",),
    "email_asked": ("asked, email",),
    "email_sign_in_refused": ("refused at sign-in, email",),
    "backup_code_refused": ("backup code refused, time_based", "backup code refused, email"),
    "safe_advice": ("backup code, time_based", "backup code, email"),
    "turned_off": ("turned off, time_based", "turned off, email"),
    "turned_off_time_based": ("turned off, time_based",),
    "turned_off_email": ("turned off, email",),
    "turn_off_refused": ("not turned off, time_based", "not turned off, email"),
}
"""When a notice has to be in sight that answers a deed; the others tell a state, and have to agree everywhere."""
ANSWERS = frozenset(name for name in MOMENTS if not name.endswith(("_started", "_asked")))
"""Notices whose words are quoted: they have to be the same words."""
_REST_SECONDS = 8.0
"""How long a page may go on changing before both profiles look at it: they have to see the same page."""
_BEFORE = ("off", "choice", "set-up")
"""The stages at which it is asked whether a set-up has begun."""
_USES = ("press", "fill", "choose", "untick", "select", "see", "at")
"""What names the control of a deed."""
CODES = ("manual_key", "backup_code")
"""Controls of which nothing counts but the codes that are read from them."""
_TEXTS = "(all) => all.map((e) => (e.closest('label')?.control || e).value || e.innerText || '').join('\\n')"
_VISITED = {"front": ("front", "sign_in"), "off": ("client_area", "security_settings", "two_factor", "protected")}
"""The places whose addresses are compared at a stage: the first ones by a stranger, the others by who is signed in."""
_IN_SETTINGS = ("security settings", "off")
"""The stages at which the settings are open, beside those at which they say that a method is on."""
Entry = tuple[str, str]
"""Table and name."""
Sights = Mapping[str, frozenset[str]]
"""What a locator finds at each stage, as paths in the document."""


@dataclass
class Comparison:
    """The two profiles, and what they find wherever `look` was called."""

    written: Profile
    drafted: Profile
    _seen: dict[tuple[str, str, str], dict[str, frozenset[str]]] = field(default_factory=dict)
    _pages: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    """What addresses show that are told by one of the profiles only."""

    def look(self, actor: Actor, stage: str) -> None:
        """Let both profiles find what they can on the page that is open."""
        seeing.at_rest(actor.portal.page, seconds=_REST_SECONDS)
        for side, profile in (("written", self.written), ("drafted", self.drafted)):
            for table in ("controls", "notices"):
                for name, locators in getattr(profile, table).items():
                    found = find_any(actor.portal.page, locators, actor.values)
                    is_read = table == "controls" and name in CODES
                    shown = (
                        codes_in(profile, name, found.evaluate_all(_TEXTS)) if is_read else found.evaluate_all(_PATHS)
                    )
                    at = self._seen.setdefault((side, table, name), {})
                    at[stage] = at.get(stage, frozenset()) | frozenset(shown)
        if stage in _VISITED:
            self._visit(actor, _VISITED[stage])

    def _visit(self, actor: Actor, names: tuple[str, ...]) -> None:
        """Look at what the addresses of some places show where the profiles do not agree, and come back."""
        here = actor.portal.page.url
        for name in names:
            ours, theirs = (_listed(profile.places.get(name, ())) for profile in (self.written, self.drafted))
            for place in sorted(ours ^ theirs) if theirs else ():
                actor.portal.go(actor.portal.url + place)
                shown = seeing.at_rest(actor.portal.page, seconds=_REST_SECONDS)
                self._pages[place] = frozenset((e.kind, e.words, e.text) for e in shown.elements)
        if actor.portal.page.url != here:
            actor.portal.go(here)

    def verdicts(self) -> dict[Entry, bool | None]:
        """Whether each entry of the written profile was found right; None where the draft has nothing."""
        judges: dict[str, Callable[[str], bool | None]] = {
            "capabilities": lambda name: (
                getattr(self.written.capabilities, name) == getattr(self.drafted.capabilities, name)
            ),
            "places": self._same_place,
            "controls": self._same_control,
            "notices": self._same_notice,
            "paths": self._same_path,
        }
        return {(table, name): judge(name) for table, judge in judges.items() for name in self._names(table)}

    def _names(self, table: str) -> Iterator[str]:
        yield from Capabilities.model_fields if table == "capabilities" else getattr(self.written, table)

    def sights(self, side: str, table: str, name: str) -> Sights:
        """What an entry of one of the sides, `written` or `drafted`, found at each stage."""
        return self._seen.get((side, table, name), {})

    def _same_place(self, name: str) -> bool | None:
        """The same place; of a list every place that people wrote, maybe with more that the draft saw to be such."""
        written, drafted = self.written.places[name], self.drafted.places.get(name)
        if drafted is None:
            return None
        if isinstance(written, str) != isinstance(drafted, str):
            return False
        return all(any(map(partial(self._is_same, one), _listed(drafted))) for one in _listed(written))

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two addresses are equal, or show the same."""
        shown = self._pages.get(one)
        return one == other or (bool(shown) and shown == self._pages.get(other))

    def _same_control(self, name: str) -> bool | None:
        if name in CONTROLS:
            return self.meets(name, name) if name in self.drafted.controls else None
        return any(self.meets(name, other) for other in self.drafted.controls) or None

    def meets(self, written: str, drafted: str) -> bool:
        """Whether two controls are the same: in sight at some stage, and the same elements at every stage."""
        if _bare(self.written.controls[written]) == _bare(self.drafted.controls[drafted]):
            return True
        ours, theirs = self.sights("written", "controls", written), self.sights("drafted", "controls", drafted)
        looked_for = written in CONTROLS or self._is_looked_for(written)
        at = [s for s in ours if self._may_be_looked_for(written, s)]
        return any(ours[s] for s in at) and all(ours[s] == theirs.get(s) for s in at if looked_for or ours[s])

    def _may_be_looked_for(self, control: str, stage: str) -> bool:
        """Whether a run has a use for a control at a stage: for the heading of the settings only in them."""
        if control != "two_factor" or self.written.paths["two_factor"]:
            return True
        return stage in _IN_SETTINGS or stage.startswith("on, ")

    def _is_looked_for(self, control: str) -> bool:
        """Whether people's ways ask if a control is in sight, so that it must not be where it is not meant."""
        actions = (action for path in self.written.paths.values() for action in path)
        return any(action.control == control and (action.optional or action.see) for action in actions)

    def _same_notice(self, name: str) -> bool | None:
        if name not in self.drafted.notices:
            return None
        if self.written.notices[name] == self.drafted.notices[name]:
            return True
        ours, theirs = self.sights("written", "notices", name), self.sights("drafted", "notices", name)
        if name not in MOMENTS:
            return any(ours.values()) and all(bool(ours[stage]) == bool(theirs[stage]) for stage in ours)
        then = [stage for stage in ours if stage in MOMENTS[name]]
        around = [stage for stage in ours if not name.endswith("_started") or stage.startswith(_BEFORE)]
        alike = all(ours[s] == theirs[s] if name in ANSWERS else bool(ours[s]) == bool(theirs[s]) for s in then)
        return any(ours[stage] for stage in then) and alike and all(ours[stage] for stage in around if theirs[stage])

    def _same_path(self, name: str) -> bool | None:
        return self.same_way(name, name) if name in self.drafted.paths else None

    def same_way(self, written_name: str, drafted_name: str) -> bool:
        """Whether two paths do the same deeds to the same controls."""
        written = self._in_wide_windows("written", self.written.paths[written_name])
        drafted = self._in_wide_windows("drafted", self.drafted.paths[drafted_name])
        return len(written) == len(drafted) and all(map(self._same_deed, written, drafted))

    def _in_wide_windows(self, side: str, path: Path) -> list[Action]:
        """A path without what is pressed only if it is in sight, and is in sight in narrow windows only."""
        return [action for action in path if not (action.optional and self._is_of_narrow_windows(side, action.control))]

    def _is_of_narrow_windows(self, side: str, control: str) -> bool:
        at = {stage for stage, found in self.sights(side, "controls", control).items() if found}
        return bool(at) and all(stage.endswith(NARROW) for stage in at)

    def _same_deed(self, written: Action, drafted: Action) -> bool:
        """The same deed with the same details, to the same control whatever it is called."""
        optional = written.optional and drafted.optional
        told = (written.model_copy(update={"optional": optional}), drafted)
        rest = [action.model_copy(update=dict.fromkeys(_USES, "")) for action in told]
        if written.deed != drafted.deed or rest[0] != rest[1]:
            return False
        if not (written.control and drafted.control) or written.control == drafted.control:
            return written.control == drafted.control  # a control that is wrong counts once, by its own entry
        return self.meets(written.control, drafted.control)


def codes_in(profile: Profile, control: str, text: str) -> set[str]:
    """The codes that a profile reads from a text in one of the controls `CODES`, letters and digits only."""
    pattern = profile.manual_key.pattern if control == "manual_key" else profile.backup_codes.pattern
    found = {match.group(0) for match in re.finditer(pattern, text)}
    return {"".join(filter(str.isalnum, code)).lower() for code in found}


def _listed(said: str | tuple[str, ...]) -> frozenset[str]:
    return frozenset({said} if isinstance(said, str) else said)


def _bare(locators: tuple[Locator, ...]) -> str:
    """Locators as a text in which it does not matter how CSS is quoted."""
    return str(locators).replace("'", "").replace('"', "").replace("\\", "")


def guesses(text: str) -> set[Entry]:
    """The entries of a drafted file that are marked as likely only."""
    document = tomlkit.parse(text)
    tables = ("capabilities", "places", "controls", "notices", "paths")
    items: list[tuple[str, Any, Any]] = [
        (table, key, item) for table in tables for key, item in document[table].value.body
    ]
    return {
        (table, key.key)
        for table, key, item in items
        if key is not None and ("likely" in item.trivia.comment or "GAP" in item.trivia.comment)
    }
