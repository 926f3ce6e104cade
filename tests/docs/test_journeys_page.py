"""The page of the journeys is true: each is walked by scenarios that there are, or says what keeps one from it."""

from __future__ import annotations

import re

import pytest

from portal2fa.clauses import read_scenarios
from tests.docs.pages import ROOT, page

NOT_WALKED = "Not walked: "
ITEMS = re.findall(r"^- (.+)\n((?:  - .+\n)*)", page("docs/journeys.md"), re.MULTILINE)
JOURNEYS = {journey: re.findall(r"^  - (.+)$", lines, re.MULTILINE) for journey, lines in ITEMS}
"""What is said of each journey, a line each."""
NAMES = {f"`{row.feature}: {row.name}`" for row in read_scenarios(ROOT / "features")}


def test_there_are_journeys_and_none_is_there_twice() -> None:
    assert len(JOURNEYS) == len(ITEMS) > 30


@pytest.mark.parametrize("journey", JOURNEYS)
def test_journey_is_walked_by_scenarios_or_says_why_not(journey: str) -> None:
    said = JOURNEYS[journey]
    assert said
    assert [line for line in said if line not in NAMES and not line.startswith(NOT_WALKED)] == []
    assert [line for line in said[:-1] if line.startswith(NOT_WALKED)] == []


def test_every_line_of_the_page_belongs_to_a_journey() -> None:
    items = [line for line in page("docs/journeys.md").splitlines() if line.lstrip().startswith("- ")]
    assert len(items) == len(JOURNEYS) + sum(len(said) for said in JOURNEYS.values())
