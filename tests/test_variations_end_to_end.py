"""`portal2fa variations run`: a sample of it here, all of it where there is time, and that it can be red."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa import variation_runner
from portal2fa.browsers import find_browser
from portal2fa.clauses import load_register, read_scenarios
from portal2fa.cli import _status
from portal2fa.errors import EnvironmentProblem
from portal2fa.evidence import Recorder
from portal2fa.host_runner import started_with
from portal2fa.outcomes import ExitCode, Outcome, Result
from portal2fa.profile_files import find_root, load_target
from portal2fa.selection import Selection
from portal2fa.session import Session
from portal2fa.variations import Variation, load_variations

ROOT = find_root()
KNOWN = load_variations(ROOT / "reference_server" / "variations" / "catalogue.toml")
BEGINS = "choosing_a_method/starting.feature#the-set-up-of-time-based-tokens-begins"
PASTED = "email_codes/confirming.feature#the-code-from-the-mail-can-be-pasted"
ACCEPTED = "email_codes/confirming.feature#the-code-from-the-mail-turns-it-on"
LIFETIME = "email_codes/expiry.feature#the-limit-of-10-minutes-is-stated"
REPLACED = "backup_code/works.feature#the-replacement-is-shown-differs-and-works"


def played(
    folder: Path, chosen: Sequence[tuple[str, str]], scenarios: Sequence[str]
) -> dict[str, tuple[Result, dict[str, Outcome]]]:
    """Run scenarios by their ids on variations, each with the profile that is named beside it."""
    known = [
        (replace(variation, profile=profile or variation.profile), load_target(profile or variation.profile, ROOT))
        for name, profile in chosen
        for variation in [next((one for one in KNOWN if one.id == name), Variation(name, name, name, profile))]
    ]
    session = Session(
        target=started_with(load_target("reference", ROOT), "--variations"),
        root=ROOT,
        register=load_register(ROOT / "features" / "clauses.toml"),
        browser=find_browser(),
        recorder=Recorder(folder),
        evidence="none",
        at_once=4,
    )
    rows = tuple(row for row in read_scenarios(ROOT / "features") if row.id in scenarios)
    assert len(rows) == len(scenarios)
    results = variation_runner.run(
        session, known, Selection(rows, "some"), command="portal2fa variations run", tell=lambda variation, result: None
    )
    return {name: (one, {each.id: each.outcome for each in one.scenarios}) for name, one in results.items()}


def test_what_the_variations_taught_the_suite_holds(tmp_path: Path) -> None:
    found = played(
        tmp_path,
        [("six-code-fields", ""), ("methods-as-buttons", ""), ("another-language", ""), ("backup-code-uncovered", "")],
        [PASTED, ACCEPTED, BEGINS, LIFETIME, REPLACED],
    )
    told = {(name, each): outcome for name, (_, outcomes) in found.items() for each, outcome in outcomes.items()}
    judged = {key: outcome for key, outcome in told.items() if key[1] != ACCEPTED}  # it is there to see a code accepted
    assert {key: outcome for key, outcome in judged.items() if outcome is not Outcome.PASSED} == {}
    assert len(judged) == 16


def test_each_is_judged_by_its_own_profile_and_its_own_findings(tmp_path: Path) -> None:
    """With the profile of the reference portal nothing can be told of buttons, whatever others have shown."""
    found = played(tmp_path, [("methods-as-buttons", "reference"), ("dark-theme", "")], [BEGINS])
    assert found["methods-as-buttons"][1] == {BEGINS: Outcome.CANT_TELL}
    assert found["dark-theme"][1] == {BEGINS: Outcome.PASSED}
    assert found["dark-theme"][0].target.url.startswith("http://dark-theme.localhost:")


def test_one_that_the_server_does_not_have_keeps_the_run_from_starting(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="no-such-thing"):
        played(tmp_path, [("no-such-thing", "reference")], [BEGINS])


@pytest.mark.portals_long
def test_the_whole_specification_is_green_on_every_variation(tmp_path: Path) -> None:
    status = _status(["variations", "run", "--out", str(tmp_path)])
    table = json.loads((tmp_path / "variations" / "variations.json").read_text("utf-8"))
    assert {row["id"]: row["trouble"] for row in table["variations"] if not row["green"]} == {}
    assert [row["id"] for row in table["variations"]] == [one.id for one in KNOWN]
    assert {row["verdict"] for row in table["variations"]} == {"conformant"}
    assert status == ExitCode.CONFORMANT
