"""A walk by a written profile through everything that it describes, with a look at every stage."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from urllib.parse import urljoin

from fixtures.actor import Actor
from fixtures.world import World
from steps.tasks import (
    answering,
    arriving,
    backup,
    codes,
    following,
    mail,
    navigation,
    setting_up,
    signing_in,
    turning_off,
)

Look = Callable[[Actor, str], None]
_NARROW = 320
"""CSS pixels: a desktop screen of 1280 at 400 % (WCAG 2.2, success criterion 1.4.10)."""
NARROW = ", narrow"
"""How stages end at which the window is narrow."""


def walk(world: World, look: Look) -> None:
    """Walk, and look at each stage; a fresh account for each method."""
    offers = world.profile.capabilities
    methods = [m for m, offered in (("time_based", offers.time_based_tokens), ("email", offers.email_codes)) if offered]
    _come_in(arriving.enters(world, "Ana"), look)
    for method in methods:
        _live_with(arriving.enters(world, "Ana"), method, look)


def _come_in(actor: Actor, look: Look) -> None:
    portal = actor.portal
    portal.open("front")
    look(actor, "front")
    _in_narrow_window(actor, "front", look)
    _unfold(actor, "client_area", look)
    portal.open("front")
    portal.walk("client_area")
    look(actor, "sign-in")
    _in_narrow_window(actor, "sign-in", look)
    navigation.sign_in_with_password(actor, "wrong password")
    look(actor, "wrong password")
    navigation.sign_in_with_password(actor)
    look(actor, "client area")
    _in_narrow_window(actor, "client area", look)
    navigation.open_menu(actor)
    look(actor, "menu")
    portal.walk("security_settings")
    look(actor, "security settings")
    portal.walk("two_factor")
    look(actor, "off")
    for control, notice in following.LEADS_TO.items():
        if control in portal.profile.controls:
            _look_behind(actor, control, notice, look)


def _unfold(actor: Actor, path: str, look: Look) -> None:
    """Look at what each control of a path brings into sight but the last, which leads away."""
    actions = [action for action in actor.portal.profile.paths.get(path, ()) if not action.optional]
    for action in actions[:-1]:
        actor.portal.wait_for_control(action.control).click()
        look(actor, f"unfolded by {action.control}")


def _in_narrow_window(actor: Actor, stage: str, look: Look) -> None:
    """Look at the page that is open as a narrow window shows it; the window is as wide as before then."""
    page = actor.portal.page
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": _NARROW, "height": size["height"]})
    look(actor, f"{stage}{NARROW}")
    page.set_viewport_size(size)


def _look_behind(actor: Actor, control: str, notice: str, look: Look) -> None:
    """What a link of help leads to, from the first of the places that show it."""
    portal = actor.portal
    for place in ("two_factor", "sign_in", "front"):
        if portal.addresses(place):
            portal.open(place)
        if portal.control(control).count() and not portal.sees(notice):
            portal.go(urljoin(portal.page.url, portal.control(control).first.get_attribute("href") or ""))
            look(actor, f"behind {control}")
            return


def _live_with(actor: Actor, method: str, look: Look) -> None:
    _set_up(actor, method, look)
    _challenge(actor, method, look)
    _backup(actor, method, look)
    _turn_off(actor, method, look)
    actor.close()


def _wrong(actor: Actor) -> str:
    told = "a code that is not shown by the app"
    return codes.wrong_code(actor, told) if actor.method == "time_based" else mail.wrong_code(actor)


def _set_up(actor: Actor, method: str, look: Look) -> None:
    navigation.reach_choice(actor)
    look(actor, f"choice, {method}")
    setting_up.start(actor, method)
    look(actor, f"set-up, {method}")
    if method == "time_based":
        setting_up.scan(actor)
        if actor.world.profile.capabilities.manual_key:
            actor.portal.walk("show_manual_key")
            look(actor, "manual key")
    answering.give_wrong(actor, _wrong(actor))
    look(actor, f"refused, {method}")
    setting_up.confirm_after_refusal(actor)
    look(actor, f"announced, {method}")
    if actor.world.profile.capabilities.backup_code:
        backup.receive(actor)
        look(actor, f"backup code, {method}")
    setting_up.leave(actor)
    navigation.reach(actor, "two_factor")
    look(actor, f"on, {method}")


def _challenge(actor: Actor, method: str, look: Look) -> None:
    signing_in.from_fresh_browser(actor)
    look(actor, f"asked, {method}")
    actor.answer = None
    answering.give_wrong(actor, _wrong(actor))
    look(actor, f"refused at sign-in, {method}")
    signing_in.finish(actor)
    look(actor, f"signed in, {method}")


def _backup(actor: Actor, method: str, look: Look) -> None:
    if not (actor.world.profile.capabilities.backup_code and actor.backup_codes):
        return
    signing_in.from_fresh_browser(actor)
    if _ask_for_backup_code(actor):
        look(actor, f"backup code asked, {method}")
        signing_in.from_fresh_browser(actor)
    actor.answer = None
    answering.give_wrong_backup_code(actor, backup.wrong(actor))
    look(actor, f"backup code refused, {method}")
    signing_in.with_backup_code(actor)
    look(actor, f"backup code taken, {method}")


def _ask_for_backup_code(actor: Actor) -> bool:
    """Follow the way to a backup code up to its field; whether there is any."""
    path = actor.world.profile.paths["sign_in_backup_code"]
    before = list(itertools.takewhile(lambda action: not action.fill, path))
    for action in before:
        spot = actor.portal.wait_for_control(action.control)
        if action.choose:
            spot.check()
        else:
            spot.click()
    return bool(before)


def _turn_off(actor: Actor, method: str, look: Look) -> None:
    navigation.reach(actor, "two_factor")
    if actor.world.profile.capabilities.turn_off_password:
        turning_off.turn_off(actor, "wrong password")
        look(actor, f"not turned off, {method}")
    turning_off.turn_off(actor)
    look(actor, f"turned off, {method}")
