"""Turning two-factor sign-in on without a pointer, and opening and closing the menu behind the name."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.keyboard import Keyboard, OutOfReach
from portal2fa.errors import CannotTell
from steps.tasks import answering, navigation, setting_up, waiting

_CLOSING_SECONDS = 2.0
"""How long a menu may take to close before it counts as one that Escape does not close."""
_IS_THERE = "e => e === document.activeElement || e.contains(document.activeElement)"


def turn_on(actor: Actor, *, looks: bool = False) -> None:
    """From signing in to the announcement that it is on; where the keyboard does not lead on, that is noted."""
    keyboard = actor.notes["keyboard"] = Keyboard(looks=looks)
    actor.portal.keyboard = keyboard
    try:
        _whole_way(actor)
    except OutOfReach as stuck:
        actor.notes["stuck"] = stuck.what
    finally:
        actor.portal.keyboard = None


def _whole_way(actor: Actor) -> None:
    demanded = navigation.sign_in_with_password(actor) == "set_up_demanded"
    if not demanded:
        navigation.look_at_client_area(actor)
        navigation.open_menu(actor)
        for path in ("security_settings", "two_factor"):
            actor.portal.walk(path)
    navigation.enter_choice(actor, "set_up_demanded" if demanded else "enable")
    setting_up.start(actor, "time_based")
    setting_up.scan(actor)
    answering.give_right(actor)


def open_and_close_menu(actor: Actor) -> None:
    """Open the menu behind the name and close it again, by Escape or as it was opened; where the focus is then."""
    portal, keyboard = actor.portal, Keyboard()
    name = portal.wait_for_control("name")
    keyboard.press(portal.page, name, portal.profile.described("name"))
    portal.wait_for_control("security_settings")
    portal.page.keyboard.press("Escape")
    if not waiting.until(lambda: not portal.shows("security_settings"), _CLOSING_SECONDS):
        keyboard.press(portal.page, name, portal.profile.described("name"))
    if not waiting.on_page(portal, lambda: not portal.shows("security_settings")):
        raise CannotTell(
            "The menu behind the name could not be closed by the keyboard.",
            cause="controls.security_settings stayed in sight after Escape, and after the name was pressed again",
            hint="look at the picture: the control has to be the entry of the menu, not one that is always there",
        )
    actor.notes["back_at_name"] = name.evaluate(_IS_THERE)


def hands(actor: Actor) -> Keyboard:
    """The hands that went the whole way; raises `CannotTell` where they did not come to its end."""
    if stuck := actor.notes.get("stuck"):
        raise CannotTell(
            "The way could not be gone to its end by the keyboard.",
            cause=str(stuck),
            hint="go it by hand with Tab, arrows, Enter and Space; where that leads on, the path may lack a step",
        )
    keyboard: Keyboard = actor.notes["keyboard"]
    return keyboard
