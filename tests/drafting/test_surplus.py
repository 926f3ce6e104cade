"""What only a draft has is judged by what the live pages showed, and what is wrong of it is found."""

from __future__ import annotations

from typing import Any

import pytest

from portal2fa.profile import Profile
from portal2fa.profile_files import find_root, load_target
from portal2fa.profile_locator import Action, Locator
from tests.drafting.comparing import Comparison
from tests.drafting.surplus import surplus

ON, OFF = "on, time_based", "turned off, time_based"
REFUSED = "not turned off, time_based"
WALK = ("front", "off", ON, REFUSED, OFF, "turned off, email")
"""Stages of a walk at which something is looked for."""


def compared(drafted: dict[str, dict[str, Any]], seen: dict[tuple[str, str, str], dict[str, set[str]]]) -> Comparison:
    """A profile that tells how each method is turned off by itself, and a draft that has only `drafted` besides."""
    written = load_target("privacyidea", find_root()).profile
    beyond: Profile = written.model_copy(update={t: {**getattr(written, t), **more} for t, more in drafted.items()})
    sights = {key: {s: frozenset(at.get(s, ())) for s in WALK} for key, at in seen.items()}
    return Comparison(written, beyond, sights)


def says(text: str) -> tuple[Locator, ...]:
    """A pointer by a text."""
    return (Locator(text=text),)


def control(seen: dict[str, set[str]]) -> Comparison:
    """A control that only the draft has, and where it was in sight."""
    return compared({"controls": {"go": says("Go")}}, {("drafted", "controls", "go"): seen})


def test_what_the_written_profile_has_as_well_is_not_judged_here() -> None:
    assert surplus(compared({}, {})) == {}


def test_a_control_is_right_that_is_the_only_one_it_finds_at_some_stage() -> None:
    assert surplus(control({"off": {"1"}, ON: {"1", "2"}})) == {("controls", "go"): True}


@pytest.mark.parametrize("seen", [{}, {"off": {"1", "2"}}], ids=["never", "several"])
def test_a_control_that_finds_nothing_or_always_several_things_is_wrong(seen: dict[str, set[str]]) -> None:
    assert surplus(control(seen)) == {("controls", "go"): False}


def test_a_control_that_the_written_profile_has_under_another_name_is_right_out_of_sight() -> None:
    written = load_target("privacyidea", find_root()).profile
    assert surplus(compared({"controls": {"go": written.controls["verify"]}}, {})) == {("controls", "go"): True}


def turned_off(seen: dict[str, set[str]]) -> bool:
    """Whether a notice is right that tells of both methods what the written profile tells of each."""
    at = {("drafted", "notices", "turned_off"): seen}
    for method in ("time_based", "email"):
        at["written", "notices", f"turned_off_{method}"] = {f"turned off, {method}": {"1"}, "off": {"1"}}
    return surplus(compared({"notices": {"turned_off": says("Gone")}}, at))["notices", "turned_off"]


def test_a_notice_of_both_methods_has_to_come_when_each_written_one_comes() -> None:
    assert turned_off({OFF: {"7"}, "turned off, email": {"7"}})
    assert not turned_off({OFF: {"7"}})
    assert not turned_off({})


@pytest.mark.parametrize(
    ("seen", "right"), [({"off": {"1"}}, True), ({}, False), ({stage: {"1"} for stage in WALK}, False)]
)
def test_a_notice_of_a_state_comes_and_goes(seen: dict[str, set[str]], right: bool) -> None:
    made = compared({"notices": {"throttled": says("Wait")}}, {("drafted", "notices", "throttled"): seen})
    assert surplus(made) == {("notices", "throttled"): right}


@pytest.mark.parametrize(
    ("seen", "right"), [({REFUSED: {"1"}}, True), ({REFUSED: {"1"}, "front": {"1"}}, False), ({}, False)]
)
def test_an_answer_is_in_sight_after_its_deed_and_not_before(seen: dict[str, set[str]], right: bool) -> None:
    made = compared({"notices": {"turn_off_refused": says("No")}}, {("drafted", "notices", "turn_off_refused"): seen})
    assert surplus(made) == {("notices", "turn_off_refused"): right}


def path(*controls: str) -> bool:
    """Whether a way out is right that uses these controls, of which only `go` is not a written one."""
    drafted: dict[str, dict[str, Any]] = {
        "controls": {"go": says("Go")},
        "paths": {"sign_out": tuple(Action(press=name) for name in controls)},
    }
    return surplus(compared(drafted, {("drafted", "controls", "go"): {"off": {"1"}}}))["paths", "sign_out"]


def test_a_path_is_right_where_all_that_it_uses_is() -> None:
    assert path("go", "verify")
    assert not path()


def test_a_path_over_a_control_that_finds_nothing_is_wrong() -> None:
    drafted: dict[str, dict[str, Any]] = {"controls": {"go": says("Go")}, "paths": {"sign_out": (Action(press="go"),)}}
    assert not surplus(compared(drafted, {}))["paths", "sign_out"]


def test_a_path_for_both_methods_has_to_be_the_way_of_each() -> None:
    written = load_target("privacyidea", find_root()).profile
    each = written.paths["turn_off_email"]
    assert surplus(compared({"paths": {"turn_off": each}}, {}))["paths", "turn_off"] is False


def test_a_place_is_right_that_is_one_of_the_written_ones() -> None:
    assert surplus(compared({"places": {"deep_link": "/app/v2/tokens"}}, {})) == {("places", "deep_link"): True}
    assert surplus(compared({"places": {"deep_link": "/elsewhere"}}, {})) == {("places", "deep_link"): False}
