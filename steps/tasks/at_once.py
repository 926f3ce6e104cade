"""Two things at the same moment: what two browsers send is held until both are there, and then let go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playwright.sync_api import Route

from fixtures.actor import Actor
from fixtures.portal import Portal
from portal2fa.errors import CannotTell
from steps.tasks import answering, budget, codes, sending, waiting

ANYWHERE = "**/*"
LOOKS = ("GET", "HEAD", "OPTIONS")
"""What is asked for by these changes nothing (RFC 9110 section 9.2.1), and is not held."""


def changes(route: Route) -> bool:
    """Whether what a browser is about to send is meant to change something."""
    return route.request.method not in LOOKS


def give_in_both(actor: Actor) -> None:
    """Give one code in the browser that was left and in the present one at once; which of the two are signed in.

    The last browser to be refused is the one that the person looks through then.
    """
    windows = [actor.notes["first_window"], actor.portal]
    code = answering.right_code(actor)
    held = [_give(actor, window, code) for window in windows]
    for route in held:
        route.continue_()
    signed_in = [window for window in windows if _signed_in(actor, window)]
    if not signed_in:
        raise CannotTell("The code signed neither browser in.", cause="it was given in both at the same moment")
    codes.note_used(actor, code)
    for window in windows:
        window.page.unroute(ANYWHERE)
    budget.count(actor, "code", accepted=True)
    for _ in windows[len(signed_in) :]:
        budget.count(actor, "code", accepted=False)
    actor.notes["signed_in_at_once"] = len(signed_in)


def told_wrong(actor: Actor, windows: Sequence[Portal], wrong: Callable[[], str]) -> int:
    """Give a wrong code in each of the windows at once; how many of them are told that it is wrong.

    In the others the portal says that there were too many, or asks to sign in again.  For a destructive scenario: that
    the account may be locked was consented to.
    """
    held = []
    for window in windows:
        budget.forget(actor, "code")
        held.append(_give(actor, window, wrong()))
    for route in held:
        route.continue_()
    refused = f"{actor.method}_sign_in_refused"
    answers = [window.wait_for("throttled", refused, "signed_in", "sign_in_form") for window in windows]
    for window in windows:
        window.page.unroute(ANYWHERE)
    if not {"throttled", refused} & {*answers}:
        raise CannotTell(
            "Nothing that the profile knows answered wrong codes that were given at once.",
            cause=f"neither notices.throttled nor notices.{refused} was seen in any of {len(windows)} browsers",
            hint="look at the picture, then mend these notices",
        )
    return answers.count(refused)


def _give(actor: Actor, window: Portal, code: str) -> Route:
    """Give a code, and keep back what the browser sends for it."""
    held: list[Route] = []

    def keep_back(route: Route) -> None:
        if changes(route):
            held.append(route)
        else:
            route.fallback()

    def is_there() -> list[Route]:
        window.context.cookies()  # whatever the browser has to tell comes before the answer
        return held

    window.page.route(ANYWHERE, keep_back)
    window.hurries = True
    sending.send(actor, f"sign_in_{actor.method}", code, window=window)
    window.hurries = False
    if not waiting.until(is_there, window.profile.timing.answer):
        raise CannotTell("The code was sent in a way that cannot be held.", cause="no request followed that changes")
    return held[0]


def _signed_in(actor: Actor, window: Portal) -> bool:
    answers = ("signed_in", f"{actor.method}_sign_in_refused", *codes.throttles(window.profile), "sign_in_form")
    return window.wait_for(*answers) == "signed_in"
