"""junit.xml: what failed, what erred and what was skipped stay three things, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from portal2fa.outcomes import Outcome, Result
from portal2fa.reports.junit import to_junit

TAGS = {
    Outcome.PASSED: None,
    Outcome.FAILED: "failure",
    Outcome.CANT_TELL: "error",
    Outcome.UNTESTED: "skipped",
    Outcome.INAPPLICABLE: "skipped",
}


def parse(result: Result) -> ET.Element:
    return ET.fromstring(to_junit(result))


def found(case: ET.Element) -> ET.Element | None:
    return next((child for child in case if child.tag in ("failure", "error", "skipped")), None)


def test_every_scenario_is_a_case_named_by_its_id(sample: Result) -> None:
    ids = [f"{case.get('classname')}#{case.get('name')}" for case in parse(sample).iter("testcase")]
    assert ids == [scenario.id for scenario in sample.scenarios]


def test_each_outcome_has_its_own_element_with_the_reason_as_message(sample: Result) -> None:
    for scenario, case in zip(sample.scenarios, parse(sample).iter("testcase"), strict=True):
        child = found(case)
        assert (child.tag if child is not None else None) == TAGS[scenario.outcome], scenario.id
        if child is not None:
            assert child.get("message") == scenario.reason


def test_a_failure_is_an_assertion_with_expected_and_seen(sample: Result) -> None:
    failure = parse(sample).find(".//failure")
    assert failure is not None
    assert failure.get("type") == "AssertionError"
    assert '<script>alert("x")</script>' in (failure.text or "")
    assert "The portal refuses the code and Ben stays signed out." in (failure.text or "")


def test_what_could_not_be_told_and_what_was_left_out_keep_their_earl_words(sample: Result) -> None:
    assert [error.get("type") for error in parse(sample).iter("error")] == ["cantTell"]
    kinds = [skipped.get("type") for skipped in parse(sample).iter("skipped")]
    assert kinds == ["untested", "inapplicable", "inapplicable", "untested"]


def test_numbers_of_suites_add_up_to_those_of_the_root(sample: Result) -> None:
    root = parse(replace(sample, problems=("The mailbox went away.",)))
    for name in ("tests", "failures", "errors", "skipped"):
        assert sum(int(suite.get(name, "")) for suite in root) == int(root.get(name, "")), name
    assert root.get("time") == "132.000"
    assert root.get("timestamp") == "2026-11-24T06:41:07"


def test_there_is_one_suite_a_feature_with_times(sample: Result) -> None:
    suites = parse(sample).findall("testsuite")
    assert len(suites) == len({scenario.feature for scenario in sample.scenarios})
    expiry = next(suite for suite in suites if suite.get("name") == "Expiry")
    assert expiry.get("time") == "3.680"
    assert [case.get("time") for case in expiry.iter("testcase")] == ["1.840", "1.840"]


@pytest.mark.parametrize(
    "change",
    [{"interrupted": True}, {"problems": ("The browser did not start.",)}, {"not_restored": ("ana@portal.example",)}],
)
def test_a_fault_of_the_run_is_an_error_so_that_ci_is_red(sample: Result, change: dict[str, object]) -> None:
    good = replace(sample, scenarios=tuple(s for s in sample.scenarios if s.outcome is Outcome.PASSED))
    assert parse(good).get("errors") == "0"
    root = parse(replace(good, **change))  # type: ignore[arg-type]  # fields of Result
    assert root.get("errors") == "1"
    assert root.find("testsuite[@name='run']/testcase/error") is not None


def test_characters_that_xml_forbids_are_made_visible(sample: Result) -> None:
    odd = replace(sample.scenarios[6], seen="bell\x07 null\x00 lone\udcff", reason="escape\x1b[31m")
    failure = parse(replace(sample, scenarios=(odd,))).find(".//failure")
    assert failure is not None
    assert failure.get("message") == "escape\\x1b[31m"
    assert "bell\\x07 null\\x00 lone\\xdcff" in (failure.text or "")
