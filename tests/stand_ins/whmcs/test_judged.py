"""The stand-in, judged by the shipped profiles alone: what is found is what the table says, in either theme.

A selection is judged in every test run, with what leads into the traps: two names, two buttons, a dialog, a backup code
that is replaced.  The whole specification takes minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from portal2fa.profile_files import find_root
from tests.judging import NOT_PASSED, Judged, judge_by

HERE = Path(__file__).parent
EXPECTED: dict[str, Any] = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
CLAUSES = ("NAV-1", "NAV-5", "METH-1", "BACKUP-5", "HELP-2")
SELECTED = ("--tags", " or ".join(["@journey", *(f"@clause.{clause}" for clause in CLAUSES)]))
RUNS = [
    pytest.param((theme, arguments), id=f"{theme}-{name}", marks=marks)
    for theme in ("twenty_one", "six")
    for name, arguments, marks in (("selected", SELECTED, ()), ("whole", (), pytest.mark.portals_long))
]


@pytest.fixture(scope="module", params=RUNS)
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The result of one run, beside the part of the table that is about its scenarios."""
    theme, arguments = request.param
    found = judge_by(HERE / f"{theme}.toml", EXPECTED, tmp_path_factory.mktemp("report"), *arguments)
    ran = {row["id"] for row in found.rows}
    tables = {outcome: _only(EXPECTED.get(outcome, {}), ran) for outcome in NOT_PASSED}
    return Judged(found.found, {**tables, "deviations": EXPECTED["deviations"][theme]})


def _only(table: dict[str, str], ran: set[str]) -> dict[str, str]:
    return {name: reason for name, reason in table.items() if name in ran}


@pytest.mark.parametrize("outcome", NOT_PASSED)
def test_exactly_the_known_scenarios_do_not_pass(judged: Judged, outcome: str) -> None:
    assert list(judged.surprises(outcome)) == []


def test_most_of_what_was_run_passed(judged: Judged) -> None:
    assert sum(row["outcome"] == "passed" for row in judged.rows) > 7


def test_every_difference_in_wording_is_reported(judged: Judged) -> None:
    assert judged.deviations == judged.expected_deviations


# What a less careful profile would say, and the scenario that finds it out.
WRONG_TURNINGS = [
    pytest.param("twenty_one", 'controls.name = { css = ".btn-active-client" }', "NAV-5", id="the-other-name"),
    pytest.param(
        "six", 'controls.get_started = { role = "button", name = "Get Started" }', "METH-7", id="hidden-dialog"
    ),
    pytest.param("twenty_one", 'paths.show_backup_code = [{ key = "Escape" }]', "TOTP-8", id="closed-too-early"),
    pytest.param("twenty_one", 'paths.turn_off = ["disable", "confirm_disable"]', "HELP-2", id="no-password"),
]


@pytest.mark.portals_long
@pytest.mark.parametrize(("theme", "says", "clause"), WRONG_TURNINGS)
def test_a_profile_that_falls_into_a_trap_decides_nothing(tmp_path: Path, theme: str, says: str, clause: str) -> None:
    profile = tmp_path / "own.toml"
    (tmp_path / "base.toml").write_text((HERE / f"{theme}.toml").read_text(encoding="utf-8"), encoding="utf-8")
    profile.write_text(f'extends = "base.toml"\n{says}\n', encoding="utf-8")
    command = [sys.executable, "-m", "portal2fa", "run", "--target", str(profile), "--clause", clause]
    subprocess.run([*command, "--out", str(tmp_path / "out")], cwd=find_root(), capture_output=True, check=False)
    rows = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["result"]["scenarios"]
    assert "cantTell" in {row["outcome"] for row in rows}
    assert "failed" not in {row["outcome"] for row in rows}
