"""A miniature portal that wants a pause after wrong codes, and what else of it tests about pauses share."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from portal2fa.journal import unkept
from steps.tasks import budget, codes, signing_in
from tests.steps.conftest import MiniPortal, Visit

REFUSED = "That code is not right. Enter the code that your app shows now."
REFUSED_AT_SIGN_IN = "That code is not right."
WAIT = "Too many attempts. Please wait."
THROTTLED = {"throttled": [{"text": "Please wait", "exact": False}]}
FORM = (
    "<form method=post action=/code><label>Code from the app <input name=code></label>"
    "<button>Confirm</button><button>Verify</button></form>"
)
ON = "<h1>Two-factor authentication is on</h1>"
SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
SIGNED_IN = "<header><details><summary>Ana Example</summary></details></header>"


class Pausing:
    """Takes the present code of Ana's app; after a wrong one it looks at nothing until `seconds` have passed."""

    def __init__(self, seconds: float, *, says: str = WAIT, right: str = ON, refused: str = REFUSED) -> None:
        self.form = FORM
        self.seconds, self.says, self.right, self.refused = seconds, says, right, refused
        self.open_from = 0.0
        self.looked_at: list[str] = []
        self.actor: Any = None

    def __call__(self, sent: dict[str, str]) -> str:
        """The page that answers a code."""
        now = self.actor.world.clock.at
        if now < self.open_from:
            return f"<p>{self.says}</p>{self.form}"
        self.looked_at.append(sent["code"])
        if sent["code"] == codes.app(self.actor).code(now):
            return self.right
        self.open_from = now + self.seconds
        return f"<p>{self.refused}</p>{FORM}"


def at_set_up(visit: Visit, pausing: Callable[[dict[str, str]], str], **changes: Any) -> tuple[Any, MiniPortal]:
    actor, portal = visit({"/set-up": FORM, "/code": pausing}, **changes)
    pausing.actor = actor  # type: ignore[attr-defined]
    actor.portal.go(f"{portal.url}/set-up")
    return actor, portal


def at_challenge(visit: Visit, pausing: Callable[[dict[str, str]], str], **changes: Any) -> tuple[Any, MiniPortal]:
    pages = {"/sign-in": SIGN_IN, "/password": FORM, "/code": pausing}
    actor, portal = visit(pages, **changes)
    pausing.actor = actor  # type: ignore[attr-defined]
    signing_in.from_fresh_browser(actor)
    return actor, portal


def beside(actor: Any, what: str = "code") -> None:
    """Somebody else of the run gives a wrong code or password now, from the same address."""
    ben = "ben@a.example"
    other = SimpleNamespace(world=actor.world, account=SimpleNamespace(username=ben), page=unkept(ben))
    budget.count(other, what, accepted=False)  # type: ignore[arg-type]
