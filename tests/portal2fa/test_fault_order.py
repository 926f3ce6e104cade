"""What is run on which fault, and in which order."""

from __future__ import annotations

from portal2fa.fault_runner import Order, with_faults
from portal2fa.faults import Fault
from portal2fa.feature_files import ScenarioOutline
from portal2fa.profile_files import find_root, load_target

ROWS = tuple(ScenarioOutline(f"f#{name}", name, "f", line, "r", ()) for line, name in enumerate("abcd", start=1))
ONE = Fault("one", "totp", "", (), "", (), ("f#c", "f#a"))
OTHER = Fault("other", "totp", "", (), "", (), ("f#c",))
INSIDE = Fault("inside", "totp", "", (), "", not_observable="it is inside")
ELSEWHERE = Fault("elsewhere", "shapes", "", (), "", (), ("f#b", "f#c"), on="methods-together")
LATER = Fault("later", "totp", "", (), "", not_yet="nobody looks")


def pairs(order: Order) -> list[tuple[str, str]]:
    return [(fault.id, row.name) for fault, row in order.pairs]


def test_faults_take_turns_with_the_scenarios_that_should_fail_in_their_order() -> None:
    order = Order((ONE, OTHER, INSIDE, LATER), ROWS)
    assert pairs(order) == [("one", "c"), ("other", "c"), ("one", "a")]
    assert [row.name for row in order.judges] == ["a", "c"]


def test_in_full_all_others_follow_on_every_fault_that_can_be_seen() -> None:
    order = Order((OTHER, INSIDE, LATER), ROWS, full=True)
    found = pairs(order)
    assert [name for fault, name in found if fault == "other"] == ["c", "a", "b", "d"]
    assert [name for fault, name in found if fault == "later"] == ["a", "b", "c", "d"]
    assert "inside" not in {fault for fault, _ in found}
    assert order.judges == ROWS


def test_the_portal_is_started_with_its_faults() -> None:
    target = load_target("reference", find_root())
    started, before = with_faults(target).profile.start, target.profile.start
    assert started is not None
    assert before is not None
    assert started.command == (*before.command, "--faults")
    both = with_faults(target, variations=True).profile.start
    assert both is not None
    assert both.command == (*started.command, "--variations")


def test_a_scenario_judges_on_each_right_portal_whose_faults_it_has_to_see() -> None:
    order = Order((ONE, ELSEWHERE), ROWS)
    assert order.places == ("", "methods-together")
    assert [row.name for row in order.judges_on("")] == ["a", "c"]
    assert [row.name for row in order.judges_on("methods-together")] == ["b", "c"]
    assert [row.name for row in order.judges] == ["a", "b", "c"]
    assert order.number == 2 + 2 + len(order.pairs)
