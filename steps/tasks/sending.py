"""Codes whose answer is read by whoever gives them, as more than yes or no can come; within the budget."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.portal import Portal
from steps.tasks import budget, codes


def send(actor: Actor, path: str, code: str, *, window: Portal | None = None, wrong: bool = False) -> None:
    """Give a code by a path, in another window perhaps, if the account can stand it; raises `CannotTell` if not."""
    budget.keep(actor, "code", wrong=wrong)
    (window or actor.portal).walk(path, code=budget.Given(actor, "code", lambda: code))


def give_right(actor: Actor) -> None:
    """Give the code that the app shows where a sign-in waits for it; where that leads is for others to look at."""
    code = codes.fresh_code(actor)
    send(actor, f"sign_in_{actor.method}", code)
    codes.note_used(actor, code)
    answered(actor, actor.portal.wait_for("signed_in"), "signed_in")


def answered(actor: Actor, notice: str | None, accepted: str) -> bool:
    """Whether the answer is the notice that means yes; whatever else comes may be a refusal, as which it counts."""
    if notice == accepted:
        budget.count(actor, "code", accepted=True)
    return notice == accepted
