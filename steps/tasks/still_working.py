"""Whether a portal works at all: a customer without a second factor signs in with the password."""

from __future__ import annotations

from fixtures.giving_back import give_back
from fixtures.world import World
from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import arriving, navigation


def sign_in(world: World) -> float:
    """The seconds that a sign-in took; raises `CannotTell`, or what the browser raised, where it does not work."""
    actor = arriving.enters(world, "Ana")
    try:
        began = clock.moment()
        signed_in = navigation.sign_in_at_first_sight(actor)
        took = clock.moment() - began
    finally:
        give_back(world, actor)
    if not signed_in:
        raise CannotTell(
            "A customer without a second factor cannot sign in.",
            cause="the portal did not answer the right password with notices.signed_in",
            hint="sign in by hand; where that works, mend paths.sign_in or the notice",
        )
    return took
