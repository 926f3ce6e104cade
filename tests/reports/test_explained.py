"""`portal2fa explain`: what a clause, a scenario and a fault say of each other."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.clauses import load_register, read_features, read_scenarios
from portal2fa.cli import _status
from portal2fa.errors import UsageError
from portal2fa.faults import Fault, load_catalogue
from portal2fa.feature_files import ScenarioOutline, WrittenStep
from portal2fa.outcomes import Clause, ExitCode, FeatureProse, Force, NormSection, RuleProse
from portal2fa.reports.explained import Known, explain

ROOT = Path(__file__).resolve().parents[2]
ASKED = WrittenStep("Given", "Ana is asked for a code", observes=False)
GIVEN = WrittenStep("When", "she gives it twice", observes=False)
REFUSED = WrittenStep("Then", "the code is refused", observes=True)
SIGNED_IN = WrittenStep("But", "a new one signs her in", observes=True)
ROW = ScenarioOutline(
    "t/in.feature#once",
    "A code works once",
    "t/in.feature",
    7,
    "Once",
    (),
    ("TOTP-5",),
    background=(ASKED,),
    steps=(GIVEN, REFUSED),
)
NORM_ROW = ScenarioOutline(
    "t/in.feature#again", "Again", "t/in.feature", 8, "Once", (), norms=("ASVS-6.5.1",), steps=(GIVEN, REFUSED)
)
BOTH_ROW = replace(
    NORM_ROW, id="t/in.feature#both", name="Both", line=10, clauses=("TOTP-5",), steps=(REFUSED, SIGNED_IN)
)
KNOWN = Known(
    clauses=(
        Clause(
            "TOTP-5",
            "A used code is refused.",
            Force.IMPLIED,
            "t",
            "RFC 6238 section 5.2",
            "Codes can be reused.",
            remedy="Remember the last step.",
        ),
        Clause("INFO-1", "Apps are named.", Force.INFO, "t", "the help text", exclusion="it is no rule"),
    ),
    rows=(ROW, NORM_ROW, BOTH_ROW, ScenarioOutline("t/in.feature#other", "Another", "t/in.feature", 9, "Once", ())),
    features=(FeatureProse("t/in.feature", "T", "Signing in", "", (RuleProse("Once", "Why: it\nwas seen."),)),),
    faults=(
        Fault("twice", "totp", "A code works twice", ("TOTP-5",), "CVE-1", ("t: once",), (ROW.id,)),
        Fault("inside", "web", "Nobody sees it", ("INFO-1",), "", not_observable="it is inside"),
        Fault("norms-only", "totp", "A code is taken again", ("ASVS 6.5.1", "CWE-294"), "", (), (NORM_ROW.id,)),
    ),
    norms=(
        NormSection("ASVS-6.5.1", "ASVS 5", "L2", "Codes serve once.", "Codes live on.", remedy="Use codes up."),
        NormSection("ASVS-6.5.2", "ASVS 5", "L2", "Codes are hashed.", "They leak.", not_observable="it lies inside"),
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


def observed(name: str) -> list[str]:
    """The lines below `how it is observed:`."""
    lines = explain(name, KNOWN).splitlines()
    start = lines.index("  how it is observed:") + 1
    return list(itertools.takewhile(lambda line: line.startswith("    "), lines[start:]))


def test_a_clause_says_what_its_scenarios_look_at_each_wording_once() -> None:
    assert observed("TOTP-5") == ["    the code is refused", "    a new one signs her in"]
    assert "how it is observed" not in explain("INFO-1", KNOWN)


def test_a_norm_says_what_its_scenarios_look_at_and_what_violates_it() -> None:
    assert observed("asvs-6.5.1") == ["    the code is refused", "    a new one signs her in"]
    text = explain("ASVS-6.5.1", KNOWN)
    for said in ("(L2, ASVS 5)", "Codes serve once.", "a failure means: Codes live on.", "fault: norms-only"):
        assert said in text
    assert "nobody outside can see it: it lies inside" in explain("ASVS-6.5.2", KNOWN)


def test_a_scenario_is_told_by_its_steps_as_they_are_written() -> None:
    assert observed(ROW.id) == [
        "    Background:",
        "      Given Ana is asked for a code",
        "    Scenario:",
        "      When she gives it twice",
        "      Then the code is refused",
    ]
    assert observed(NORM_ROW.id) == ["    When she gives it twice", "    Then the code is refused"]


@pytest.mark.parametrize(
    ("name", "remedies"),
    [
        ("TOTP-5", ["Remember the last step."]),
        ("ASVS-6.5.1", ["Use codes up."]),
        (ROW.id, ["Remember the last step."]),
        (BOTH_ROW.id, ["Remember the last step.", "Use codes up."]),
        ("twice", ["Remember the last step."]),
        ("norms-only", ["Use codes up."]),
        ("INFO-1", []),
        ("ASVS-6.5.2", []),
        ("inside", []),
    ],
)
def test_each_says_how_to_fix_a_portal_that_fails_it(name: str, remedies: list[str]) -> None:
    lines = explain(name, KNOWN).splitlines()
    assert [line.partition("how to fix it: ")[2] for line in lines if "how to fix it" in line] == remedies


def test_a_fault_that_violates_norms_alone_comes_with_their_words() -> None:
    text = explain("norms-only", KNOWN)
    for said in ("ASVS-6.5.1 (L2): Codes serve once.", "source: ASVS 5", "a failure means: Codes live on."):
        assert said in text
    assert observed("norms-only") == ["    the code is refused"]
    assert "ASVS-6.5.2" not in text


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
    out = capsys.readouterr().out
    for said in (
        "PRE-2 (must)",
        "ASVS-6.5.1 (L2)",
        "the portal refuses the code",
        "how to fix it: Accept the six digits",
    ):
        assert said in out
    assert _status(["explain", "no-such-thing"]) == ExitCode.USAGE


@pytest.fixture(scope="module")
def shipped() -> Known:
    """Everything that can be asked for in the checkout."""
    register, rows = load_register(ROOT / "features" / "clauses.toml"), read_scenarios(ROOT / "features")
    catalogue = ROOT / "reference_server" / "faults" / "catalogue"
    faults = load_catalogue(catalogue, rows, [clause.id for clause in register.clauses])
    return Known(register.clauses, rows, read_features(ROOT / "features"), faults, register.norms)


def test_whatever_a_scenario_looks_at_says_how_it_is_observed_and_how_to_fix_it(shipped: Known) -> None:
    names = [clause.id for clause in shipped.clauses if not clause.exclusion]
    names += [section.id for section in shipped.norms if not section.unproven]
    names += [fault.id for fault in shipped.faults if fault.scenarios] + [row.id for row in shipped.rows]
    wordless = [
        name
        for name in names
        if "  how it is observed:" not in (text := explain(name, shipped)) or "how to fix it: " not in text
    ]
    assert (len(names) > len(shipped.rows), wordless) == (True, [])
