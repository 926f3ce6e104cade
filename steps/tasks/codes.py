"""Codes of the authenticator app: the present one, the next one, and wrong ones of every kind.

A portal rightly refuses a code of a step that was used, so a fresh code is always of a later step; and no code is
given late in a step, where a slow page would make it old, or older than it should be.
"""

from __future__ import annotations

import secrets

from fixtures.actor import Actor
from fixtures.authenticator import Authenticator, KeyUri
from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.profile import Profile

_LEFT_SECONDS = 12.0
"""A code is given with at least so much of its step left: time for a slow page, and for trying it a second time.

Of a step that is shorter than twice that, half is enough.
"""
_PAST = 0.5
"""So far into its step a code is given where its beginning is waited for."""
_ROOM = 3.0
"""Seconds of a step that have to be left for giving a code, once all is taken off that is uncertain of the clock."""

_ANY_STEP = -1
"""The last step of which a code was used, where that does not matter."""

_UNTOLD_PAUSE = 5.0
"""Seconds for a pause that the profile does not know of: portals begin with one second and double it."""


def app(actor: Actor) -> Authenticator:
    """The person's authenticator app, which has to hold the account, at a portal whose time step can be told."""
    if actor.authenticator is None:
        raise CannotTell(f"{actor.name}'s authenticator app holds no account yet.", hint="scan the QR code first")
    skew, period = actor.world.clock.skew, actor.authenticator.uri.period
    if skew is not None and skew.unclear and 2 * skew.unclear + _LEFT_SECONDS + _ROOM > period:
        raise skew.problem("In which time step the portal is cannot be told.")
    return actor.authenticator


def _unclear(actor: Actor) -> float:
    skew = actor.world.clock.skew
    return skew.unclear if skew is not None else 0.0


def fresh_code(actor: Actor) -> str:
    """A code that the app shows now and that was not used yet; time moves on to the next step where it must."""
    phone = app(actor)
    while seconds := _until_fresh(phone, actor.now(), actor.last_step, _unclear(actor)):
        pass_time(actor, seconds)
    return _shown(actor, actor.now())


def _shown(actor: Actor, at: float) -> str:
    """The code that the app shows at a time; no report shows it."""
    code = app(actor).code(at)
    actor.world.recorder.code(code)
    return code


def _until_fresh(phone: Authenticator, now: float, last_step: int, unclear: float) -> float:
    """Seconds until a code may be given; 0 when one may be given now.

    Where the portal's time is `unclear` by so many seconds, it is in the code's step for certain all the same.
    """
    into, enough = now % phone.uri.period, min(_LEFT_SECONDS, phone.uri.period / 2)
    left = phone.uri.period - into
    if phone.step(now) <= last_step:
        return left + (last_step - phone.step(now)) * phone.uri.period + _PAST + unclear
    return left + _PAST + unclear if left < enough + unclear else max(0.0, unclear - into)


def pass_time(actor: Actor, seconds: float) -> None:
    """Let time pass for the person's account: by the portal's clock where it moves, else really."""
    time = actor.world.clock
    if not time.movable:
        actor.tells(f"waiting {seconds:.0f} s, for a fresh code or a pause of the portal")
        clock.pause(seconds)
        return
    time.advance(actor.account.username, seconds)
    if not time.really:
        for person in actor.world.actors.values() if time.shared else [actor]:
            person.grow_older(seconds)


def throttles(profile: Profile) -> tuple[str, ...]:
    """The notices by which the portal says that it wants a pause; none where the profile knows of none."""
    return ("throttled",) if "throttled" in profile.notices else ()


def pass_throttle(actor: Actor) -> None:
    """Wait out the pause after a refused code of the account in which the portal refuses right ones as well."""
    seconds = actor.world.profile.wrong_code.seconds
    if seconds and actor.world.refused[actor.account.username]:
        pass_time(actor, seconds)


def present_step(actor: Actor) -> int:
    """The time step that it is now for the app in use; -1 where none is."""
    phone = actor.authenticator if actor.method == "time_based" else None
    return phone.step(actor.now()) if phone is not None else -1


def rest(actor: Actor) -> None:
    """Wait as long as the portal wants people to pause, or a usual pause where the profile does not say."""
    pass_time(actor, actor.world.profile.wrong_code.seconds or _UNTOLD_PAUSE)


def rest_long(actor: Actor) -> None:
    """Wait longer than the profile says that the portal wants people to pause, by a usual pause."""
    pass_time(actor, long_rest(actor))


def long_rest(actor: Actor) -> float:
    """So many seconds that is."""
    return actor.world.profile.wrong_code.seconds + _UNTOLD_PAUSE


def note_used(actor: Actor, code: str) -> None:
    """Remember a code that the portal took, and the step it belongs to."""
    actor.used_codes.append(code)
    actor.last_step = max(actor.last_step, present_step(actor))


def _of_another_secret(actor: Actor) -> str:
    phone = app(actor)
    now = actor.now()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    near = {phone.code(now + shift * phone.uri.period) for shift in range(-10, 11)}
    while True:
        secret = "".join(secrets.choice(alphabet) for _ in range(32))
        code = Authenticator(KeyUri(secret, "", "", "SHA1", phone.uri.digits, phone.uri.period)).code(now)
        if code not in near:
            return code


def wrong_code(actor: Actor, what: str) -> str:
    """A code that must be refused, by the words the specification uses for it."""
    if what == "an empty code":
        return ""
    phone = app(actor)
    return {
        "a code that is not shown by the app": lambda: phone.wrong_code(actor.now()),
        "a code of another secret": lambda: _of_another_secret(actor),
        "a code of letters": lambda: "abcdef"[: phone.uri.digits],
        "a code that is one digit short": lambda: fresh_code(actor)[:-1],
        "a code that is one digit long": lambda: fresh_code(actor) + "0",
    }[what]()


def used_code(actor: Actor) -> str:
    """The last code that the portal took, while its step still lasts: later it might be refused for its age."""
    if actor.method == "time_based" and app(actor).step(actor.now() + _unclear(actor)) != actor.last_step:
        raise CannotTell(
            "The used code ran out before it could be tried again.",
            cause="the portal took longer to answer than the time step of the code lasts",
            hint="run the scenario again; if it stays so, the portal is too slow for this test",
        )
    return actor.used_codes[-1]


def former_code(actor: Actor) -> str:
    """The present code of the secret before the newest, which the app no longer shows."""
    uris = list(dict.fromkeys(actor.scanned))
    if len(uris) < 2:
        raise CannotTell(f"{actor.name}'s app was linked once only, so there is no former secret to try.")
    return Authenticator(uris[-2]).code(actor.now())


def spaced(code: str) -> str:
    """A code as apps show it, in two groups."""
    return f"{code[: len(code) // 2]} {code[len(code) // 2 :]}"


def code_at_distance(actor: Actor, seconds: float) -> str:
    """The code that the app shows in `seconds`, or showed that long ago when they are negative.

    It is given early in the present step: if that turned on the way, the portal would judge another distance, and a
    code at the edge of what it takes would be judged by chance.
    """
    phone = app(actor)
    while pause := _until_fresh(phone, actor.now(), _ANY_STEP, _unclear(actor)):
        pass_time(actor, pause)
    return _shown(actor, actor.now() + seconds)
