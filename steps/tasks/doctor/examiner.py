"""Looking at entries where they should be in sight, trying ways, and saying which entry is to blame when one fails."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from playwright.sync_api import Error

from fixtures import pictures
from fixtures.actor import Actor
from fixtures.world import World
from portal2fa import doctor_blame
from portal2fa.doctor import About, Edit
from portal2fa.doctor_edits import Seen
from portal2fa.doctor_wordings import ANYWHERE
from portal2fa.errors import CLOSED, CannotTell, EnvironmentProblem, Portal2faError
from portal2fa.profile_opposites import opposed
from portal2fa.witnesses import way
from steps.tasks.doctor import narrowing, oddities, pages, proposing
from steps.tasks.doctor.ledger import Ledger

T = TypeVar("T")
_MANY = ("backup_code",)
"""Controls that may well point at several things."""


class Stopped(Exception):
    """The person at the terminal wants the examination to end."""


@dataclass(frozen=True, slots=True)
class Tried(Generic[T]):
    """What came of a deed: its value, or the error that ended it."""

    value: T | None = None
    error: Portal2faError | None = None
    before: Sequence[Seen] = ()
    page: Sequence[Seen] = ()
    """Where it ended in an error: what stood on the page before it, and after it."""


class Examiner:
    """One examination: the world it happens in, what was found, and what stood on the pages."""

    def __init__(
        self, world: World, ledger: Ledger, stopped: Callable[[], bool], *, takes_pictures: bool = True
    ) -> None:
        """Look on whenever something comes into sight in `world`; `stopped` says that it is to end."""
        self.world, self.ledger, self._stopped = world, ledger, stopped
        self._takes_pictures = takes_pictures
        self.pages: dict[str, dict[Seen, None]] = {ANYWHERE: {}}
        """Whatever stood on any page, and on those on which words mean more than elsewhere."""
        self.replaced: bool | None = None
        """Whether a new backup code came for a used one; None where that was not tried."""
        self.mail_seconds: float | None = None
        """From asking for a code to its mail; None where none came or a person was asked."""
        self.walked: list[float] = []
        """Seconds from coming in to a factor that is off again, for each method that was gone through."""
        self.held_off: Portal2faError | None = None
        """What ended the wish to turn the factor off with a wrong password, to be judged by the right one."""
        self.key_shown: bool | None = None
        """Whether the secret of a QR code stood on its page; None where none was scanned, or a profile tells where."""
        self.before: list[Seen] = []
        """What stood on the page before the last deed."""
        self.came_to: dict[str, str] = {}
        """The addresses to which the ways to places led, by place."""
        self._goals = proposing.goals(world.profile)
        self._known: set[str] = set()
        world.recorder.on_sight = self._note

    @property
    def actor(self) -> Actor:
        """Whose window it is."""
        assert self.world.current is not None
        return self.world.current

    def begin(self, part: str) -> None:
        """A part begins."""
        if self._stopped():
            raise Stopped
        self.ledger.part = part
        self.world.recorder.begin()

    # --- entries that come into sight ---------------------------------------------------------------------------

    def _note(self, entry: str) -> None:
        """Look at what came into sight, or remember to which address a way led."""
        if (place := self._goals.get(entry)) is None:
            self._look_at(entry)
            return
        with contextlib.suppress(Error):  # a page that is just being left
            if place != "client_area" or self.actor.portal.notice("signed_in").count():
                self.came_to.setdefault(place, proposing.address(self.actor.portal))

    def _look_at(self, entry: str) -> None:
        """Keep a picture of what came into sight for the first time, and see that it is what is meant alone."""
        table, _, name = entry.partition(".")
        if entry in self._known or table not in ("controls", "notices") or name not in self._names(table):
            return
        self._known.add(entry)
        portal = self.actor.portal
        found = portal.control(name) if table == "controls" else portal.notice(name)
        try:
            if found.count() == 0:  # a control that was used may be gone by now
                self.ledger.ok(entry, f"was used: {self._described(entry)}")
                return
            kinds = pages.kinds(found) if table == "controls" and not self._is_many(name) else []
            picture = self._picture(entry, lambda: pictures.cropped(portal, found.first))
        except Error as error:
            self.ledger.ok(entry, f"was in sight, but no picture could be taken: {str(error).splitlines()[0]}")
            return
        if len(kinds) > 1:
            self._tell_ambiguous(entry, kinds, picture)
        else:
            self.ledger.ok(entry, f"in sight: {self._described(entry)}", picture=picture)

    def _names(self, table: str) -> Iterable[str]:
        held = self.actor.portal.profile
        return held.controls if table == "controls" else held.notices

    def _is_many(self, name: str) -> bool:
        actions = (action for path in self.world.profile.paths.values() for action in path)
        return name in _MANY or any(action.each and action.control == name for action in actions)

    def _tell_ambiguous(self, entry: str, kinds: list[str], picture: str) -> None:
        self.ledger.problem(
            entry,
            f"{self._described(entry)} is not the only one: {len(kinds)} different things fit",
            cause="; ".join(kinds[:4]),
            hint="a run takes the first; say which one is meant by its role and name, by 'within', or by 'nth'",
            edits=narrowing.edits(self.actor.portal, entry.removeprefix("controls.")),
            picture=picture,
        )

    def _picture(self, title: str, take: Callable[[], bytes]) -> str:
        if not self._takes_pictures:
            return ""
        self.world.recorder.picture(title, take())
        return self.world.recorder.notes.evidence[-1].path

    def page_picture(self) -> str:
        """A picture of the window as it is; empty where none can be taken."""
        if self.world.current is None or not self.actor.has_window:
            return ""
        try:
            return self._picture("the page", lambda: pictures.whole(self.actor.portal))
        except Error:
            return ""

    def _described(self, entry: str) -> str:
        table, _, name = entry.partition(".")
        locators = (self.world.profile.controls if table == "controls" else self.world.profile.notices)[name]
        return " or ".join(locator.describe() for locator in locators)

    # --- pages --------------------------------------------------------------------------------------------------

    def page(self) -> list[Seen]:
        """What stands on the page in sight, noted down."""
        if self.world.current is None or not self.actor.has_window:
            return []
        found = pages.elements(self.actor.portal)
        self.pages[ANYWHERE].update(dict.fromkeys(found))
        return found

    def keep(self, page: str) -> None:
        """What is in sight stands on the page that `doctor_wordings` calls so."""
        self.pages.setdefault(page, {}).update(dict.fromkeys(self.page()))

    # --- trying -------------------------------------------------------------------------------------------------

    def attempt(self, deed: Callable[[], T]) -> Tried[T]:
        """Do something that may fail; what ends the browser or the machine is raised."""
        if self._stopped():
            raise Stopped
        self.before = self.page()
        try:
            value = deed()
        except EnvironmentProblem:
            raise
        except Portal2faError as error:
            return Tried(error=error, before=self.before, page=self.page())
        except Error as error:
            if CLOSED in str(error):
                raise
            return Tried(error=CannotTell("The browser could not go on.", cause=str(error).splitlines()[0]))
        self.page()
        return Tried(value=value)

    def leads(self, path: str, deed: Callable[[], T], *, goal: str = "", then: Sequence[str] = ()) -> T | None:
        """Do what goes by a path and has to reach `goal`, a notice; None, and a problem, when it does not.

        `then` are controls that come after the goal: where one is in sight, the notice is wrong and not the way.
        """
        self.glance(path)
        tried = self.attempt(deed)
        if tried.error is not None:
            self.blame(tried.error, path, goal=goal, then=then)
            return None
        self.ledger.ok(f"paths.{path}", "led where it has to lead")
        if goal and f"notices.{goal}" in (check.key for check in self.ledger.problems()):
            self.ledger.propose(f"notices.{goal}", self.edits(f"notices.{goal}", self.page()))
        return tried.value

    def glance(self, path: str) -> None:
        """Look at what a path presses before it is gone: as far as it is in sight already."""
        portal = self.actor.portal
        for action in portal.profile.paths.get(path, ()):
            with contextlib.suppress(Error):  # a page that is just being left
                if action.control and portal.control(action.control).count():
                    self._look_at(f"controls.{action.control}")

    def comes(self, goal: str, path: str) -> bool:
        """See that a notice comes after a path; raises `CannotTell` otherwise."""
        if self.actor.portal.wait_for(goal) is None:
            cause = f"notices.{goal} was not seen after {way(self.world.profile, path)}"
            hint = "look at the picture, then mend the notice, or the path, which may lack a step"
            raise CannotTell("What was expected did not come.", cause=cause, hint=hint)
        return True

    # --- expecting ----------------------------------------------------------------------------------------------

    def shown(self, table: str, names: Iterable[str], where: str, *, suspects: Sequence[str] = ()) -> bool:
        """Entries have to be in sight here, or a problem is told of each that is not; whether all are."""
        portal, missing = self.actor.portal, []
        page = self.page()
        for name in names:
            if name not in self._names(table):
                continue
            found = portal.comes(name) if table == "controls" else portal.wait_for(name) is not None
            if not found:
                missing.append(name)
                key = f"{table}.{name}"
                self.ledger.problem(
                    key,
                    f"{self._described(key)} is not in sight {where}",
                    cause=f"{key} was not found at {portal.page.url.partition('?')[0]}",
                    hint="mend the entry so that it points at what is there",
                    suspects=tuple(suspects),
                    edits=self.edits(key, page),
                    picture=self.page_picture(),
                )
        return not missing

    def hidden(self, names: Iterable[str], when: str, *, against: str = "") -> None:
        """Notices have to be out of sight here, or they say nothing.

        One that means the opposite of `against`, which was just seen, is wrong together with it.
        """
        for name in names:
            if name not in self.world.profile.notices or not self.actor.portal.notice(name).count():
                continue
            if against and not opposed(name, against):
                continue
            key = f"notices.{name}"
            self.ledger.problem(
                key,
                f"{self._described(key)} is in sight {when}, so it cannot say what it has to say",
                cause=f"{key} was seen at {self.actor.portal.page.url.partition('?')[0]}",
                hint="point at something that is there only then",
                suspects=(f"notices.{against}",) if against else (),
                picture=self.page_picture(),
            )

    # --- blaming ------------------------------------------------------------------------------------------------

    def blame(
        self,
        error: Portal2faError,
        path: str = "",
        *,
        goal: str = "",
        then: Sequence[str] = (),
        first: str = "",
        tried: Tried[Any] | None = None,
    ) -> None:
        """Tell a problem that a deed ended in: of the likeliest entry, with the others that it may be.

        `first` is the entry that is known to be it; `tried` is the deed, where another one came after it.
        """
        profile, portal = self.world.profile, self.actor.portal
        page = self.page()
        notice = f"notices.{goal}" if goal else ""
        told = doctor_blame.named(error.what, error.cause)
        gone = [entry for entry in told if entry.startswith("controls.") and f"{entry} was not found" in error.cause]
        ways = doctor_blame.of_path(profile, path) if path else ()
        led_on = any(name in portal.profile.controls and portal.control(name).count() for name in then)
        strange = {first} if first else {*gone, *(oddities.strange(self, path) if path else ())}
        if path and not profile.paths.get(path) and not any(oddities.has_near(self, entry, page) for entry in gone):
            strange -= set(gone)
        entries = [*([first] if first else []), *gone, *ways, *told, *([notice] if notice else [])]
        if not entries:
            entries = ["portal"]
        led_on = led_on and bool(notice) and not gone and not first
        ordered = doctor_blame.in_order(entries, goal=notice, led_on=led_on, strange=strange, right=self.ledger.right())
        key = ordered[0]
        self.ledger.problem(
            key,
            error.what,
            cause=error.cause,
            hint=error.hint,
            about=About.SURROUNDINGS if key == "portal" else About.PROFILE,
            suspects=ordered[1:],
            edits=self.edits(key, tried.page, tried.before) if tried else self.edits(key, page),
            picture=self.page_picture(),
        )

    def edits(self, key: str, page: Sequence[Seen], before: Sequence[Seen] | None = None) -> tuple[Edit, ...]:
        """What an entry may have to say instead, by what stands on a page and stood there before; likeliest first."""
        return proposing.edits(self, key, page, self.before if before is None else before)

    def settle(self) -> None:
        """Propose for places that were told of before a way led to them, now that one has."""
        for check in self.ledger.problems():
            table, _, name = check.key.partition(".")
            if table == "places":
                self.ledger.propose(check.key, proposing.place(self, name))
