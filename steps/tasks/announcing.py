"""Whether what the portal says comes to those who do not see it: by a live region, by the focus, or as what is new."""

from __future__ import annotations

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import doubts, waiting

_LATER = 1.0
"""Seconds in which words that are in sight may come into a live region: many put them there a moment later, so that
they are new in it and read out."""

_TOLD = """found => found.map(e => {
    const live = '[role=alert], [role=status], [role=log], output, [aria-live=polite], [aria-live=assertive]';
    const words = e.innerText.trim();
    const at = document.activeElement;
    const ids = [e, ...e.querySelectorAll('[id]')].map(one => one.id).filter(Boolean);
    const field = e.closest('[id]') ? [...ids, e.closest('[id]').id] : ids;
    const describes = at && at !== document.body && ['aria-describedby', 'aria-errormessage']
        .flatMap(name => (at.getAttribute(name) || '').split(/\\s+/)).some(id => field.includes(id));
    if (e.closest(live) || e.querySelector(live)) return 'live region';
    if (at && at !== document.body && (e.contains(at) || at.contains(e) || describes)) return 'focus';
    if (e.closest('h1, [role=heading][aria-level="1"]') || words && document.title.includes(words)) return 'title';
    return '';
})"""


def refusal(actor: Actor) -> str:
    """How the refusal that was just shown is told; empty where it is only to be seen."""
    if actor.answer is None or actor.answer.accepted or not actor.portal.sees(actor.answer.notice):
        raise CannotTell("No refusal is in sight whose telling could be looked at.")
    return _how(actor, actor.answer.notice)


def turned_off(actor: Actor) -> str:
    """How it is told that two-factor sign-in was turned off."""
    notice = doubts.said_off(actor)
    if actor.portal.wait_for(notice) is None:
        raise CannotTell(
            "Nothing says that two-factor sign-in was turned off.",
            cause=f"notices.{notice} was not seen",
            hint="look at the picture, then mend the notice",
        )
    return _how(actor, notice)


def _how(actor: Actor, notice: str) -> str:
    return waiting.until(lambda: _told(actor, notice), _LATER)


def _told(actor: Actor, notice: str) -> str:
    found: list[str] = actor.portal.notice(notice).evaluate_all(_TOLD)
    return next(filter(None, found), "")
