"""`portal2fa explain`: what a clause, a scenario and a fault say of each other."""

from __future__ import annotations

import pytest

from portal2fa.cli import _status
from portal2fa.errors import UsageError
from portal2fa.faults import Fault
from portal2fa.feature_files import ScenarioOutline
from portal2fa.outcomes import Clause, ExitCode, FeatureProse, Force, RuleProse
from portal2fa.reports.explained import Known, explain

ROW = ScenarioOutline("t/in.feature#once", "A code works once", "t/in.feature", 7, "Once", (), ("TOTP-5",))
KNOWN = Known(
    clauses=(
        Clause("TOTP-5", "A used code is refused.", Force.IMPLIED, "t", "RFC 6238 section 5.2", "Codes can be reused."),
        Clause("INFO-1", "Apps are named.", Force.INFO, "t", "the help text", exclusion="it is no rule"),
    ),
    rows=(ROW, ScenarioOutline("t/in.feature#other", "Another", "t/in.feature", 9, "Once", ())),
    features=(FeatureProse("t/in.feature", "T", "Signing in", "", (RuleProse("Once", "Why: it\nwas seen."),)),),
    faults=(
        Fault("twice", "totp", "A code works twice", ("TOTP-5",), "CVE-1", ("t: once",), (ROW.id,)),
        Fault("inside", "web", "Nobody sees it", ("INFO-1",), "", not_observable="it is inside"),
    ),
)


def test_a_clause_comes_with_what_proves_it_and_what_violates_it() -> None:
    text = explain("totp-5", KNOWN)
    for said in ("A used code is refused.", "RFC 6238 section 5.2", "Codes can be reused.", "t/in.feature:7", "twice"):
        assert said in text
    assert "Another" not in text
    assert "no scenario proves it: it is no rule" in explain("INFO-1", KNOWN)


@pytest.mark.parametrize("name", [ROW.id, ROW.name, "t/in.feature: A code works once"])
def test_a_scenario_is_found_by_its_id_and_by_its_name(name: str) -> None:
    text = explain(name, KNOWN)
    for said in ("features/t/in.feature:7", "Why: it was seen.", "TOTP-5 (implied)", "fails on", "twice"):
        assert said.replace("fails on", "has to fail on the fault") in text
    assert "inside" not in text


def test_a_fault_comes_with_its_clauses_in_words() -> None:
    text = explain("twice", KNOWN)
    for said in ("CVE-1", "caught by: t: once", "A used code is refused.", "Codes can be reused."):
        assert said in text
    assert "Apps are named." not in text


@pytest.mark.parametrize(("name", "hint"), [("twise", "twice"), ("TOTP-55", "TOTP-5"), ("zzzz", "faults list")])
def test_a_name_that_nobody_knows_is_refused(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        explain(name, KNOWN)


def test_the_command_knows_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["explain", "app-code-works-twice"]) == ExitCode.CONFORMANT
    assert "PRE-2 (must)" in capsys.readouterr().out
    assert _status(["explain", "no-such-thing"]) == ExitCode.USAGE
