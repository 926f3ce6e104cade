"""Whether the faults reach all of the specification: each clause is violated by one, each scenario catches one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from portal2fa.clauses import load_register
from portal2fa.feature_files import ScenarioOutline, read_scenarios
from reference_server.faults.catalogue import FOLDER

FEATURES = Path(__file__).parents[3] / "features"
SCENARIOS = read_scenarios(FEATURES)
FAULTS: list[dict[str, Any]] = [
    fault for file in sorted(FOLDER.glob("*.toml")) for fault in tomllib.loads(file.read_text("utf-8"))["fault"]
]

CATCH_NOTHING = {
    "choosing_a_method/starting.feature#the-set-up-of-email-codes-begins": (
        "its When already needs the field that its Then looks for"
    ),
    "finding_the_settings/signing_in.feature#signing-in-leaves-the-sign-in-behind": (
        "a sign-in that stays in sight beside the name is told as something of which nothing can be told"
    ),
    "turning_it_off/turning_off.feature#with-both-methods-on-turning-two-factor-sign-in-off-leaves-neither": (
        "it is for portals on which several methods can be on at once"
    ),
}
"""Scenarios that no fault of this portal can fail, and why."""


def named(text: str) -> list[ScenarioOutline]:
    """The scenarios that an entry of `caught_by` stands for: one, or all rows of an outline."""
    feature, _, title = text.partition(": ")
    words = re.compile(".+".join(re.escape(part) for part in re.split("<[^>]+>", title)))
    return [one for one in SCENARIOS if one.feature == feature and words.fullmatch(one.name)]


def caught(fault: dict[str, Any]) -> list[ScenarioOutline]:
    """All scenarios that have to fail on a fault."""
    return [scenario for text in fault.get("caught_by", []) for scenario in named(text)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_what_catches_a_fault_exists_and_is_about_a_clause_that_it_violates(fault: dict[str, Any]) -> None:
    assert all(named(text) for text in fault.get("caught_by", []))
    clauses = {clause for scenario in caught(fault) for clause in scenario.clauses}
    assert not caught(fault) or clauses & set(fault["violates"])


def test_every_clause_that_has_scenarios_is_violated_by_a_fault_that_one_of_them_catches() -> None:
    tested = {clause for scenario in SCENARIOS for clause in scenario.clauses}
    violated = {
        clause
        for fault in FAULTS
        for scenario in caught(fault)
        for clause in scenario.clauses
        if clause in fault["violates"]
    }
    assert tested - violated == set()


def test_violated_clauses_exist() -> None:
    clauses = {clause.id for clause in load_register(FEATURES / "clauses.toml").clauses}
    kinds = {clause.partition("-")[0] for clause in clauses}
    names = {name for fault in FAULTS for name in fault["violates"] if name.partition("-")[0] in kinds}
    assert names - clauses == set()


def test_every_scenario_catches_a_fault_or_there_is_a_reason() -> None:
    catching = {scenario.id for fault in FAULTS for scenario in caught(fault)}
    assert {scenario.id for scenario in SCENARIOS} - catching == set(CATCH_NOTHING)
