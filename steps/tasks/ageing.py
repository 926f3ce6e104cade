"""Letting a mailed code grow old: to one side of its limit for certain, and how old it may get where that is not kept.

A code is made at some moment between the deed that asks for it and the arrival of its mail, and judged between giving
it and the answer; so its age lies between two bounds.  On a clock that is held both are the same.  Where the dates of
a portal contradict each other, its age is uncertain by as much more.
"""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.clocks.skew import judge_age
from portal2fa.errors import CannotTell
from steps.tasks import answering, budget, codes, mail, pausing, setting_up, signing_in, turning_off

_BESIDE = 1.0
"""How far from the limit a code is tried: portals count whole seconds."""
_ANSWER = 6.0
"""On a clock that runs, a code is given so much earlier: the time in which a portal answers."""
_TURN = 10.0
"""Where time is really waited for, it is given so much earlier still: another scenario may have to end its step."""
_SHORTER = (60.0, 120.0, 180.0, 300.0, 420.0)
_LONGER = (900.0, 1800.0, 3600.0, 86_400.0)
"""Lifetimes in seconds at which a limit that is not kept is looked for."""
_WAITED_FOR = (120.0, 300.0, 420.0)
"""Those at which it is looked for where time is really waited for, five minutes first."""


def let_pass(actor: Actor, limit: float, *, under: bool) -> None:
    """Let the newest code come to be just under `limit` seconds old, or just over.

    A pause after what other accounts were refused comes first: the code is given once, as later it would be older.
    """
    mail.await_code_mail(actor)
    if pausing.is_beside(actor, "code"):
        codes.rest_long(actor)
    clock = actor.world.clock
    if under:
        age = limit - _BESIDE - (0.0 if clock.exact else _ANSWER) - (_TURN if clock.really else 0.0)
        codes.pass_time(actor, max(0.0, age - (actor.now() - actor.asked_at)))
    else:
        codes.pass_time(actor, max(0.0, limit + _BESIDE - (actor.now() - actor.arrived_at)))
    actor.notes["limit"], actor.notes["under"] = limit, under


def be_certain(actor: Actor) -> None:
    """Raise `CannotTell` unless the code that was given last was on the intended side of the limit for certain."""
    limit = actor.notes.get("limit")
    if limit is None:
        return
    wanted = "inside" if actor.notes["under"] else "outside"
    band = 0.0 if actor.world.clock.exact else _BESIDE / 2 + _apart(actor)
    if judge_age(limit, *actor.code_age, band=band) != wanted:
        raise _too_near(actor, limit)


def _too_near(actor: Actor, limit: float) -> CannotTell:
    what, skew = f"The code was too near its limit of {span(limit)} for a verdict.", actor.world.clock.skew
    if skew is not None and skew.apart:
        return skew.problem(what)
    youngest, oldest = actor.code_age
    return CannotTell(
        what,
        cause=f"it was between {span(youngest)} and {span(oldest)} old when the portal judged it",
        hint="the portal or this machine was slow; run the scenario again",
    )


def _apart(actor: Actor) -> float:
    """By how many seconds a code may be older or younger for the portal than it is here, by the portal's own dates."""
    skew = actor.world.clock.skew
    return skew.apart if skew is not None else 0.0


def lifetime(actor: Actor) -> str:
    """How long the codes really live, as far as it can be found: words that follow what the portal said.

    Empty where no limit was tried.  Where time is really waited for, no more of it is spent on this than the limit
    lasts, and none on codes that live too long.
    """
    limit = actor.notes.get("limit")
    if limit is None or actor.answer is None:
        return ""
    bounds = _Bounds()
    bounds.note(actor)
    _narrow(actor, bounds, limit)
    return bounds.words()


class _Bounds:
    """What is known of a lifetime, in seconds of a code's age."""

    def __init__(self) -> None:
        self.low = -1.0
        """The greatest age at which a code was accepted for certain."""
        self.high = float("inf")
        """The least age at which one was refused for certain."""

    def note(self, actor: Actor) -> bool:
        """Take the last answer into account; whether it was a yes."""
        youngest, oldest = actor.code_age
        accepted = actor.answer is not None and actor.answer.accepted
        if accepted:
            self.low = max(self.low, youngest - _apart(actor), 0.0)
        else:
            self.high = min(self.high, oldest + _apart(actor))
        return accepted

    def words(self) -> str:
        """The bounds as a person reads them."""
        if self.high == float("inf"):
            return f"a code of {span(self.low)} was accepted, and no end was found"
        if self.low < 0.0:
            return f"a code of {span(self.high)} was refused"
        accepted = f"a code of {span(self.low)}" if self.low >= 1.0 else "a fresh code"
        return f"{accepted} was accepted, one of {span(self.high)} refused"


def _narrow(actor: Actor, bounds: _Bounds, limit: float) -> None:
    """Try fresh codes at other ages, until the bounds are near or the portal does not play along."""
    really = actor.world.clock.really
    try:
        if really and bounds.low < 0.0:
            _wait(actor, bounds, limit)
        elif not really and bounds.low >= 0.0:
            next((age for age in _LONGER if not _try(actor, bounds, age, under=False)), None)
        elif not really:
            _search(actor, bounds)
    except CannotTell as error:
        actor.world.recorder.text("how long a code lives", f"it could not be narrowed down further: {error.what}")
    finally:
        del actor.notes["limit"]


def _search(actor: Actor, bounds: _Bounds) -> None:
    """Halve the choice of shorter lifetimes, then try on the other side of the longest that held.

    Where none did, a fresh code comes last: if not even that is taken, age has nothing to do with it.
    """
    held = _halve(actor, bounds, _SHORTER, float("inf"))
    if not held:
        _try_fresh(actor, bounds)
    elif _may_refuse(actor):
        _try(actor, bounds, held, under=False)


def _wait(actor: Actor, bounds: _Bounds, seconds: float) -> None:
    """Where time is really waited for, a fresh code comes first, and then ages that take so many seconds together."""
    if _try_fresh(actor, bounds):
        _halve(actor, bounds, _WAITED_FOR, seconds)


def _halve(actor: Actor, bounds: _Bounds, ages: tuple[float, ...], seconds: float) -> float:
    """Halve the choice of ages as long as all that are tried come to so many seconds; the longest that held, or 0."""
    first, last = 0, len(ages)
    while first < last and _may_refuse(actor) and ages[(first + last) // 2] <= seconds:
        middle = (first + last) // 2
        seconds -= ages[middle]
        if _try(actor, bounds, ages[middle], under=True):
            first = middle + 1
        else:
            last = middle
    return ages[first - 1] if first else 0.0


def _try_fresh(actor: Actor, bounds: _Bounds) -> bool:
    """Whether a code is accepted at once; not in the pause that the portal may want after the one it refused."""
    codes.rest_long(actor)
    _ask_anew(actor)
    let_pass(actor, 0.0, under=True)
    answering.give_right(actor)
    return bounds.note(actor)


def _may_refuse(actor: Actor) -> bool:
    """Whether the account can stand one more refusal, and a right code after that."""
    return actor.world.refused[actor.account.username] < budget.most_wrong(actor)


def _try(actor: Actor, bounds: _Bounds, age: float, *, under: bool) -> bool:
    """Whether a fresh code is accepted when it is just under or over `age`."""
    _ask_anew(actor)
    let_pass(actor, age, under=under)
    answering.give(actor, mail.newest_code(actor))
    return bounds.note(actor)


def _ask_anew(actor: Actor) -> None:
    """Have a fresh code mailed, of the same kind as the one before."""
    if not actor.setting_up:
        signing_in.from_fresh_browser(actor)
        return
    if actor.answer is not None and actor.answer.accepted:
        turning_off.restore(actor)
    setting_up.start_from_anywhere(actor, actor.method)


def span(seconds: float) -> str:
    """A duration in words: `9 min 59 s`."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
