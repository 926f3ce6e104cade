"""Coming in with an account: what a portal wants of a new customer is done once, and before the scenario."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.account import ListedAccounts
from fixtures.actor import Actor
from fixtures.control import Planted
from fixtures.giving_back import give_back
from portal2fa.errors import CannotTell
from portal2fa.journal import unkept
from steps.tasks import arriving
from tests.steps.conftest import SOON, MiniPortal, Visit

SIGN_IN = """<form method=post action=/home><label>Email Address <input name=user></label>
<label>Password <input type=password name=word></label><button>Login</button></form>"""
HOME = """<p>Ana Example</p><form method=post action=/saved><label>Mail address <input name=mail></label>
<button>Save</button></form>"""
CONTROLS = {
    "sign_in_email": {"label": "Email Address", "exact": False},
    "sign_in_password": {"label": "Password", "exact": False},
    "sign_in_submit": {"role": "button", "name": "Login"},
    "mail_address": {"label": "Mail address", "exact": False},
    "save": {"role": "button", "name": "Save"},
}
PATHS = {
    "sign_in": [
        {"fill": "sign_in_email", "with": "{username}"},
        {"fill": "sign_in_password", "with": "{password}"},
        "sign_in_submit",
    ],
    "prepare": [{"fill": "mail_address", "with": "{email}"}, "save"],
}


def begun(
    visit: Visit, pages: dict[str, Any], withdrawn: list[str] | None = None, **more: dict[str, Any]
) -> tuple[Actor, MiniPortal]:
    """Ana, and a portal that wants her mail address at first; it may have `more` notices."""
    notices = {"signed_in": {"text": "{name}"}, "sign_in_refused": {"text": "No."}, **more}
    actor, portal = visit(
        {"/login": SIGN_IN, "/home": HOME, "/saved": "<p>Ana Example</p>", **pages},
        controls=CONTROLS,
        paths=PATHS,
        notices=notices,
        places={"sign_in": "/login"},
        timing=SOON,
    )
    world: Any = actor.world
    world.prepared, world.looked_at, world.actors, world.current = set(), set(), {}, None
    world.take_account = lambda who: Planted(actor.account, "", "")
    world.accounts = SimpleNamespace(
        disposable=True,
        page=lambda account: unkept(account.username),
        withdraw=lambda account, reason: (withdrawn if withdrawn is not None else []).append(reason),
    )
    return actor, portal


def test_what_a_portal_wants_of_a_new_account_is_done_once(visit: Visit) -> None:
    actor, portal = begun(visit, {})
    for _ in range(2):
        arriving.enters(actor.world, "Ana")
    assert portal.forms == [{"user": "ana@a.example", "word": "password-of-ana"}, {"mail": "ana@a.example"}]


def test_an_account_whose_password_is_refused_is_kept_out_of_use_with_what_the_portal_said(visit: Visit) -> None:
    withdrawn: list[str] = []
    actor, _ = begun(visit, {"/home": "<p>No.</p>"}, withdrawn)
    with pytest.raises(CannotTell, match="cannot be used"):
        arriving.enters(actor.world, "Ana")
    [reason] = withdrawn
    assert 'the portal refused its password and said: "No."' in reason
    assert "accounts.username and its password" in reason


def test_an_account_that_the_portal_lets_in_for_a_while_no_more_is_not_asked_again(visit: Visit) -> None:
    withdrawn: list[str] = []
    locked = "<p>This account is locked for an hour.</p>"
    actor, _ = begun(visit, {"/home": locked}, withdrawn, throttled={"text": "locked for", "exact": False})
    with pytest.raises(CannotTell, match="cannot be used") as told:
        arriving.enters(actor.world, "Ana")
    assert "This account is locked for an hour." in told.value.cause
    assert "the account may be locked" in told.value.hint
    assert len(withdrawn) == 1


def test_a_fault_on_the_way_keeps_no_account_out_of_use(visit: Visit) -> None:
    withdrawn: list[str] = []
    actor, _ = begun(visit, {"/home": "<p>Ana Example</p>"}, withdrawn)
    with pytest.raises(CannotTell, match="does not show"):
        arriving.enters(actor.world, "Ana")
    assert withdrawn == []


def left_on(visit: Visit, *answers: str) -> Any:
    """Surroundings in which Ana's account was left on, at a portal that answers her password so, each time."""
    answer = iter(answers)
    actor, _ = begun(visit, {"/home": lambda _: next(answer)})
    world: Any = actor.world
    world.accounts = ListedAccounts((actor.account,), disposable=False)
    world.accounts.page(actor.account).begin("email")
    world.take_account = world.accounts.take
    world.prepared.add(actor.account.username)
    world.recorder.findings.not_restored.append(actor.account.username)
    return world


def test_an_account_that_stayed_on_is_put_back_by_whoever_has_it_next(visit: Visit) -> None:
    world = left_on(visit, "Busy.", "Busy.", HOME)
    with pytest.raises(CannotTell, match="Nothing that the profile knows answered"):
        arriving.enters(world, "Ana")
    assert not give_back(world, world.actors["Ana"])
    assert world.recorder.findings.not_restored == ["ana@a.example"]
    assert not arriving.enters(world, "Ana").page.is_open
    assert world.recorder.findings.not_restored == []
    assert any("was put back as it was later in the run" in said for said in world.recorder.findings.remarks)


def test_an_account_that_stayed_on_and_is_refused_is_out_of_use(visit: Visit) -> None:
    world = left_on(visit, "<p>No.</p>")
    with pytest.raises(CannotTell, match="cannot be used"):
        arriving.enters(world, "Ana")
    assert not give_back(world, world.actors["Ana"])
    assert world.recorder.findings.not_restored == ["ana@a.example"]
    with pytest.raises(CannotTell, match="No account is free") as told:
        world.take_account("Ana")
    assert (
        'it could not be put back: The portal refused the password of the account. it said: "No."' in told.value.cause
    )
    assert "portal2fa restore" in told.value.hint
