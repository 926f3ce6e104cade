"""What has to be in sight, judged by a Then: where it comes late, it was waited for too short a while.

A portal that takes two seconds, told by timing.answer to take one, would lack whatever it shows last.
"""

from __future__ import annotations

from collections.abc import Callable

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import waiting

_SECONDS = 5.0
"""So long at least it is looked for again, or as long as an answer may take, where that is more."""


def comes(actor: Actor, control: str) -> bool:
    """Whether a control comes into sight in time; raises `CannotTell` where it comes later."""
    if actor.portal.comes(control):
        return True
    _refuse_late(actor, f"controls.{control}", lambda: actor.portal.shows(control))
    return False


def wait_for(actor: Actor, *notices: str) -> str | None:
    """The first of the notices to be shown in time, None without any; raises `CannotTell` where one comes later."""
    seen = actor.portal.wait_for(*notices)
    if seen is None:
        names = " or ".join(f"notices.{name}" for name in notices)
        _refuse_late(actor, names, lambda: not actor.portal.away(*notices))
    return seen


def _refuse_late(actor: Actor, entries: str, shown: Callable[[], bool]) -> None:
    seconds = actor.portal.profile.timing.answer
    if waiting.until(shown, max(_SECONDS, seconds)):
        raise CannotTell(
            "What has to be in sight came later than it was waited for.",
            cause=f"{entries} came after the {seconds:g} seconds of timing.answer",
            hint="set timing.answer of the profile to as long as the portal may take to answer and to draw its page",
        )
