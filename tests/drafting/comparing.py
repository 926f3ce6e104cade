"""A draft beside the profile that people wrote: entry by entry, by what both find on the live pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import tomlkit

from fixtures.actor import Actor
from fixtures.locating import find_any
from portal2fa.profile import Capabilities, Profile
from portal2fa.profile_locator import Action, Locator
from portal2fa.profile_names import CONTROLS

_PATH = """(all) => all.map((e) => {
    const parts = [];
    for (let here = e; here && here.parentNode; here = here.parentNode)
        parts.unshift([...here.parentNode.childNodes].indexOf(here));
    return parts.join('/');
})"""
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
    "turn_off_refused": ("not turned off, time_based", "not turned off, email"),
}
"""When a notice has to be in sight that answers a deed; the others tell a state, and have to agree everywhere."""
_BEFORE = ("off", "choice", "set-up")
"""The stages at which it is asked whether a set-up has begun."""
Entry = tuple[str, str]
"""Table and name."""


@dataclass
class Sight:
    """What both profiles find on one page, as paths in its document."""

    stage: str
    written: list[str]
    drafted: list[str]

    @property
    def same(self) -> bool:
        """Whether both point at the same thing, or one at something in the other's."""
        return any(_one_in_the_other(a, b) for a in self.written for b in self.drafted)

    @property
    def agree(self) -> bool:
        """Whether both are in sight, or neither is."""
        return bool(self.written) == bool(self.drafted)


def _one_in_the_other(a: str, b: str) -> bool:
    return f"{a}/".startswith(f"{b}/") or f"{b}/".startswith(f"{a}/")


@dataclass
class Comparison:
    """The two profiles, and what they find wherever `look` was called."""

    written: Profile
    drafted: Profile
    sights: dict[Entry, list[Sight]] = field(default_factory=lambda: defaultdict(list))

    def look(self, actor: Actor, stage: str) -> None:
        """Let both profiles find what they can on the page that is open."""
        actor.portal.page.wait_for_load_state()
        for table in ("controls", "notices"):
            both = (getattr(self.written, table), getattr(self.drafted, table))
            for name in both[0].keys() & both[1].keys():
                if both[0][name] != both[1][name]:
                    paths = [self._paths(actor, locators[name]) for locators in both]
                    self.sights[table, name].append(Sight(stage, *paths))

    def _paths(self, actor: Actor, locators: Any) -> list[str]:
        found: list[str] = find_any(actor.portal.page, locators, actor.values).evaluate_all(_PATH)
        return found

    def verdicts(self) -> dict[Entry, bool | None]:
        """Whether each entry of the written profile was found right; None where the draft has nothing."""
        judges: dict[str, Callable[[str], bool]] = {
            "capabilities": lambda name: (
                getattr(self.written.capabilities, name) == getattr(self.drafted.capabilities, name)
            ),
            "places": self._same_place,
            "controls": self._same_control,
            "notices": self._same_notice,
            "paths": self._same_path,
        }
        return {
            (table, name): judge(name) if self._drafted(table, name) else None
            for table, judge in judges.items()
            for name in self._names(table)
        }

    def _names(self, table: str) -> Iterator[str]:
        if table == "capabilities":
            yield from Capabilities.model_fields
            return
        yield from getattr(self.written, table)

    def _drafted(self, table: str, name: str) -> bool:
        if table == "capabilities":
            return True
        if table == "controls" and name not in CONTROLS:  # a name that means something in this profile only
            return self._alias(name) is not None
        return name in getattr(self.drafted, table) or (table == "controls" and self._alias(name) is not None)

    def _same_place(self, name: str) -> bool:
        written, drafted = self.written.places[name], self.drafted.places[name]
        if isinstance(written, str) or isinstance(drafted, str):
            return written == drafted
        return len(set(written) & set(drafted)) > 1 or set(written) == set(drafted)

    def _alias(self, name: str) -> str | None:
        """The drafted control that points at the same thing, maybe under another name of its own."""
        wanted = _bare(self.written.controls[name])
        return next((other for other, said in self.drafted.controls.items() if _bare(said) == wanted), None)

    def _same_control(self, name: str) -> bool:
        if self._alias(name) is not None:
            return True
        relevant = [sight for sight in self.sights["controls", name] if sight.written]
        return any(sight.same for sight in relevant) and all(sight.same for sight in relevant if sight.drafted)

    def _same_notice(self, name: str) -> bool:
        if self.written.notices[name] == self.drafted.notices[name]:
            return True
        sights = self.sights["notices", name]
        if name not in MOMENTS:
            return any(s.written for s in sights) and all(sight.agree for sight in sights)
        then = [sight for sight in sights if sight.stage in MOMENTS[name]]
        around = [sight for sight in sights if not name.endswith("_started") or sight.stage.startswith(_BEFORE)]
        nowhere_else = all(sight.written for sight in around if sight.drafted)
        return bool(then) and all(sight.written and sight.drafted for sight in then) and nowhere_else

    def _same_path(self, name: str) -> bool:
        written = [self._deed(action, self.written) for action in self.written.paths[name]]
        return written == [self._deed(action, self.drafted) for action in self.drafted.paths[name]]

    def _deed(self, action: Action, profile: Profile) -> tuple[str, str, str]:
        """A deed with the written name of the control that it uses."""
        if not action.control:
            return action.deed, "", action.value or action.key
        said = _bare(profile.controls[action.control])
        same = (name for name, other in self.written.controls.items() if _bare(other) == said)
        return action.deed, next(same, action.control), action.value


def _bare(locators: tuple[Locator, ...]) -> tuple[Locator, ...]:
    """Locators without where in the page they look."""
    return tuple(locator.model_copy(update={"within": None, "nth": 0}) for locator in locators)


def guesses(text: str) -> set[Entry]:
    """The entries of a drafted file that are marked as likely only."""
    document = tomlkit.parse(text)
    tables = ("capabilities", "places", "controls", "notices", "paths")
    items = [(table, key, item) for table in tables for key, item in document[table].value.body]
    return {
        (table, key.key)
        for table, key, item in items
        if key is not None and ("likely" in item.trivia.comment or "GAP" in item.trivia.comment)
    }
