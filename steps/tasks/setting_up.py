"""Setting a method up: starting, scanning, turning back, and the whole way to an account that is protected."""

from __future__ import annotations

import re

from fixtures.actor import Actor, Answer
from fixtures.authenticator import KeyUri, NotAKeyUri, normal_secret, parse_key_uri, read_qr
from fixtures.world import World
from portal2fa.errors import CannotTell
from portal2fa.witnesses import way
from steps.tasks import answering, arriving, backup, doubts, navigation, people, requesting, turning_off, waiting

A_QR_CODE = "a QR code at controls.qr_code"
"""How the run calls what it has to have read once before a picture without one is the portal's fault."""
_SECRET_SIGNS = 16
"""The least length of a secret in base32: 80 bits, which RFC 4226 does not allow and some portals still use."""
_GOES_ON = r"-?[A-Za-z0-9]|[ ][A-Z2-7]{4}\b"
"""What stands behind a part of a secret: more of it, also in the next group of four."""
_BASE32 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_MARKED_SECONDS = 2.0
"""How long a page may take to show which method is marked."""
_RIGHT_CODE = "look at the picture and at the path that gives the code; app and portal may also differ about the time"


def choose(actor: Actor, method: str) -> None:
    """Mark a method, without going on; raises `CannotTell` when it is not marked then."""
    path = f"choose_{method}"
    actor.portal.walk(path)
    if not is_chosen(actor, method):
        raise CannotTell(
            "The method that was chosen is not marked.",
            cause=f"it was not after {way(actor.world.profile, path)}",
            hint="look at the picture: mend these entries, or say by a notice how a method is marked",
        )
    doubts.reached(actor, path)


def is_chosen(actor: Actor, method: str) -> bool:
    """Whether a method is marked: by the profile's own notice where it has one, else as radio buttons are."""
    notice = f"{method}_chosen"
    if notice not in actor.world.profile.notices:
        return actor.portal.control(method).first.is_checked()
    actor.portal.recorder.counts_on_absence(f"notices.{notice}")
    return actor.portal.wait_for(notice, seconds=_MARKED_SECONDS) is not None


def put_back_afterwards(actor: Actor, method: str) -> None:
    """What comes next may begin a set-up: the journal has the account from now on, and the scenario's end undoes it."""
    actor.undo = lambda: turning_off.restore(actor)
    actor.page.begin(method)


def ask_for(actor: Actor, method: str) -> None:
    """From the choice of methods, ask for the set-up of one; whether it begins is the portal's answer."""
    path = f"start_{method}"
    navigation.note_label(actor, method, before=path)
    if any(action.control == "get_started" for action in actor.world.profile.paths.get(path, ())):
        navigation.note_label(actor, "get_started", before=path)
    actor.method, actor.setting_up = method, True
    put_back_afterwards(actor, method)
    requesting.expect_code(actor)
    actor.portal.walk(path)
    if method == "email":
        requesting.note_request(actor)


def start(actor: Actor, method: str) -> None:
    """From the choice of methods, begin the set-up of one; the portal has to show that it began."""
    path = f"start_{method}"
    doubts.see_away(actor, (f"{method}_started",), "the set-up was asked for")
    ask_for(actor, method)
    if actor.portal.wait_for(f"{method}_started") is None:
        raise CannotTell(
            "The set-up did not begin.",
            cause=f"notices.{method}_started was not seen after paths.{path}",
            hint="look at the picture, then mend the notice, or the path, which may lack a step",
            missing=[f"notices.{method}_started"],
        )
    doubts.reached(actor, path)
    if "safe_advice" in actor.world.profile.notices and not actor.portal.sees("safe_advice"):
        actor.world.recorder.saw(doubts.ADVICE_AWAY)
    actor.shown_at.append(actor.portal.page.url)


def start_from_anywhere(actor: Actor, method: str) -> None:
    """Go to the choice and begin the set-up of `method`."""
    navigation.reach_choice(actor)
    start(actor, method)


def read_code(actor: Actor) -> str | None:
    """What the QR code in sight says, from its pixels; pages that draw late are looked at again."""
    found = actor.portal.wait_for_control("qr_code")
    text = waiting.on_page(actor.portal, lambda: read_qr(found.screenshot()))
    if text is not None:
        actor.world.recorder.saw(A_QR_CODE)
    return text


def read_page(actor: Actor) -> str | None:
    """What any QR code on the whole page says, wherever it stands; None when there is none."""
    return read_qr(actor.portal.page.screenshot(full_page=True))


def manual_key(actor: Actor) -> str:
    """The key that is shown for typing, in its normal form."""
    actor.portal.walk("show_manual_key")
    found = actor.portal.wait_for_control("manual_key")
    text = str(found.evaluate("e => 'value' in e && e.value ? e.value : e.innerText"))
    key = re.search(actor.world.profile.manual_key.pattern, text)
    if key is None:
        raise CannotTell(
            "There is no key in what the profile calls the manual key.",
            cause="manual_key.pattern finds nothing in the text of controls.manual_key",
            hint="look at the picture, then mend one of the two",
        )
    secret = _whole_secret(text, key)
    actor.world.recorder.used("manual_key.pattern")
    return secret


def _whole_secret(text: str, key: re.Match[str]) -> str:
    """The key in its normal form; raises `CannotTell` for a part of one, and for what is no secret at all."""
    cut = re.search(r"[A-Za-z0-9]-?\Z", text[: key.start()]) or re.match(_GOES_ON, text[key.end() :])
    secret = normal_secret(key[0])
    is_secret = len(secret) >= _SECRET_SIGNS and set(secret) <= _BASE32
    if not is_secret or cut:
        raise CannotTell(
            "What the profile calls the manual key is no secret for an authenticator app, or only a part of one.",
            cause=f"{len(secret)} characters were found by manual_key.pattern in controls.manual_key",
            hint="look at the picture, then mend one of the two",
        )
    return secret


def scan(actor: Actor) -> KeyUri:
    """Scan the QR code and link the account in the authenticator app."""
    text = read_code(actor)
    if text is None:
        raise CannotTell(
            "The authenticator app cannot read the QR code.",
            cause="none was decoded from the picture of controls.qr_code",
            hint="look at the picture: the control has to be the QR code as a whole, large enough for a phone",
        )
    return link(actor, text)


def link(actor: Actor, text: str) -> KeyUri:
    """Link the account of which a QR code says `text` in the authenticator app."""
    try:
        uri = parse_key_uri(text)
    except NotAKeyUri as error:
        raise CannotTell(
            "The QR code holds nothing for an authenticator app.",
            cause=str(error),
            hint="scan it with a phone: another code may stand on the page, or the portal's own is wrong",
        ) from error
    people.link(actor, uri)
    return uri


def turn_on(actor: Actor, method: str) -> None:
    """Turn two-factor sign-in on through the portal, and note down what it hands over."""
    start_from_anywhere(actor, method)
    if method == "time_based":
        scan(actor)
    answer = answering.give_right(actor)
    if not answer.accepted:
        raise CannotTell(
            "Two-factor sign-in could not be turned on.", cause=f"the portal said: {answer.text}", hint=_RIGHT_CODE
        )
    if actor.world.profile.capabilities.backup_code:
        backup.receive(actor)


def confirm(actor: Actor, method: str) -> None:
    """Turn two-factor sign-in on through the portal, and be shown what it hands over."""
    start_from_anywhere(actor, method)
    if method == "time_based":
        scan(actor)
    if not answering.give_right(actor).accepted:
        raise CannotTell("Two-factor sign-in could not be turned on.", cause=answering.said(actor), hint=_RIGHT_CODE)
    actor.portal.walk("show_backup_code")


def meet_demand(actor: Actor) -> None:
    """Set up the first method that the portal offers, as it demands of everybody, and come to the client area."""
    offers = actor.world.profile.capabilities
    turn_on(actor, "time_based" if offers.time_based_tokens else "email")
    leave(actor)
    navigation.look_at_client_area(actor)


def come_in(actor: Actor) -> None:
    """Be signed in, with a second factor where the portal demands one of everybody."""
    if navigation.meets_demand(actor):
        meet_demand(actor)
    else:
        navigation.be_signed_in(actor)


def sign_in(actor: Actor) -> str:
    """Sign in with the password and set up what the portal demands then; the notice that answers."""
    answer = navigation.sign_in_with_password(actor)
    if answer != "set_up_demanded":
        return answer
    meet_demand(actor)
    return actor.portal.wait_for("signed_in") or answer


def sign_in_at_first_sight(actor: Actor) -> None:
    """Sign in with the password, and take the first sign of being signed in for it, whatever else is in sight.

    Where the portal demands a set-up of everybody, what else is in sight is looked at as at any other sign-in.
    """
    if actor.world.profile.methods.forced:
        sign_in(actor)
    else:
        navigation.sign_in_at_first_sight(actor)


def confirm_after_refusal(actor: Actor) -> Answer:
    """Give the right code after a wrong one, in a set-up begun anew where the portal ends it with a wrong code."""
    if begun_again(actor) and actor.method == "time_based":
        scan(actor)
    return answering.give_right(actor)


def begun_again(actor: Actor) -> bool:
    """Begin the set-up anew if the last code was refused and the portal ends a set-up with that; whether it did."""
    ends = actor.world.profile.wrong_code.ends(actor.method, setting_up=True)
    if actor.answer is None or actor.answer.accepted or not ends:
        return False
    actor.answer = None
    start_from_anywhere(actor, actor.method)
    return True


def enters_protected(world: World, who: str, method: str) -> Actor:
    """Someone comes in whose account uses `method`: planted where the target can, else turned on by hand."""
    actor = people.enters_with_factor(world, who, method)
    if actor is None:
        actor = arriving.enters(world, who)
        turn_on(actor, method)
        leave(actor)
    return actor


def leave(actor: Actor) -> None:
    """Finish with the page that announced success, where it has a way out."""
    actor.portal.walk("finish")


def cancel(actor: Actor) -> None:
    """Leave the set-up by the portal's own way out; raises `CannotTell` when that does not lead out of it."""
    path, started = f"cancel_{actor.method}", f"{actor.method}_started"
    actor.portal.walk(path)
    if not waiting.on_page(actor.portal, lambda: not actor.portal.sees(started)):
        raise CannotTell(
            "The set-up was not left.",
            cause=f"notices.{started} was still in sight after {way(actor.world.profile, path)}",
            hint="look at the picture, then mend one of these entries",
        )


def walk_away(actor: Actor) -> None:
    """Leave what was begun by going to the client area, as people do."""
    actor.portal.open("client_area")
