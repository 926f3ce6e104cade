"""Portals that give a sign-in up when another place is asked for before the code: no right code is refused there."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import answering, codes, signing_in
from tests.steps.conftest import Visit
from tests.steps.pausing import FORM, SIGN_IN, SIGNED_IN


class Forgetful:
    """Asks for a code after the password; whether it `gives_up` where another place is asked for, or takes no code."""

    def __init__(self, *, gives_up: bool, takes_codes: bool = True) -> None:
        self.gives_up, self.takes_codes = gives_up, takes_codes
        self.pending = False
        self.actor: Any = None

    def pages(self) -> dict[str, Any]:
        """What it answers where."""
        return {"/sign-in": SIGN_IN, "/password": self._password, "/client": self._client, "/code": self._code}

    def _password(self, sent: dict[str, str]) -> str:
        self.pending = True
        return FORM

    def _client(self, sent: dict[str, str]) -> tuple[int, str]:
        self.pending = self.pending and not self.gives_up
        return 303, "/sign-in"

    def _code(self, sent: dict[str, str]) -> str:
        if not self.pending:
            return SIGN_IN
        right = self.takes_codes and sent["code"] == codes.app(self.actor).code(self.actor.world.clock.at)
        return SIGNED_IN if right else f"<p>That code is not right.</p>{FORM}"


def half_way(visit: Visit, portal: Forgetful) -> Actor:
    """Ana after the password, where what lies behind the sign-in was asked for in vain."""
    actor, _ = visit(portal.pages(), places={"protected": ["/client"]}, timing={"answer": 1.0})
    portal.actor = actor
    signing_in.from_fresh_browser(actor)
    assert signing_in.reachable(actor) == []
    return actor


def test_a_sign_in_that_was_given_up_for_another_place_is_no_refusal(visit: Visit) -> None:
    actor = half_way(visit, Forgetful(gives_up=True))
    with pytest.raises(CannotTell, match="only because places behind the sign-in") as told:
        signing_in.finish(actor)
    assert "places.protected" in told.value.hint


def test_a_code_that_is_refused_because_of_what_was_given_before_it_stays_refused(visit: Visit) -> None:
    portal = Forgetful(gives_up=False)
    actor = half_way(visit, portal)
    portal.pending = False  # as a portal has it that lets a code go with the first wrong try
    assert not signing_in.finish(actor)


def test_a_portal_that_keeps_the_sign_in_takes_the_code(visit: Visit) -> None:
    assert signing_in.finish(half_way(visit, Forgetful(gives_up=False)))


@pytest.mark.parametrize("gives_up", [True, False])
def test_a_code_that_is_refused_in_a_fresh_browser_too_stays_refused(visit: Visit, gives_up: bool) -> None:
    actor = half_way(visit, Forgetful(gives_up=gives_up, takes_codes=False))
    assert not signing_in.finish(actor)
    assert answering.said(actor)
