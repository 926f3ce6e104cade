"""Looking at a portal as the one who walks does: at rest, once it has answered, with a person asked where need be."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from playwright.sync_api import Dialog, Error, Page

from fixtures.actor import Actor
from portal2fa import clock
from portal2fa.drafting import scoring
from portal2fa.drafting.draft import Draft
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Candidate, Goal
from portal2fa.drafting.vocabulary import Vocabulary
from steps.tasks import waiting
from steps.tasks.drafting import guiding, seeing
from steps.tasks.drafting.traffic import Traffic

_CHANGE_SECONDS = 8.0
"""How long a deed may take to change something in sight, unless the tester says that the portal is slower."""
_DRAWINGS = 3
"""So many times a page is looked at again that shows nothing to use."""
_USABLE = ("button", "link", "field", "choice")


class Stopped(KeyboardInterrupt):
    """The tester pressed Ctrl-C; what was switched on has to be switched off again before this ends the command."""


@dataclass
class Looker:
    """Somebody before a portal, with what they know of it so far."""

    actor: Actor
    words: Vocabulary
    draft: Draft
    stopping: Callable[[], bool]
    say: Callable[[str], None]
    patience: float = _CHANGE_SECONDS
    guided: bool = False
    """Whether a person sees the browser and is asked where the walk is stuck."""
    pages: dict[str, Snapshot] = field(default_factory=dict)
    """Pages to compare with, by name: `sign_in`, `client_area`, `off`, `on` …."""
    slowest: float = 0.0
    """Seconds that the slowest answer of the portal took."""
    dialogs: int = 0
    """How many boxes of the browser were answered with yes."""
    topic: str = "two_factor"
    """What the settings speak of, as the vocabulary calls it."""
    codes_choice: str = ""
    """The control of what is chosen for backup codes where they are one more thing to choose; empty elsewhere."""
    covered_by: set[str] = field(default_factory=set)
    """The notices that stay in front of their page until somebody takes them away."""
    _watched: set[int] = field(default_factory=set)
    _traffic: Traffic = field(default_factory=Traffic)
    _pointed: dict[str, Element] = field(default_factory=dict)
    """What a person pointed at, by what they were asked for."""
    _seen: Snapshot | None = None
    """The page as it was looked at last."""

    @property
    def page(self) -> Page:
        """The page in the window of the account's owner."""
        page = self.actor.portal.page
        if id(page) not in self._watched:
            self._watched.add(id(page))
            page.on("dialog", self._agree)
            self._traffic.watch(page)
        return page

    def _agree(self, dialog: Dialog) -> None:
        self.dialogs += 1
        dialog.accept()

    def see(self, unlike: Snapshot | None = None) -> Snapshot:
        """The page at rest; a change from `unlike` is waited for a while, and that it shows something to use."""
        self.heed()
        since = clock.moment()
        page = self._at_rest(unlike)
        for _ in range(_DRAWINGS):
            if page.of_kind(*_USABLE):
                break
            with contextlib.suppress(Error):  # scripts may be about to draw it
                seeing.leave_mark(self.page)
            page = self._at_rest(page)
        if unlike is None or page.fingerprint != unlike.fingerprint:
            self.slowest = max(self.slowest, clock.moment() - since)
        self._seen = page
        return page

    def _at_rest(self, unlike: Snapshot | None = None) -> Snapshot:
        return seeing.at_rest(self.page, seconds=self.patience, unlike=unlike, is_awaited=self._traffic.is_awaited)

    def see_until(self, page: Snapshot, settled: Callable[[Snapshot], bool]) -> Snapshot:
        """The page once it is `settled`, looked at anew with each change for a while; as it is where it never is.

        Some portals first show that they are busy, and answer then.
        """
        if settled(page):
            return page

        def settles() -> bool:
            self.heed()
            self._seen = self._at_rest()
            return settled(self._seen)

        since = clock.moment()
        if waiting.until(settles, self.patience):
            self.slowest = max(self.slowest, clock.moment() - since)
        return self._seen or page

    def heed(self) -> None:
        """Raise `Stopped` if the tester wants to stop."""
        if self.stopping():
            raise Stopped

    def rank(self, goal: Goal, snapshot: Snapshot, among: Iterable[Element] | None = None) -> list[Candidate]:
        """What may be meant by a goal on a page, the best first."""
        return scoring.rank(goal, snapshot, self.words, among)

    def best(self, goal: Goal, snapshot: Snapshot, among: Iterable[Element] | None = None) -> Candidate | None:
        """The best of what may be meant by a goal."""
        return next(iter(self.rank(goal, snapshot, among)), None)

    def need(self, goal: Goal, snapshot: Snapshot, among: Iterable[Element] | None = None) -> Candidate | None:
        """The best of what may be meant by a goal that the walk cannot do without; a person is asked if need be."""
        return self.best(goal, snapshot, among) or self.shown(goal.what)

    def shown(self, what: str, *, ask: bool = True, anew: bool = False) -> Candidate | None:
        """What a person points at when asked for something, or pointed at before if it is in sight again.

        They are asked in any case with `anew`, and never without `ask`.  None where nobody is there, or they skip.
        """
        if not self.guided:
            return None
        found = None if anew else self._pointed_at(what)
        if found is None and ask:
            found = guiding.ask(self.page, what, see=self.see, say=self.say, heed=self.heed)
        if found is None:
            return None
        self._pointed[what] = found
        return Candidate(found, 0.0, ("a person pointed at it",))

    def _pointed_at(self, what: str) -> Element | None:
        """What a person pointed at before for the same, as it is now."""
        known = self._pointed.get(what)
        if known is None:
            return None
        same = (known.kind, known.words, known.css, known.frame)
        return next((e for e in self.see().elements if (e.kind, e.words, e.css, e.frame) == same), None)
