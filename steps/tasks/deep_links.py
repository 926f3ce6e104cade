"""Links to a place behind the sign-in, and where somebody comes who follows one without being signed in yet."""

from __future__ import annotations

from urllib.parse import urlsplit

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import budget, doubts, navigation, signing_in


def ask_before_the_password(actor: Actor) -> None:
    """Follow the link in a browser that knows nothing, and sign in where it leads, up to the request for a code."""
    portal = actor.fresh_browser()
    budget.keep(actor, "password", wrong=False)
    portal.open("deep_link")
    portal.walk("sign_in")
    asked = portal.wait_for("sign_in_refused", *navigation.challenges(actor)) in navigation.challenges(actor)
    budget.count(actor, "password", accepted=asked)
    if not asked:
        raise CannotTell("The sign-in to which the link led did not go on to a code.", hint="mend places.deep_link")
    actor.setting_up = False


def ask_before_the_code(actor: Actor) -> None:
    """Follow the link while the portal waits for a code; it has to be asked for again then."""
    signing_in.from_fresh_browser(actor)
    actor.portal.open("deep_link")
    if actor.portal.wait_for(*navigation.challenges(actor)) is None:
        raise CannotTell("The link did not lead back to the request for a code.", hint="mend places.deep_link")


def is_there(actor: Actor) -> bool:
    """Whether the place of the link is in sight."""
    wanted = urlsplit(actor.portal.addresses("deep_link")[0]).path
    signed_in = actor.portal.wait_for("signed_in") is not None
    there = signed_in and urlsplit(actor.portal.page.url).path == wanted
    if there:
        doubts.arrived(actor)
    return there
