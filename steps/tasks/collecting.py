"""Collecting mailed codes to compare them: each of a sign-in of its own, with a pause that every portal grants."""

from __future__ import annotations

from fixtures.actor import Actor
from steps.tasks import challenge, codes, mail

_APART = 180.0
"""Seconds between two codes; portals mail only so many in a while."""


def collect(actor: Actor, number: int) -> list[str]:
    """The codes of so many fresh sign-ins, none of which is finished."""
    found = []
    for _ in range(number):
        codes.pass_time(actor, _APART)
        challenge.from_fresh_browser(actor)
        found.append(mail.newest_code(actor))
    return found
