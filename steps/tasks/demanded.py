"""Walking around a demand for a second factor, and meeting it after all."""

from __future__ import annotations

from urllib.parse import urlsplit

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import setting_up, signing_in


def opened_past_it(actor: Actor) -> list[str]:
    """Which of the places behind the sign-in open, each by its own address, for somebody who has to set one up first.

    The demand may stand at an address of its own or at each of them; raises `CannotTell` where there is none at all.
    """
    kept = actor.portal
    if kept.wait_for("set_up_demanded") is None:
        raise CannotTell(
            "The portal demanded no second factor after the password.",
            cause="notices.set_up_demanded was not seen",
            hint="look at the picture, then mend the notice, or set methods.forced of the profile to false",
            missing=["notices.set_up_demanded"],
        )
    return [urlsplit(address).path for address in kept.addresses("protected") if _opens(actor, address)]


def _opens(actor: Actor, address: str) -> bool:
    """Whether a window of the same browser shows somebody who is signed in there, and no demand."""
    window = actor.portal.sibling()
    try:
        window.go(address)
        if window.wait_for("set_up_demanded", "sign_in_form", "signed_in") != "signed_in":
            return False
        window.fall_silent()
        return not window.sees("set_up_demanded")
    finally:
        window.page.close()


def meet_it(actor: Actor) -> list[str]:
    """Set up what is demanded; which places stay shut even then."""
    setting_up.meet_demand(actor)
    opened = signing_in.reachable(actor)
    return [path for address in actor.portal.addresses("protected") if (path := urlsplit(address).path) not in opened]
