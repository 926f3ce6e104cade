"""Steps out of their order: what was left is gone back to, and what was ended is gone on with."""

from __future__ import annotations

import contextlib

from playwright.sync_api import Error

from fixtures.actor import Actor
from steps.tasks import codes, sending, setting_up

_DRAWN_SECONDS = 2.0
"""How long a page to which somebody goes back may take to draw itself."""


def go_back(actor: Actor) -> None:
    """By the browser's own way; where there is no page before, nothing happens."""
    with contextlib.suppress(Error):
        actor.portal.page.go_back()


def confirm_after_cancelling(actor: Actor) -> None:
    """Cancel the set-up, go back to it, and give the right code there if one is still asked for."""
    setting_up.cancel(actor)
    go_back(actor)
    if actor.portal.wait_for(f"{actor.method}_started", seconds=_DRAWN_SECONDS) is None:
        return
    code = codes.fresh_code(actor)
    sending.send(actor, f"confirm_{actor.method}", code, wrong=True)
    answer = actor.portal.wait_for("announced_on", f"{actor.method}_refused", "choice")
    if sending.answered(actor, answer, "announced_on"):
        codes.note_used(actor, code)
        actor.turned_on(actor.method)
        actor.page.note_confirmed()


def give_late(actor: Actor, seconds: float) -> None:
    """Let time pass at the request for a code, then give the right one; that the portal has answered is waited for.

    Some lead back to the sign-in, some refuse the code where it is asked for.
    """
    codes.pass_time(actor, seconds)
    code = codes.fresh_code(actor)
    sending.send(actor, f"sign_in_{actor.method}", code, wrong=True)
    answer = actor.portal.wait_for("signed_in", f"{actor.method}_sign_in_refused", "sign_in_form")
    sending.answered(actor, answer, "signed_in")
    codes.note_used(actor, code)
