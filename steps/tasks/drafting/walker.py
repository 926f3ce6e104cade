"""The one who walks: presses, fills in, and writes down what was found and why."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import ElementHandle, Error
from playwright.sync_api import Locator as Spot

from fixtures import walking
from fixtures.locating import find, find_any
from portal2fa.drafting.changes import Said, common_words
from portal2fa.drafting.draft import Certainty, Found
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.pointing import Pointer, harmless_ways
from portal2fa.drafting.vocabulary import plain
from portal2fa.errors import CannotTell
from portal2fa.profile import Timing
from portal2fa.profile_locator import Locator
from steps.tasks.drafting import seeing
from steps.tasks.drafting.camera import Camera

_SPARE, _MOST_PATIENCE = 3.0, 120
"""How much longer than the slowest answer a run should wait, and the most seconds that a profile may say."""
_GONE = "the page may change by itself: draft again, and describe by hand what goes away each time"
Action = str | dict[str, Any]
"""An item of a path as TOML has it."""


@dataclass
class Walker(Camera):
    """One walk through one portal with one account."""

    def go(self, place: str) -> Snapshot:
        """Open an address below the portal's own."""
        self.heed()
        self.actor.portal.go(urljoin(self.actor.portal.url + "/", place))
        return self.see()

    def press(self, element: Element, before: Snapshot) -> Snapshot:
        """Press something, and the page after it."""
        self.heed()
        found = self._there(element)
        if found is None:
            raise CannotTell(f'"{element.words}" went away before it could be pressed.', hint=_GONE)
        with _told(f'"{element.words}" cannot be pressed.'):
            seeing.leave_mark(self.page)
            found.click(timeout=self.patience * 1000)
        after = self.see(unlike=before)
        self.step(f'pressed "{self.masked(element.words)[:80]}"')
        return after

    def mark(self, element: Element) -> None:
        """Mark a radio button or a check box; where the mark itself is hidden, by its label."""
        found = self._there(element)
        if found is None:
            raise CannotTell(f'"{element.words}" went away before it could be chosen.', hint=_GONE)
        try:
            found.check(timeout=self.patience * 1000)
        except Error:
            with contextlib.suppress(Error):
                found.click(timeout=self.patience * 1000)
        self.step(f'chose "{element.words[:80]}"')

    def write(self, control: str, text: str) -> None:
        """Put a text into a field of the draft, even if the page would stop a person."""
        with _told(f"The field that is controls.{control} in the draft cannot be written to."):
            walking.write(self.spot(control).first, text)

    def use(self, control: str, before: Snapshot) -> Snapshot:
        """Press a control of the draft, and the page after it."""
        self.heed()
        with _told(f"What is controls.{control} in the draft cannot be pressed."):
            seeing.leave_mark(self.page)
            self.spot(control).first.click()
        after = self.see(unlike=before)
        self.step(f"pressed {control.replace('_', ' ')}")
        return after

    def spot(self, control: str) -> Spot:
        """Where a control of the draft is; raises `CannotTell` where the draft does not know it."""
        said = self.draft.value("controls", control)
        if said is None:
            raise CannotTell(
                f"controls.{control} was not found before, so it cannot be used.",
                hint="draft with --guide, and show it when it is asked for",
            )
        return self._spot(said)

    def sees(self, table: str, name: str) -> bool:
        """Whether a control or notice of the draft is in sight."""
        said = self.draft.value(table, name)
        return said is not None and self._spot(said).count() > 0

    def finds_alone(self, pointer: Pointer) -> bool:
        """Whether a way to point finds one thing in sight, and no more."""
        return self._spot(pointer).count() == 1

    def _spot(self, said: Any) -> Spot:
        locators = [Locator(**one) for one in (said if isinstance(said, list) else [said])]
        return find_any(self.page, locators, self.actor.values)

    # --- writing down -------------------------------------------------------------------------------------------

    def point(self, element: Element, *, alone: bool = True) -> Pointer | None:
        """The most lasting way to point at an element that finds it, and `alone` unless others may be found too.

        None when nothing does; no way ever holds a secret.
        """
        target = seeing.handle(self.page, element)
        if target is None or not _is_there(target):
            return self._drawn_anew(element)
        several: Pointer | None = None
        for way in self.ways(element):
            spot = find(self.page, Locator(**way), self.actor.values)
            with contextlib.suppress(Error, ValueError):
                number = spot.count()
                same = [i for i in range(min(number, 12)) if _meets(spot.nth(i), target)]
                if same and (number == 1 or not alone):
                    return way
                if same and several is None and "css" not in way:
                    several = {**way, "nth": same[0] + 1}
        return several

    def _there(self, element: Element) -> ElementHandle | None:
        """An element to use now, or what a script put in its place since it was seen; None where it has gone."""
        found = seeing.handle(self.page, element)
        if found is not None and _is_there(found):
            return found
        pointer = self._drawn_anew(element)
        return next(iter(self._spot(pointer).element_handles()), None) if pointer is not None else None

    def _drawn_anew(self, element: Element) -> Pointer | None:
        """The most lasting way to point at what took the place of an element on its page; words tell it."""
        if not element.frame and element.address != self.page.url:
            return None
        for way in self.ways(element):
            if "css" in way and element.kind != "field":
                continue  # another element may stand there now
            with contextlib.suppress(Error, ValueError):
                if find(self.page, Locator(**way), self.actor.values).count() == 1:
                    return way
        return None

    def ways(self, element: Element) -> list[Pointer]:
        """The ways to point at an element that hold no secret, the most lasting first."""
        return harmless_ways(element, self.actor.values, self.masked)

    def control(self, wanted: str, element: Element, *, sure: bool = False, why: Iterable[str] = ()) -> str:
        """The name of the control that an element is in the draft, put there under `wanted` unless it has one.

        What is known as `wanted` stays that where it finds the element here as well, wherever it was seen first.
        """
        if self.is_known_as(wanted, element):
            return wanted
        pointer = self.point(element)
        if pointer is None:
            raise CannotTell(
                f'"{element.words}" can be seen, but no way to point at it was found.',
                hint="describe it yourself, by CSS where nothing else tells it from its neighbours",
            )
        return self.keep(wanted, pointer, element, sure=sure, why=why)

    def is_known_as(self, control: str, element: Element) -> bool:
        """Whether a control of the draft finds an element, and nothing else."""
        said, target = self.draft.value("controls", control), seeing.handle(self.page, element)
        if said is None or target is None:
            return False
        spot = self._spot(said)
        return spot.count() == 1 and _meets(spot, target)

    def keep(
        self, wanted: str, pointer: Pointer, element: Element | None, *, sure: bool = False, why: Iterable[str] = ()
    ) -> str:
        """Put a control into the draft: under `wanted`, unless another one has that name."""
        name, number = wanted, 1
        while (known := self.draft.value("controls", name)) is not None and known != pointer:
            number += 1
            name = f"{wanted}_{number}"
        if known is None:
            self.put("controls", name, pointer, element, sure=sure, why=why)
        return name

    def put(
        self,
        table: str,
        name: str,
        value: Any,
        element: Element | None = None,
        *,
        sure: bool = False,
        why: Iterable[str] = (),
        shown: bytes = b"",
    ) -> None:
        """Put an entry into the draft, with the picture that it was decided from: `shown`, else the element or page."""
        certainty = Certainty.SURE if sure else Certainty.LIKELY
        picture = shown or (self.photograph(element) if element is not None else self.window())
        self.draft.put(Found(table, name, value, certainty, tuple(why), picture))

    def confirm(self, table: str, name: str, *why: str) -> None:
        """An entry of the draft did what it has to."""
        self.draft.confirm(table, name, *why)

    def notice(self, name: str, said: Said, *, sure: bool = False) -> bool:
        """Put words that the portal showed into the draft as a notice; whether they can be pointed at."""
        pointer = self.point(said.element, alone=False)
        if pointer is not None:
            self.put("notices", name, pointer, said.element, sure=sure, why=said.reasons)
        return pointer is not None

    def broaden(self, name: str, said: Said) -> None:
        """Let a notice that is known as a text be what it shares with words that were said at another such moment."""
        known = self.draft.value("notices", name)
        if not isinstance(known, dict) or "text" not in known or self.sees("notices", name):
            return
        shared = common_words(known["text"], said.element.text)
        if shared and any(way.get("text") for way in self.ways(said.element)):
            why = ("these words are said of each method", *said.reasons)
            self.put("notices", name, {"text": shared, "exact": False}, said.element, why=why)

    def gap(self, table: str, name: str, *tried: str) -> None:
        """Say that an entry was looked for in vain, and what was tried."""
        self.draft.put(Found(table, name, None, Certainty.GAP, tried, self.window()))

    def offer(self, capability: str, present: bool, *why: str, sure: bool = True, by: str = "") -> None:
        """Say whether the portal offers something; `by` is the entry that shows it, if not the page at hand."""
        self.put("capabilities", capability, present, sure=sure, why=why, shown=self.picture_of(by))

    def lack(self, capability: str, *why: str) -> None:
        """Say that something was looked for all along the way and seen nowhere: no picture can show that."""
        self.draft.put(Found("capabilities", capability, False, Certainty.LIKELY, why))

    def note_patience(self) -> None:
        """Let a run be as patient as this portal needs on this machine, where that is more than usual."""
        enough = min(_MOST_PATIENCE, ceil(self.slowest * _SPARE))
        if enough > Timing().answer:
            why = (f"the slowest answer took {self.slowest:.1f} seconds",)
            self.put("timing", "answer", enough, why=why)

    def path(self, name: str, actions: Sequence[Action], *why: str, sure: bool = False) -> None:
        """Put a path into the draft, with the picture of what it uses last."""
        self.put("paths", name, list(actions), sure=sure, why=why, shown=self.picture_of_last(actions))

    def remark(self, words: str) -> None:
        """Keep something to say of the walk as a whole, and say it now."""
        told = " ".join(self.masked(words).split())
        self.draft.remarks.append(told)
        self.say(f"  {told}")

    def masked(self, text: str) -> str:
        """A text without secrets."""
        return self.actor.world.recorder.masked(text)

    def name_for(self, element: Element, otherwise: str) -> str:
        """A control's name made of its words."""
        bare = re.sub(r"[^a-z0-9]+", "_", plain(element.words)).strip("_")
        return bare if re.fullmatch(r"[a-z][a-z0-9_]{1,30}", bare) else otherwise


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    """Tell of what the browser could not do as of something that a person can look at."""
    try:
        yield
    except Error as error:
        raise CannotTell(
            what,
            cause=str(error).splitlines()[0],
            hint="do it by hand on that page: it may lie under something else, be out of use, or have gone away",
        ) from error


def _is_there(found: ElementHandle) -> bool:
    return bool(found.evaluate("e => e.isConnected"))


def _meets(spot: Spot, target: Any) -> bool:
    """Whether a locator finds an element, or something in it or right around it."""
    return bool(spot.evaluate("(e, t) => e === t || e.contains(t) || t.contains(e)", target))


def place_of(url: str) -> str:
    """The address of a page below the portal's own, without its query."""
    return urlsplit(url).path or "/"
