"""One entry of every kind broken in every shipped profile: it is named, and decides nothing.

The reference portal and each product are started once for every entry, so this is run only where long tests are asked
for: `pytest -m portals_long tests/broken_runs/test_each_kind.py -k flask_security`.
"""

from __future__ import annotations

import pytest

from portal2fa.profile_files import load_target
from tests.broken_runs.cases import ROOT
from tests.broken_runs.kinds import one_of_each, profiles
from tests.broken_runs.playing import played

PROFILES = profiles()
HARMLESS = {
    ("privacyidea", "places.two_factor"): "its pages answer at every address, and each has the way to the set-up",
}
"""Entries that may pass although they are wrong in these ways, as they lead to the right place all the same."""


@pytest.mark.portals_long
@pytest.mark.parametrize("name", PROFILES)
def test_a_broken_entry_of_every_kind_is_named(name: str) -> None:
    asked = [(case, [scenario]) for case, scenario in one_of_each(PROFILES[name])]
    found = []
    for (case, _), result in zip(asked, played(asked, PROFILES[name]), strict=True):
        for _, outcome, reason in result["rows"]:
            if outcome == "passed" and (name, case.entry) in HARMLESS:
                continue
            if outcome not in ("cantTell", "refused") or case.entry not in reason:
                found.append(f"{case.name}: {outcome}: {reason}")
    assert found == []


@pytest.mark.parametrize("name", PROFILES)
def test_every_kind_of_entry_is_broken_once(name: str) -> None:
    kinds = {case.entry.partition(".")[0] for case, _ in one_of_each(PROFILES[name])}
    assert {"controls", "notices", "paths", "places", "timing", "accounts", "capabilities"} <= kinds
    assert ("clock" in kinds) == load_target(PROFILES[name], ROOT).profile.capabilities.email_codes
