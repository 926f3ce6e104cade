"""Taking pictures on the walk, secrets covered: of an element, or of the page at hand where no element is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from portal2fa.drafting.codes import backup_codes
from portal2fa.drafting.draft import Step
from portal2fa.drafting.elements import Element, Snapshot
from steps.tasks.drafting import seeing
from steps.tasks.drafting.looker import Looker


@dataclass(frozen=True, slots=True)
class _Window:
    """The picture of a page as it was looked at, with the secrets that were known for such then."""

    page: Snapshot | None
    secrets: frozenset[str]
    picture: bytes


@dataclass
class Camera(Looker):
    """Somebody before a portal who takes pictures for the draft."""

    shots: dict[str, bytes] = field(default_factory=dict)
    """Pictures of pages that are judged later, by the names that `pages` has for them."""
    _window: _Window | None = None

    def step(self, words: str) -> None:
        """Note what was done, with a picture of what followed."""
        self.draft.steps.append(Step(words, urlsplit(self.page.url).path, self._take()))

    def retake(self) -> None:
        """Take the last pictures of the walk anew, wherever they stand: what they show turned out to be a secret."""
        if not self.draft.steps:
            return
        old = {self.draft.steps[-1].picture, self._window.picture if self._window is not None else b""} - {b""}
        anew = self._take()
        self.draft.steps[-1] = replace(self.draft.steps[-1], picture=anew)
        for found in [found for found in self.draft.entries.values() if found.picture in old]:
            self.draft.entries[found.key] = replace(found, picture=anew)

    def window(self) -> bytes:
        """A picture of the page at hand; the last one of it serves again, unless more is known to be secret by now."""
        known = self._window
        fits = known is not None and known.page is self._seen and known.secrets == self._covered()
        return known.picture if known is not None and fits and known.picture else self._take()

    def _take(self) -> bytes:
        secrets = self._covered()
        self._window = _Window(self._seen, secrets, seeing.picture(self.page, None, sorted(secrets)))
        return self._window.picture

    def photograph(self, element: Element, page: Page | None = None) -> bytes:
        """A picture of an element with what is around it, or of the page at hand where there is none of that."""
        shown = seeing.picture(page or self.page, element, sorted(self._covered()))
        return shown or (self.window() if page is None else b"")

    def picture_of(self, key: str) -> bytes:
        """The picture of an entry of the draft; empty where there is none."""
        found = self.draft.entries.get(key)
        return found.picture if found is not None else b""

    def picture_of_last(self, actions: Sequence[Any]) -> bytes:
        """The picture of the control that a path uses last; empty where it uses none that has one."""
        used = (action if isinstance(action, str) else next(iter(action.values())) for action in reversed(actions))
        return next(filter(None, (self.picture_of(f"controls.{name}") for name in used)), b"")

    def _covered(self) -> frozenset[str]:
        """What is known for a secret, and what may turn out to be a backup code."""
        found = backup_codes(self._seen, self.words)[0] if self._seen is not None else []
        return frozenset((*self.actor.world.recorder.findings.secrets, *found))
