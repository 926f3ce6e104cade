"""Settings without a word on whether two-factor sign-in is on: told by whether they offer to turn it on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from portal2fa.witnesses import at
from steps import settings
from steps.tasks import doubts
from tests.steps.conftest import SOON, Visit

HEAD = "<header><details><summary>Ana Example</summary></details></header>"
OFFERED = f"{HEAD}<button>Click Here to Enable</button>"
LATE = (
    f"{HEAD}<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', "
    "'<button>Click Here to Enable</button>'), 1500)</script>"
)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here comes later than two seconds."""
    monkeypatch.setattr("steps.tasks.belated._SECONDS", 2.0)


def looking(visit: Visit, shown: str, *, on: bool, together: bool = False) -> SimpleNamespace:
    """A step's context, with Ana, whose settings show this; a method of hers is on or not, as the portal said."""
    methods: dict[str, Any] = {"methods": {"together": True}} if together else {}
    if together:
        methods["paths"] = {"turn_off_time_based": ["disable"], "turn_off_email": ["disable"]}
    pages = {"/client": HEAD, "/client/security/two-factor": shown}
    actor, _ = visit(pages, timing=SOON, capabilities={"known_status": False}, **methods)
    if on:
        actor.turned_on("time_based")
    actor.world.actors = {"Ana": actor}
    actor.portal.open("client_area")
    return SimpleNamespace(world=actor.world)


def test_what_is_offered_is_off_and_rests_on_not_being_offered_where_it_is_on(visit: Visit) -> None:
    it = looking(visit, OFFERED, on=False)
    settings.is_told_again(it, "Ana", "off")
    assert doubts.ONE_METHOD in it.world.recorder.notes.absent


def test_what_is_not_offered_is_on_and_rests_on_being_offered_where_it_is_off(visit: Visit) -> None:
    it = looking(visit, HEAD, on=True)
    settings.is_told_again(it, "Ana", "on")
    assert {"controls.enable", at("two_factor")} <= it.world.recorder.notes.absent
    assert doubts.ONE_METHOD in it.world.recorder.findings.seen


def test_what_is_not_offered_though_it_is_off_rests_on_the_control(visit: Visit) -> None:
    it = looking(visit, HEAD, on=False)
    with pytest.raises(NotAsExpected, match="saw on") as told:
        settings.is_told_again(it, "Ana", "off")
    assert "controls.enable" in told.value.missing
    assert doubts.ONE_METHOD not in it.world.recorder.findings.seen


def test_what_is_offered_though_it_is_on_rests_on_the_control_too(visit: Visit) -> None:
    it = looking(visit, OFFERED, on=True)
    with pytest.raises(NotAsExpected, match="saw off") as told:
        settings.is_told_again(it, "Ana", "on")
    assert doubts.ONE_METHOD in told.value.missing


def test_what_is_offered_late_is_not_taken_for_on(visit: Visit) -> None:
    with pytest.raises(CannotTell, match="came later than it was waited for"):
        settings.is_told_again(looking(visit, LATE, on=True), "Ana", "on")


def test_where_another_method_is_offered_beside_one_the_offer_says_nothing(visit: Visit) -> None:
    with pytest.raises(CannotTell, match="do not say whether") as told:
        settings.is_told_again(looking(visit, OFFERED, on=False, together=True), "Ana", "off")
    assert "methods.together" in told.value.cause


@pytest.mark.parametrize(("shown", "state"), [(OFFERED, "off"), (HEAD, "on")])
def test_what_is_in_sight_is_read_in_the_same_way(visit: Visit, shown: str, state: str) -> None:
    it = looking(visit, shown, on=state == "on")
    it.world.actors["Ana"].portal.open("two_factor")
    settings.is_told(it, "Ana", state)
