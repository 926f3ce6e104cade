"""Giving what is no code at all where a code is asked for, and looking at what became of it."""

from __future__ import annotations

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import answering

_MARK = "portal2fa-typed"
ODD = {
    "a code of a thousand digits": "1" * 1000,
    "a code with a zero byte": "123\x00456",
    "a code of little pictures": "😀😁😂😃😄😅",
    "a code of Arabic digits": "٠١٢٣٤٥",
    "markup": f'"><b id="{_MARK}">1</b>',
}
"""What to give, by the words of the specification."""


def give(actor: Actor, what: str) -> None:
    """Give something odd for a code; that the profile does not know the answer is no matter, as long as one came."""
    heard = actor.listen().answers
    before = len(heard)
    try:
        answering.give_wrong(actor, ODD[what])
    except CannotTell:
        if len(heard) == before:
            raise


def became_markup(actor: Actor) -> bool:
    """Whether what was given as markup is an element of the page in sight, or of a frame in it."""
    return any(frame.locator(f"#{_MARK}").count() > 0 for frame in actor.portal.page.frames)
