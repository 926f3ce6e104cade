"""Giving what is right once more, where its refusal may be nothing but the pause that a portal wants after a wrong one.

Portals count wrong codes and passwords by account, or by the address that they come from.  By the address, what other
scenarios give beside this one counts as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fixtures.actor import Actor
from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import budget, codes

T = TypeVar("T")


def is_beside(actor: Actor, what: str) -> bool:
    """Whether another account of the run had a code or password refused within such a pause."""
    return budget.refused_beside(actor, what, clock.moment() - codes.long_rest(actor))


def undisturbed(actor: Actor, what: str, deed: Callable[[], T], taken: Callable[[T], bool]) -> T:
    """Do it after a pause in which nobody else begins to give wrong ones, and again where one was refused all the same.

    `taken` tells from what the deed came to whether the portal took what it was given.  Raises `CannotTell` where both
    times it did not, and refused something of another account meanwhile.
    """
    beside = is_beside(actor, what)
    with budget.undisturbed(actor, what):
        came, disturbed = _rested(actor, what, deed)
        if disturbed and not taken(came) and not budget.is_spent(actor, what):
            came, disturbed = _rested(actor, what, deed)
    if disturbed and not taken(came):
        raise CannotTell(
            "What is right was refused, and so was what other accounts of this run gave.",
            cause=f"the portal may count wrong {what}s by the address that they come from",
            hint="run again with --lanes 1 and --workers 1, so that one account at a time gives them",
        )
    if taken(came) and beside:
        actor.world.recorder.remark(
            f"the portal refused a right {what} while it refused wrong ones of other accounts of this run, and took "
            "one some seconds later; it may count them by the address that they come from, and '--lanes 1' keeps them "
            "apart"
        )
    return came


def _rested(actor: Actor, what: str, deed: Callable[[], T]) -> tuple[T, bool]:
    """What the deed comes to after a pause, and whether anything of another account was refused meanwhile."""
    began = clock.moment()
    codes.rest_long(actor)
    return deed(), budget.refused_beside(actor, what, began)


def password(actor: Actor, answer: str, refused: str, deed: Callable[[], str], *, before: int) -> str:
    """The answer to a right password, given once more where its refusal may be a pause, and the budget allows it.

    So many passwords of the account were refused `before` it.
    """
    beside = is_beside(actor, "password")
    if answer != refused or budget.is_spent(actor, "password") or not (before or beside):
        return answer
    answer = undisturbed(actor, "password", deed, lambda came: came != refused)
    if answer != refused and not beside:
        actor.world.recorder.remark(
            "the portal refused a right password straight after a refused one, and took it some seconds later; say how "
            "long its pause is with 'wrong_code.seconds' of the profile"
        )
    return answer
