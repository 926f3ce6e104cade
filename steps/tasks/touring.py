"""The whole way as a tour: every documented place and state once, and at each of them somebody looks."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import answering, backup, codes, doubts, navigation, setting_up, signing_in

Look = Callable[[str], object]
"""What is done at a place, which is called by words that stand behind "at"."""


def whole_way(actor: Actor, look: Look) -> None:
    """From the sign-in to the backup code and through the next sign-in, with a code that is refused on the way.

    It is looked at pages as people meet them, once their scripts are there.
    """

    def settled(place: str) -> None:
        actor.portal.page.wait_for_load_state()
        look(place)

    _tour(actor, settled)


def _tour(actor: Actor, look: Look) -> None:
    actor.portal.open("sign_in")
    look("the sign-in")
    _set_up(actor, look)
    _settings(actor, look)
    _next_sign_in(actor, look)


def _set_up(actor: Actor, look: Look) -> None:
    navigation.reach_choice(actor)
    look("the choice of methods")
    setting_up.start(actor, "time_based")
    setting_up.scan(actor)
    look("the QR code")
    answering.give_wrong(actor, lambda: codes.wrong_code(actor, "a code that is not shown by the app"))
    look("the refusal of a code")
    if not setting_up.confirm_after_refusal(actor).accepted:
        raise CannotTell(
            "Two-factor sign-in could not be turned on.",
            cause="the portal refused the code of the app",
            hint="look at the picture; the portal may want a pause after a wrong code: see [wrong_code] of the profile",
        )
    look("the announcement that it is on")
    if actor.world.profile.capabilities.backup_code and backup.receive(actor):
        look("the backup code")
    setting_up.leave(actor)


def _settings(actor: Actor, look: Look) -> None:
    navigation.look_at_client_area(actor)
    look("the client area")
    navigation.open_menu(actor)
    look("the open menu")
    for place, words in (("security_settings", "the security settings"), ("two_factor", "the two-factor settings")):
        navigation.reach(actor, place)
        _see(actor, place)
        look(words)


def _see(actor: Actor, place: str) -> None:
    """Raise `CannotTell` where the window is not where it should be: whatever is not there has no fault.

    Where both settings have one address it is told by the state: the menu may show that page in a frame, or under
    another heading.
    """
    if actor.portal.addresses(place) == actor.portal.addresses("two_factor"):
        place = "two_factor"
    known = actor.world.profile.capabilities.known_status
    signs = ("security_settings",) if place == "security_settings" else ("on", "off") if known else ()
    if signs and actor.portal.wait_for(*signs) is None:
        gone = " nor ".join(f"notices.{name}" for name in signs)
        by = f"places.{place}" if actor.portal.addresses(place) else f"paths.{place}"
        raise CannotTell(
            f"The window does not show the {place.replace('_', ' ').replace('two factor', 'two-factor settings')}.",
            cause=f"{gone} was not seen by {by}",
            hint="look at the picture, then mend one of these entries",
            missing=[f"notices.{name}" for name in signs],
        )
    doubts.arrived(actor)


def _next_sign_in(actor: Actor, look: Look) -> None:
    signing_in.from_fresh_browser(actor)
    look("the request for a code")
    if actor.world.profile.capabilities.backup_code:
        answering.give_wrong_backup_code(actor, backup.wrong(actor))
        look("the refusal of a backup code")
