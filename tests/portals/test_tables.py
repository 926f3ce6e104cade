"""What a portal's profile leaves out is in its table, also where a run that compares the rest takes long."""

from __future__ import annotations

import tomllib

import pytest

from portal2fa.clauses import read_scenarios
from portal2fa.gates import gate
from portal2fa.outcomes import Outcome
from portal2fa.profile_files import find_root, load_target
from tests.judging import PORTALS, names, profile_of


@pytest.mark.parametrize("name", names())
def test_what_the_portal_does_not_offer_is_inapplicable_in_its_table(name: str) -> None:
    root = find_root()
    profile = load_target(profile_of(name), root).profile
    written = tomllib.loads((PORTALS / name / "expected.toml").read_text(encoding="utf-8"))
    norms = written.get("norms", {})
    rows = [row for row in read_scenarios(root / "features") if row.clauses or norms]
    left_out = {row.id: found for row in rows if (found := gate(profile, row.tags))}
    lacking = {row: reason for row, (outcome, reason) in left_out.items() if outcome is Outcome.INAPPLICABLE}
    expected = written.get("inapplicable", {}) | norms.get("inapplicable", {})
    assert lacking.keys() <= expected.keys()
    assert all(expected[row] in reason for row, reason in lacking.items())
