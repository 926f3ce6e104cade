"""What a signed-in customer sees: the name, the menu, the settings, and the places behind the sign-in."""

from __future__ import annotations

from urllib.parse import urlsplit

from fixtures.actor import Actor
from portal2fa.doctor import About
from portal2fa.doctor_wordings import OFF
from portal2fa.errors import CannotTell
from steps.tasks import doubts, looking, navigation, signing_in
from steps.tasks.doctor import beyond, proposing
from steps.tasks.doctor.examiner import Examiner


def look_around(examiner: Examiner) -> None:
    """From the client area to the settings by the documented way, then straight to each place, and out again."""
    actor = examiner.actor
    tried = examiner.attempt(lambda: _open_client_area(actor))
    if tried.error is not None:
        examiner.blame(tried.error, "sign_in")
        return
    if not examiner.shown("notices", ("signed_in",), "in the client area", suspects=("places.client_area",)):
        return
    examiner.ledger.ok("places.client_area", "opens for a customer who is signed in")
    _menu(examiner)
    _places(examiner)
    beyond.sign_out(examiner)


def _open_client_area(actor: Actor) -> None:
    if not navigation.be_signed_in(actor):
        actor.portal.open("client_area")


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
    suspects = _settings_by_address(examiner)
    examiner.shown("controls", ("two_factor",), "in the security settings", suspects=suspects)
    if examiner.leads("two_factor", lambda: _at_factor(examiner), then=("enable",)):
        _state_is_off(examiner)
        examiner.shown("controls", ("enable",), "in the two-factor settings while none is on")


def _settings_by_address(examiner: Examiner) -> tuple[str, ...]:
    """Be at the security settings as a run is, by their address: what the menu opens may be a frame around them.

    Where they have none, or are not there, stay with what the menu opens; the entry that led to where one is.
    """
    actor = examiner.actor
    if "security_settings" not in examiner.world.profile.places:
        return ("paths.security_settings",)
    if _place(examiner, "security_settings", ("security_settings",), "two_factor"):
        return ("places.security_settings",)
    examiner.attempt(lambda: actor.portal.open("client_area"))
    examiner.attempt(lambda: navigation.open_menu(actor))
    examiner.attempt(lambda: _at_settings(examiner))
    return ("paths.security_settings",)


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
    examiner.keep(OFF)
    if examiner.world.profile.capabilities.known_status:
        where = "in the two-factor settings of an account that has none on"
        if examiner.shown("notices", ("off",), where):
            examiner.hidden(("on", "announced_on"), where, against="off")


def _places(examiner: Examiner) -> None:
    """Each place by its address: whether it is the one that the walk leads to."""
    profile = examiner.world.profile
    if "two_factor" in profile.places:
        _place(examiner, "two_factor", ("off", "on") if profile.capabilities.known_status else (), "enable")
    tried = examiner.attempt(lambda: signing_in.reach_all(examiner.actor))
    if tried.error is not None:
        examiner.blame(tried.error, first="places.protected")
        _propose_protected(examiner)
    else:
        examiner.ledger.ok("places.protected", "open for a customer who is signed in")
    _revisited(examiner)


def _propose_protected(examiner: Examiner) -> None:
    """The places that do open, as the profile has them."""
    actor = examiner.actor
    opened = examiner.attempt(lambda: signing_in.reachable(actor, expected=True)).value or []
    said = zip(_said(examiner, "protected"), actor.portal.addresses("protected"), strict=True)
    left = [place for place, address in said if urlsplit(address).path in opened]
    examiner.ledger.propose("places.protected", proposing.places("protected", left))


def _said(examiner: Examiner, place: str) -> tuple[str, ...]:
    said = examiner.world.profile.places.get(place, ())
    return (said,) if isinstance(said, str) else tuple(said)


def _place(examiner: Examiner, place: str, notices: tuple[str, ...], control: str) -> bool:
    """Go straight to a place; whether a control or a notice shows that it is the one that is meant."""
    actor, key = examiner.actor, f"places.{place}"
    tried = examiner.attempt(lambda: actor.portal.open(place))
    if tried.error is not None:
        examiner.blame(tried.error)
        return False
    there = examiner.attempt(lambda: actor.portal.comes(control) or (notices and actor.portal.wait_for(*notices)))
    if there.value:
        examiner.ledger.ok(key, "opens, and is what the walk leads to")
        return True
    _tell_elsewhere(examiner, place, notices, control)
    return False


def _tell_elsewhere(examiner: Examiner, place: str, notices: tuple[str, ...], control: str) -> None:
    """Nothing of what belongs to a place is in sight there: it is the place, unless no walk has shown that yet."""
    right, key = examiner.ledger.right(), f"places.{place}"
    other = f"notices.{notices[0]}" if notices else f"controls.{control}"
    walked = not notices or any(f"notices.{name}" in right for name in notices)
    first, second = (key, other) if walked else (other, key)
    examiner.ledger.problem(
        first,
        f"{examiner.world.profile.places[place]} does not show what belongs there",
        cause=f"neither {other} nor controls.{control} was seen at {key}" if notices else f"{other} was not seen there",
        suspects=(second,),
        edits=examiner.edits(first, examiner.page()),
        picture=examiner.page_picture(),
    )


def _revisited(examiner: Examiner) -> None:
    actor, opened = examiner.actor, []
    for place, address in zip(_said(examiner, "revisit"), actor.portal.addresses("revisit"), strict=True):
        response = examiner.attempt(lambda address=address: actor.portal.go(address))  # type: ignore[misc]
        status = response.value.status if response.value is not None else 0
        if response.error is None and status < 400:
            opened.append(place)
            continue
        examiner.ledger.problem(
            "places.revisit",
            f"{address.removeprefix(actor.portal.url)} does not open",
            cause=response.error.cause if response.error else f"the portal answered with status {status}",
            about=About.PROFILE,
            picture=examiner.page_picture(),
        )
    examiner.ledger.propose("places.revisit", proposing.places("revisit", opened))
    if opened:
        examiner.ledger.ok("places.revisit", "open for a customer who is signed in")
