"""Polling for what no browser event announces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fixtures.portal import Portal
from portal2fa import clock

T = TypeVar("T")
_PAUSE = 0.05


def until(question: Callable[[], T], seconds: float, *, pause: float = _PAUSE) -> T:
    """Ask until the answer is true or `seconds` have passed, with a `pause` between; the last answer either way."""
    end = clock.moment() + seconds
    while not (answer := question()) and clock.moment() < end:
        clock.pause(pause)
    return answer


def on_page(portal: Portal, question: Callable[[], T]) -> T:
    """Ask of the page in sight until the answer is true, nothing can change it any more, or a reply has had its time.

    The last answer either way; that it may yet have changed is noted.
    """
    most = portal.profile.timing.answer
    soon = portal.recorder.findings.latency.bound(most)
    answer = until(question, soon)
    if not answer and portal.is_at_rest():
        return question()  # asked once more: it may have changed with the page's last news
    if not answer and soon < most:
        answer = until(question, most - soon)
    if not answer:
        portal.recorder.waited_in_vain()
    return answer
