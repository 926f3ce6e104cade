"""What a signed-in customer sees: the name, the menu, the settings, and the places behind the sign-in."""

from __future__ import annotations

from portal2fa.doctor import About
from portal2fa.errors import CannotTell
from steps.tasks import doubts, looking, navigation, signing_in
from steps.tasks.doctor.examiner import Examiner


def look_around(examiner: Examiner) -> None:
    """From the client area to the settings by the documented way, then straight to each place."""
    actor = examiner.actor
    tried = examiner.attempt(lambda: navigation.be_signed_in(actor))
    if tried.error is None:
        tried = examiner.attempt(lambda: actor.portal.open("client_area"))
    if tried.error is not None:
        examiner.blame(tried.error, "sign_in")
        return
    if not examiner.shown("notices", ("signed_in",), "in the client area", suspects=("places.client_area",)):
        return
    examiner.ledger.ok("places.client_area", "opens for a customer who is signed in")
    _menu(examiner)
    _places(examiner)


def _menu(examiner: Examiner) -> None:
    if examiner.world.profile.paths["security_settings"]:
        examiner.hidden(("security_settings",), "before the security settings were opened")
    _name(examiner)
    if not examiner.leads("open_menu", lambda: _opened(examiner), then=("security_settings",)):
        return
    if not examiner.leads(
        "security_settings", lambda: _at_settings(examiner), goal="security_settings", then=("two_factor", "enable")
    ):
        return
    examiner.shown("controls", ("two_factor",), "in the security settings", suspects=("paths.security_settings",))
    if examiner.leads("two_factor", lambda: _at_factor(examiner), then=("enable",)):
        _state_is_off(examiner)
        examiner.shown("controls", ("enable",), "in the two-factor settings while none is on")


def _opened(examiner: Examiner) -> bool:
    navigation.open_menu(examiner.actor)
    return True


def _name(examiner: Examiner) -> None:
    actor = examiner.actor
    if not actor.account.name:
        examiner.ledger.unchecked("accounts.name", "the account has no name in the profile to look for")
        return
    tried = examiner.attempt(lambda: looking.name_position(actor))
    if tried.error is not None:
        examiner.blame(tried.error)


def _at_settings(examiner: Examiner) -> bool:
    examiner.actor.portal.walk("security_settings")
    examiner.comes("security_settings", "security_settings")
    doubts.reached(examiner.actor, "security_settings")
    return True


def _at_factor(examiner: Examiner) -> bool:
    """At the two-factor settings: what turns it on is there, or what is said of its state."""
    actor = examiner.actor
    actor.portal.walk("two_factor")
    known = examiner.world.profile.capabilities.known_status
    there = actor.portal.wait_for("off") if known else None
    if there is None and not actor.portal.comes("enable"):
        notices = "neither notices.off nor controls.enable" if known else "controls.enable"
        raise CannotTell(
            "The two-factor settings were not reached.",
            cause=f"{notices} was seen after paths.two_factor at {actor.portal.page.url.partition('?')[0]}",
            hint="look at the picture, then mend one of these entries",
        )
    doubts.reached(actor, "two_factor")
    return True


def _state_is_off(examiner: Examiner) -> None:
    if examiner.world.profile.capabilities.known_status:
        where = "in the two-factor settings of an account that has none on"
        if examiner.shown("notices", ("off",), where):
            examiner.hidden(("on", "announced_on"), where, against="off")


def _places(examiner: Examiner) -> None:
    """Each place by its address: whether it is the one that the walk leads to."""
    profile = examiner.world.profile
    evidence = {"security_settings": ("security_settings",), "two_factor": ("off", "on")}
    for place, notices in evidence.items():
        if place in profile.places:
            known = place != "two_factor" or profile.capabilities.known_status
            _place(examiner, place, notices if known else ())
    tried = examiner.attempt(lambda: signing_in.reach_all(examiner.actor))
    if tried.error is not None:
        examiner.blame(tried.error, first="places.protected")
    else:
        examiner.ledger.ok("places.protected", "open for a customer who is signed in")
    _revisited(examiner)


def _place(examiner: Examiner, place: str, notices: tuple[str, ...]) -> None:
    actor, key = examiner.actor, f"places.{place}"
    tried = examiner.attempt(lambda: actor.portal.open(place))
    if tried.error is not None:
        examiner.blame(tried.error)
        return
    there = examiner.attempt(lambda: actor.portal.wait_for(*notices) if notices else None)
    if there.value or (place == "two_factor" and actor.portal.comes("enable")):
        examiner.ledger.ok(key, "opens, and is what the walk leads to")
        return
    walked = any(f"notices.{name}" in examiner.ledger.right() for name in notices)
    first, other = (key, f"notices.{notices[0]}") if walked and notices else (f"notices.{notices[0]}", key)
    if not notices:
        first, other = key, "controls.enable"
    examiner.ledger.problem(
        first,
        f"{examiner.world.profile.places[place]} does not show what belongs there",
        cause=f"{other if first == key else first} was not seen at {key}",
        suspects=(other,),
        picture=examiner.page_picture(),
    )


def _revisited(examiner: Examiner) -> None:
    actor = examiner.actor
    for address in actor.portal.addresses("revisit"):
        response = examiner.attempt(lambda address=address: actor.portal.go(address))  # type: ignore[misc]
        status = response.value.status if response.value is not None else 0
        if response.error is not None or status >= 400:
            examiner.ledger.problem(
                "places.revisit",
                f"{address.removeprefix(actor.portal.url)} does not open",
                cause=response.error.cause if response.error else f"the portal answered with status {status}",
                about=About.PROFILE,
                picture=examiner.page_picture(),
            )
    if actor.portal.addresses("revisit"):
        examiner.ledger.ok("places.revisit", "open for a customer who is signed in")
