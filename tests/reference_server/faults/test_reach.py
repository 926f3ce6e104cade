"""Whether the faults reach all of the specification: each clause is violated by one, each scenario catches one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from portal2fa.clauses import load_register
from portal2fa.feature_files import ScenarioOutline, read_scenarios
from portal2fa.gates import gate
from portal2fa.norms import cited
from portal2fa.profile_files import load_target
from portal2fa.variations import load_variations
from reference_server.faults.catalogue import FOLDER
from reference_server.variations.served import CATALOGUE

ROOT = Path(__file__).parents[3]
FEATURES = ROOT / "features"
SCENARIOS = read_scenarios(FEATURES)
FAULTS: list[dict[str, Any]] = [
    fault for file in sorted(FOLDER.glob("*.toml")) for fault in tomllib.loads(file.read_text("utf-8"))["fault"]
]


def named(text: str) -> list[ScenarioOutline]:
    """The scenarios that an entry of `caught_by` stands for: one, or all rows of an outline."""
    feature, _, title = text.partition(": ")
    words = re.compile(".+".join(re.escape(part) for part in re.split("<[^>]+>", title)))
    return [one for one in SCENARIOS if one.feature == feature and words.fullmatch(one.name)]


REGISTER = load_register(FEATURES / "clauses.toml")
CLAUSES = {clause.id for clause in REGISTER.clauses}
SECTIONS = {cited(section.id): section.id for section in REGISTER.norms}
"""Sections of norms as the catalogue writes them, and their ids in `norms.toml`."""


def violated(fault: dict[str, Any]) -> set[str]:
    """Ids of the clauses and of the sections of norms that a fault violates."""
    return {SECTIONS.get(text, text) for text in fault["violates"]}


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


def unknown(violates: Iterable[str]) -> set[str]:
    """What of `violates` is in neither register; CWE numbers name a kind of mistake, and demand nothing."""
    return {text for text in violates if not text.startswith("CWE-")} - CLAUSES - SECTIONS.keys()


def test_whatever_a_fault_violates_is_in_a_register() -> None:
    assert unknown(text for fault in FAULTS for text in fault["violates"]) == set()


@pytest.mark.parametrize("text", ["TOTP-99", "ASVS 99.1", "ASVS-6.5.1", "Key URI format", "WSTG-ATHN-99"])
def test_what_is_in_no_register_is_found(text: str) -> None:
    assert unknown(["TOTP-4", "ASVS 6.5.1", "Key URI format, label", "CWE-204", text]) == {text}


def test_every_scenario_catches_a_fault() -> None:
    catching = {scenario.id for fault in FAULTS for scenario in caught(fault)}
    assert [scenario.id for scenario in SCENARIOS if scenario.id not in catching] == []


def test_scenarios_apply_where_their_faults_are_played() -> None:
    places = {one.id: one.profile for one in load_variations(CATALOGUE)}
    profiles = {on: load_target(profile, ROOT).profile for on, profile in {"": "reference", **places}.items()}
    for fault in FAULTS:
        profile = profiles[fault.get("on", "")]
        assert {row.id: gate(profile, row.tags, allowed=["destructive"]) for row in caught(fault)} == {
            row.id: None for row in caught(fault)
        }
