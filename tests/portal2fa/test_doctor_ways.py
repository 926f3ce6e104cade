"""The documented way is proposed where the profile says another one and has all that it takes."""

from __future__ import annotations

import pytest

from portal2fa.doctor_ways import documented, way_instead
from portal2fa.profile import Profile
from portal2fa.profile_files import find_root, load_target
from portal2fa.profile_locator import Action


def profile(path: str, *controls: str) -> Profile:
    """The reference portal's, with a path that presses these controls and no more."""
    said = load_target("reference", find_root()).profile
    actions = tuple(Action(press=control) for control in controls)
    return said.model_copy(update={"paths": {**said.paths, path: actions}})


@pytest.mark.parametrize("controls", [(), ("client_area",), ("name", "log_out", "log_out")])
def test_another_way_is_replaced_by_the_documented_one(controls: tuple[str, ...]) -> None:
    assert way_instead(profile("sign_out", *controls), "sign_out", ()) == ["name", "log_out"]


def test_what_fields_are_filled_with_is_part_of_the_way() -> None:
    way = way_instead(profile("turn_off", "disable"), "turn_off", ())
    assert way == [{"fill": "confirm_password", "with": "{password}"}, "disable"]


def test_no_way_is_proposed_that_the_profile_has_already() -> None:
    said = load_target("reference", find_root()).profile
    assert [path for path in documented() if way_instead(said, path, ())] == []


def test_no_way_is_proposed_by_a_control_that_is_not_there_or_wrong() -> None:
    broken = profile("sign_out")
    assert way_instead(broken, "sign_out", ["controls.log_out"]) == ()
    left = {name: locators for name, locators in broken.controls.items() if name != "log_out"}
    assert way_instead(broken.model_copy(update={"controls": left}), "sign_out", ()) == ()


def test_a_way_that_is_not_documented_has_none_to_be_replaced_by() -> None:
    assert way_instead(profile("change_address"), "change_address", ()) == ()
