"""Letters in the mailbox of a scenario, and what else tests about mails share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from tests.steps.conftest import Letters, Visit

ANA = "ana@a.example"
QUICK = {"kind": "imap", "host": "h", "username": "u", "password": "p", "seconds": 1, "settle": 0}


def letter(key: str, text: str = "Your code is 123456.", **more: Any) -> Mail:
    return Mail(key, (ANA,), **{"subject": "Code", "parts": (("text/plain", text),), **more})


def typed(code: str = "123456") -> Mail:
    return Mail("typed-0", (), "", (("text/plain", code),), complete=False)


class Terminal(Letters):
    """Passes on the codes that are waiting, one whenever it is asked."""

    def mails(self, address: str) -> list[Mail]:
        """All that were passed on."""
        return list(self.kept)


def at_terminal(actor: Actor, *codes: str) -> None:
    """Let a person be the mailbox, who has `codes` at hand."""
    waiting_codes = list(codes)
    box = Terminal(watches=False)

    def ask(address: str) -> None:
        box.asked.append(address)
        if waiting_codes:
            box.kept.append(typed(waiting_codes.pop(0)))

    box.ask = ask  # type: ignore[method-assign]
    actor.world.mailbox = box


def letters(actor: Actor) -> Letters:
    box = actor.world.mailbox
    assert isinstance(box, Letters)
    return box


def context(actor: Actor) -> SimpleNamespace:
    """What behave hands to a step."""
    actor.world.actors = {"Ana": actor}
    return SimpleNamespace(world=actor.world)


def begin(visit: Visit, page: str = "Hello", **mailbox: Any) -> Actor:
    """Ana on a page of a portal, before any mail; `mailbox` is laid over [mailbox]."""
    actor, _ = visit({"/": page}, mailbox={**QUICK, **mailbox})
    actor.portal.go(f"{actor.portal.url}/")
    return actor
