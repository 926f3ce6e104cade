"""Turning two-factor sign-in off: as a step of the specification, and to leave an account as it was found."""

from __future__ import annotations

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import navigation, signing_in


def turn_off(actor: Actor, password: str | None = None) -> bool:
    """Ask the portal to turn two-factor sign-in off; whether it says that it did."""
    portal = actor.portal
    portal.walk("turn_off", **({"password": password} if password is not None else {}))
    notices = ["turned_off"]
    if actor.world.profile.capabilities.turn_off_password:
        notices.append("turn_off_refused")
    seen = portal.wait_for(*notices)
    if seen is None:
        raise CannotTell(
            "The portal did not answer the wish to turn two-factor sign-in off.",
            cause="notices.turned_off was not seen",
        )
    return seen == "turned_off"


def restore(actor: Actor) -> None:
    """Leave the account as it was found: if a fresh sign-in asks for a second factor, give it and turn it off."""
    actor.answer = None
    if signing_in.from_fresh_browser(actor) != "signed_in":
        if not signing_in.finish(actor):
            raise CannotTell("The portal refused the second factor that would have turned it off again.")
        navigation.reach(actor, "two_factor")
        if not turn_off(actor):
            raise CannotTell("The second factor could not be turned off again.")
    actor.undo = None
