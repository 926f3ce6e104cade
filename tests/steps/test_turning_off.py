"""Turning off: a path that needs a code gets one of the method in use, and only once the path has come to it."""

from __future__ import annotations

from typing import cast

import pytest

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from portal2fa.errors import Refused
from steps.tasks import turning_off
from tests.steps.conftest import SOON, Letters, MiniPortal, Visit

PAGE = "<form method=post action=/ask><button>Turn off</button></form>"
FIELD = (
    "<form method=post action=/off><label>Authorization code <input name=code></label><button>Really</button></form>"
)
OFF = "<p>Two-factor authentication was turned off.</p>"
PATH = ["first", {"fill": "authorization_code", "with": "{code}"}, "second"]
CONTROLS = {"first": {"role": "button", "name": "Turn off"}, "second": {"role": "button", "name": "Really"}}


def letter(code: str) -> Mail:
    return Mail(code, ("ana@a.example",), "Your code", (("text/plain", f"Code: {code}"),))


@pytest.fixture
def at_the_settings(visit: Visit) -> tuple[Actor, MiniPortal]:
    """Ana at a portal that mails a code when she asks to turn it off; an older mail lies there already."""
    pages = {"/off": OFF}
    actor, portal = visit({"/page": PAGE, **pages}, controls=CONTROLS, paths={"turn_off": PATH})
    letters = cast(Letters, actor.world.mailbox)
    letters.kept.append(letter("111111"))

    def ask(sent: dict[str, str]) -> str:
        letters.kept.append(letter("222222"))
        return FIELD

    portal.pages["/ask"] = ask
    actor.portal.go(f"{actor.portal.url}/page")
    return actor, portal


def test_the_code_that_is_mailed_on_the_way_turns_it_off(at_the_settings: tuple[Actor, MiniPortal]) -> None:
    actor, portal = at_the_settings
    actor.method = "email"
    assert turning_off.turn_off(actor)
    assert portal.forms == [{}, {"code": "222222"}]


def test_a_code_of_the_app_that_was_not_used_yet_turns_it_off(at_the_settings: tuple[Actor, MiniPortal]) -> None:
    actor, portal = at_the_settings
    assert actor.authenticator is not None
    actor.last_step = actor.authenticator.step(actor.now())
    assert turning_off.turn_off(actor)
    assert actor.authenticator.step(actor.now()) == actor.last_step + 1
    assert portal.forms[-1] == {"code": actor.authenticator.code(actor.now())}


def test_no_code_is_waited_for_where_the_path_needs_none(visit: Visit) -> None:
    actor, portal = visit({"/page": PAGE, "/ask": OFF}, controls=CONTROLS, paths={"turn_off": ["first"]})
    actor.method = "email"
    actor.portal.go(f"{actor.portal.url}/page")
    assert turning_off.turn_off(actor)
    assert portal.forms == [{}]


# --- leaving an account as it was found

SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
SIGNED_IN = "<header><details><summary>Ana Example</summary></details></header>"
REFUSED = "The email address or password is not right."


def signing_in(visit: Visit, *answers: str) -> tuple[Actor, MiniPortal]:
    """Ana at a portal that answers her password so, one after the other."""
    answer = iter(answers)
    return visit({"/sign-in": SIGN_IN, "/password": lambda _: next(answer)}, timing=SOON)


def test_an_account_is_put_back_at_the_second_try_where_the_portal_was_only_slow(visit: Visit) -> None:
    actor, portal = signing_in(visit, "Please be patient.", SIGNED_IN)
    turning_off.restore(actor)
    assert len(portal.forms) == 2
    assert actor.undo is None


def test_a_portal_that_refuses_is_not_asked_again_while_an_account_is_put_back(visit: Visit) -> None:
    actor, portal = signing_in(visit, f"<p>{REFUSED}</p>{SIGN_IN}", SIGNED_IN)
    with pytest.raises(Refused, match="refused the password"):
        turning_off.restore(actor)
    assert len(portal.forms) == 1
