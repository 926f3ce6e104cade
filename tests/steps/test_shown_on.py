"""A factor that no sign-in asks for, but that the settings show as on: portals trust an address, or enforce nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.account import ListedAccounts
from fixtures.actor import Actor
from fixtures.control import Planted
from portal2fa.errors import CannotTell, Refused
from steps.tasks import arriving, turning_off
from tests.steps.conftest import SOON, MiniPortal, Visit

HEAD = "<header><details><summary>Ana Example</summary></details></header>"
SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
ON = (
    f"{HEAD}<h2>Two-factor authentication is on</h2><form method=post action=/off>"
    "<label>Password<input name=password></label><button>Disable Two-Factor Authentication</button></form>"
)
OFF = f"{HEAD}<p>Two-factor authentication is off</p><button>Click Here to Enable</button>"
SAID_OFF = f"{HEAD}<p>Two-factor authentication was turned off.</p>"
SILENT = f"{HEAD}<p>Nothing is said here.</p>"
SETTINGS = "/client/security/two-factor"


def trusting(visit: Visit, *, ends: bool = True, **more: Any) -> tuple[Actor, MiniPortal]:
    """Ana at a portal that asks nobody for a code; her factor is on, and goes off when she asks, if it `ends`."""
    pages: dict[str, Any] = {"/sign-in": SIGN_IN, "/password": HEAD, "/client": HEAD, SETTINGS: ON}
    actor, portal = visit(pages, timing=SOON, **more)

    def turn_off(sent: dict[str, str]) -> str:
        if ends:
            portal.pages[SETTINGS] = OFF
        return SAID_OFF

    portal.pages["/off"] = turn_off
    return actor, portal


def left(actor: Actor, *, confirmed: bool = True) -> Actor:
    """Ana, of whose account the journal says that a set-up was begun, and maybe that a code of it was taken."""
    actor.page.begin("time_based")
    if confirmed:
        actor.page.note_confirmed()
    return actor


def wishes(portal: MiniPortal) -> int:
    """How many times the portal was asked to turn a factor off."""
    return sum("username" not in form for form in portal.forms)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_factor_that_is_shown_as_on_is_turned_off_though_no_code_is_asked_for(visit: Visit, confirmed: bool) -> None:
    actor, portal = trusting(visit)
    turning_off.restore(left(actor, confirmed=confirmed))
    assert wishes(portal) == 1
    assert portal.pages[SETTINGS] == OFF
    assert not actor.page.is_open


def test_a_factor_that_is_shown_as_off_is_as_it_was(visit: Visit) -> None:
    actor, portal = trusting(visit)
    portal.pages[SETTINGS] = OFF
    turning_off.restore(left(actor))
    assert wishes(portal) == 0
    assert not actor.page.is_open


def test_a_factor_that_stays_shown_as_on_is_kept_in_the_journal(visit: Visit) -> None:
    actor, portal = trusting(visit, ends=False)
    with pytest.raises(Refused, match="still on after it was turned off") as told:
        turning_off.restore(left(actor))
    assert "notices.on was seen" in told.value.cause
    assert wishes(portal) == 1
    assert actor.page.is_open


def test_where_the_state_cannot_be_read_the_account_is_kept_in_the_journal(visit: Visit) -> None:
    actor, portal = trusting(visit)
    portal.pages[SETTINGS] = SILENT
    with pytest.raises(CannotTell, match="cannot be seen") as told:
        turning_off.restore(left(actor))
    assert "neither notices.on nor notices.off" in told.value.cause
    assert wishes(portal) == 0
    assert actor.page.is_open


def test_settings_that_are_not_come_to_say_why(visit: Visit) -> None:
    actor, portal = trusting(visit)
    del portal.pages[SETTINGS]
    with pytest.raises(CannotTell, match="cannot be seen") as told:
        turning_off.restore(left(actor))
    assert f"There is nothing at {SETTINGS}" in told.value.cause


def test_where_the_state_cannot_be_read_the_word_that_it_was_turned_off_is_enough(visit: Visit) -> None:
    actor, portal = trusting(visit)
    left(actor)
    actor.turned_on("time_based")
    actor.turned_off("time_based")
    portal.pages[SETTINGS] = SILENT
    turning_off.restore(actor)
    assert not actor.page.is_open


def test_where_no_code_of_a_set_up_was_taken_the_password_alone_is_enough(visit: Visit) -> None:
    actor, portal = trusting(visit)
    portal.pages[SETTINGS] = SILENT
    turning_off.restore(left(actor, confirmed=False))
    assert not actor.page.is_open


@pytest.mark.parametrize(("settings", "is_open"), [(OFF, False), (SILENT, True)])
def test_a_portal_without_word_on_the_state_is_off_where_it_offers_to_enable(
    visit: Visit, settings: str, is_open: bool
) -> None:
    actor, portal = trusting(visit, capabilities={"known_status": False})
    portal.pages[SETTINGS] = settings
    left(actor)
    if is_open:
        with pytest.raises(CannotTell, match="cannot be seen"):
            turning_off.restore(actor)
    else:
        turning_off.restore(actor)
    assert actor.page.is_open == is_open


# --- coming in


def at_the_door(visit: Visit, settings: str) -> tuple[Actor, MiniPortal]:
    """The same portal with settings that show this, and Ana's account in a pool of one."""
    actor, portal = trusting(visit)
    portal.pages[SETTINGS] = settings
    world: Any = actor.world
    world.prepared, world.looked_at, world.actors, world.current = set(), set(), {}, None
    world.accounts = ListedAccounts((actor.account,), disposable=False)
    world.take_account = lambda who: Planted(actor.account, "", "")
    return actor, portal


def test_an_account_that_comes_shown_as_on_is_not_touched(visit: Visit) -> None:
    actor, portal = at_the_door(visit, ON)
    with pytest.raises(CannotTell, match="cannot be used") as told:
        arriving.enters(actor.world, "Ana")
    assert "no run of portal2fa on this machine turned it on" in told.value.cause
    assert "notices.on was seen" in told.value.cause
    assert wishes(portal) == 0


@pytest.mark.parametrize("settings", [OFF, SILENT])
def test_the_settings_of_an_account_are_looked_at_once_in_a_run(visit: Visit, settings: str) -> None:
    actor, portal = at_the_door(visit, settings)
    for _ in range(2):
        arriving.enters(actor.world, "Ana")
    assert portal.asked.count(SETTINGS) == 1


def test_settings_that_cannot_be_looked_at_keep_no_account_out_of_use(visit: Visit) -> None:
    actor, portal = at_the_door(visit, OFF)
    del portal.pages[SETTINGS]
    arriving.enters(actor.world, "Ana")
    rests_on = actor.world.recorder.notes.absent
    assert not any("two_factor" in entry for entry in rests_on), "the scenario does not go there"


def test_an_account_that_nobody_uses_again_is_not_looked_at(visit: Visit) -> None:
    actor, portal = at_the_door(visit, ON)
    cast_of_one: Callable[..., Any] = SimpleNamespace
    actor.world.accounts = cast_of_one(disposable=True, page=lambda account: actor.page)
    arriving.enters(actor.world, "Ana")
    assert portal.asked == []
