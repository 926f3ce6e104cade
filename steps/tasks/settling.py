"""Mails once late ones had time to come: only then can be told that none came, or no second one.

How much time that is the profile says, and the mails of the run show: as long as the slowest of them took.
"""

from __future__ import annotations

import contextlib

import httpx

from fixtures.actor import Actor
from fixtures.loopback import by_number
from fixtures.mailbox.mail import Mail
from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import mail

_UNTOLD = 10.0
"""Seconds for which mails are looked out for where neither the profile nor the run tells how long one takes."""


def mails(actor: Actor) -> list[Mail]:
    """The new mails once no further request of the person is under way, and late ones had time to come.

    A portal may still be sending when its page is there, so its front is asked for once more first, by a stranger, so
    that no sign-in under way is disturbed; after that mails are looked out for.  Raises `CannotTell` where mails are
    seen only if somebody passes them on, or were seen to take longer than the profile lets anybody wait.
    """
    mail.look_out(actor)
    front = actor.portal.addresses("front")[0]
    if not actor.world.guard.stops(front):
        address, headers = by_number(front)
        with contextlib.suppress(httpx.HTTPError):  # nothing is read from it
            httpx.get(address, headers=headers, timeout=actor.world.profile.timing.answer, verify=False)
    clock.pause(_seconds(actor))
    return mail.new_mails(actor)


def code_mails(actor: Actor) -> list[Mail]:
    """Those of them that hold a code."""
    return mail.with_code(actor, mails(actor))


def read_all(actor: Actor) -> None:
    """Read what has come so far, so that only later mails are news."""
    actor.notes["mails_read"] = len(mails(actor))


def _seconds(actor: Actor) -> float:
    """How long late mails are looked out for now; the run's own sink has them at once."""
    told, seen = actor.world.profile.mailbox, actor.world.arrivals
    if told.comes_at_once:
        return told.settles
    if seen.slowest > told.seconds:
        raise CannotTell(
            "Whether a mail came that should not have come cannot be told: one came later than mails are waited for.",
            cause=f"a mail of this run came after more than the {told.seconds} seconds of mailbox.seconds",
            hint="set mailbox.seconds to as long as a mail may take",
        )
    if not seen.any and "settle" not in told.model_fields_set:
        return min(_UNTOLD, told.seconds)
    return max(told.settles, seen.slowest)
