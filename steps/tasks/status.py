"""What the two-factor settings show by the way: for leaving an account as it was found, and for no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import doubts, navigation


@dataclass(frozen=True, slots=True)
class Shown:
    """`on`, `off`, or nothing where the settings could not be read; then why."""

    state: str
    why: str = ""


def look(actor: Actor) -> Shown:
    """Go to the settings where the person is signed in, and read them; no scenario rests on what is met on the way."""
    with actor.world.recorder.by_the_way():
        try:
            navigation.reach(actor, "two_factor")
            shown = _read(actor)
        except CannotTell as error:
            return Shown("", f"{error.what} {error.cause}".strip())
        if shown.state:
            doubts.arrived(actor)
        return shown


def _read(actor: Actor) -> Shown:
    profile = actor.world.profile
    if profile.capabilities.known_status:
        said = actor.portal.wait_for("on", "off")
        return Shown(said) if said else Shown("", "neither notices.on nor notices.off was seen in them")
    # a method is offered beside another where several may be on, and that none is offered may be a mistake of the name
    if not profile.methods.together and actor.portal.comes("enable"):
        return Shown("off")
    return Shown("", "the profile says that they have no word on it, and they do not offer to turn one on")
