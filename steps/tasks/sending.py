"""Codes whose answer is read by whoever gives them, as more than yes or no can come; within the budget."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.portal import Portal
from steps.tasks import budget


def send(actor: Actor, path: str, code: str, *, window: Portal | None = None, wrong: bool = False) -> None:
    """Give a code by a path, in another window perhaps, if the account can stand it; raises `CannotTell` if not."""
    budget.keep(actor, "code", wrong=wrong)
    (window or actor.portal).walk(path, code=budget.Given(actor, "code", lambda: code))


def answered(actor: Actor, notice: str | None, accepted: str) -> bool:
    """Whether the answer is the notice that means yes; whatever else comes may be a refusal, as which it counts."""
    if notice == accepted:
        budget.count(actor, "code", accepted=True)
    return notice == accepted
