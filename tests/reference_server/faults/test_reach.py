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


_DOCUMENTS = (
    (r"WCAG 2\.2 success criterion ", "WCAG-"),
    (r"NIST SP 800-63B-4 section ", "NIST-"),
    (r"RFC (\d+) section ", r"RFC\1-"),
    (r"ASVS ", "ASVS-"),
)
"""How the catalogue writes sections of norms, and how their ids in `norms.toml` begin."""


def violated(fault: dict[str, Any]) -> set[str]:
    """Ids of the clauses and of the sections of norms that a fault violates."""
    return {_id(text) for text in fault["violates"]}


def _id(text: str) -> str:
    for written, begins in _DOCUMENTS:
        text = re.sub(f"^{written}", begins, text)
    return text


def caught(fault: dict[str, Any]) -> list[ScenarioOutline]:
    """All scenarios that have to fail on a fault."""
    return [scenario for text in fault.get("caught_by", []) for scenario in named(text)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_what_catches_a_fault_exists_and_is_about_something_that_it_violates(fault: dict[str, Any]) -> None:
    assert all(named(text) for text in fault.get("caught_by", []))
    proven = {one for scenario in caught(fault) for one in (*scenario.clauses, *scenario.norms)}
    assert not caught(fault) or proven & violated(fault)


def test_every_clause_that_has_scenarios_is_violated_by_a_fault_that_one_of_them_catches() -> None:
    tested = {clause for scenario in SCENARIOS for clause in scenario.clauses}
    kills = [(fault, scenario) for fault in FAULTS for scenario in caught(fault)]
    killed = {clause for fault, scenario in kills for clause in scenario.clauses if clause in violated(fault)}
    assert tested - killed == set()


def test_every_norm_that_has_scenarios_of_its_own_is_violated_by_a_fault_that_one_of_them_catches() -> None:
    alone = [scenario for scenario in SCENARIOS if not scenario.clauses]
    kills = [(fault, scenario) for fault in FAULTS for scenario in caught(fault)]
    killed = {norm for fault, scenario in kills for norm in scenario.norms if norm in violated(fault)}
    assert {norm for scenario in alone for norm in scenario.norms} - killed == set()


def test_violated_clauses_exist() -> None:
    clauses = {clause.id for clause in load_register(FEATURES / "clauses.toml").clauses}
    kinds = {clause.partition("-")[0] for clause in clauses}
    names = {name for fault in FAULTS for name in fault["violates"] if name.partition("-")[0] in kinds}
    assert names - clauses == set()


def test_every_scenario_catches_a_fault_or_there_is_a_reason() -> None:
    catching = {scenario.id for fault in FAULTS for scenario in caught(fault)}
    assert {scenario.id for scenario in SCENARIOS} - catching == set(CATCH_NOTHING)
