"""The tester's means: accounts that are free and without a factor, and a clock that can be trusted."""

from __future__ import annotations

from fixtures.clocks.skew import DateHeader
from fixtures.control import Planted
from portal2fa.clock import pause
from portal2fa.doctor import About
from portal2fa.errors import CannotTell
from portal2fa.profile_accounts import Account
from steps.tasks import arriving, codes, people
from steps.tasks.doctor import outside
from steps.tasks.doctor.examiner import Examiner

_MOVE = 90.0
"""Seconds by which a clock is moved on to see that it moves."""
_FAR = 30.0
"""Seconds of difference between two clocks from which on codes of the app are in danger."""


def accounts(examiner: Examiner) -> None:
    """Every account of a pool that is free has to sign in by its password alone; other kinds are made or brought."""
    world = examiner.world
    settings = world.profile.accounts
    if settings.kind != "pool":
        examiner.ledger.ok("accounts", f"kind '{settings.kind}': an account could be had")
        return
    free = world.accounts.unused()
    names = [account.username for account in settings.pool]
    busy = [name for name in names if name not in {account.username for account in free}]
    for name in busy:
        examiner.ledger.problem(
            f"accounts.pool[{names.index(name)}]",
            f"{name} is in use by another run",
            hint="wait for that run, or bring more accounts",
            about=About.SURROUNDINGS,
        )
    for account in free:
        _look_at(examiner, account, names.index(account.username))


def _look_at(examiner: Examiner, account: Account, number: int) -> None:
    actor = people.cast(examiner.world, "Ana", Planted(account, "", ""))
    try:
        tried = examiner.attempt(lambda: arriving.look_at(actor))
        if isinstance(tried.error, CannotTell) and "cannot be used" in tried.error.what:
            outside.tell_shut_out(examiner, tried.error)
        elif tried.error is not None:
            examiner.blame(tried.error, "sign_in")
        else:
            examiner.ledger.ok(f"accounts.pool[{number}]", f"{account.username} is free and has no second factor on")
    finally:
        actor.close()


def clock(examiner: Examiner) -> None:
    """How far the portal's clock is from this machine's, and that it moves where the profile says that it can."""
    world = examiner.world
    if reason := world.absent.get("clock"):
        examiner.ledger.problem(
            "clock.kind", "Time cannot be moved on this machine", cause=reason, about=About.SURROUNDINGS
        )
        return
    kind = world.profile.clock.kind
    skew = _skew(examiner)
    if kind in ("none", "wait"):
        said = "time is not moved" if kind == "none" else "time is really waited for"
        examiner.ledger.ok("clock.kind", f"kind '{kind}': {said}{skew}")
        return
    tried = examiner.attempt(lambda: _moved(examiner))
    if tried.error is not None:
        examiner.ledger.problem(
            "clock.kind", tried.error.what, cause=tried.error.cause, hint=tried.error.hint, about=About.SURROUNDINGS
        )
    else:
        examiner.ledger.ok("clock.kind", f"kind '{kind}': moved on by {_MOVE:.0f} s and seen to have moved{skew}")


def _skew(examiner: Examiner) -> str:
    world = examiner.world
    header = DateHeader(world.url, pause=pause, seconds=world.profile.timing.answer)
    try:
        found = header.measure()
    finally:
        header.close()
    if found is None:
        examiner.ledger.unchecked("clock skew", "the portal's answers carry no date of their own")
        return ""
    if found.unclear and not world.clock.exact:
        told = found.problem("The portal's time is uncertain")
        examiner.ledger.problem("clock skew", told.what, cause=told.cause, hint=told.hint, about=About.SURROUNDINGS)
    elif abs(found.seconds) > _FAR and not world.clock.shared:
        examiner.ledger.problem(
            "clock skew",
            f"{found.describe()[0].upper()}{found.describe()[1:]}",
            cause="codes of the app are made by this machine's time, corrected by the portal's Date header",
            hint="set the clocks of both machines by NTP; a phone's codes would be refused",
            about=About.SURROUNDINGS,
        )
    else:
        examiner.ledger.ok("clock skew", found.describe())
    return ""


def _moved(examiner: Examiner) -> None:
    """Move the account's time on; a code of the moved time is taken later, which proves the rest."""
    actor = examiner.actor
    before = actor.now()
    codes.pass_time(actor, _MOVE)
    if actor.now() - before < _MOVE - 1:
        raise CannotTell(
            "The clock did not move.",
            cause=f"clock.kind: {_MOVE:.0f} s were asked for",
            hint="see that what moves it reaches the portal's own process",
        )
