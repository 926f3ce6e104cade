"""Accepted findings in every report: told as accepted, with reason and date, and never as passed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from portal2fa.baseline import Baseline, Standing
from portal2fa.baseline_standing import findings, with_baseline
from portal2fa.errors import UsageError
from portal2fa.outcomes import Outcome, Result, Verdict, verdict
from portal2fa.reports import from_json, to_html, to_json, to_junit
from portal2fa.reports.result_json import schema
from portal2fa.reports.summary import next_step, verdict_sentence
from portal2fa.reports.terminal import to_plain, to_rich

REASON = "The old mail gateway <b>stays</b> until spring; Kim Lee"
WHY = f"accepted until 2027-03-31: {REASON}"


def baselined(sample: Result, change: dict[str, str] | None = None) -> Result:
    """The sample with all its findings in a baseline; `change` holds other values of the entry for the failure."""
    entries = [replace(entry, reason=REASON, until="2027-03-31") for entry in findings(sample)]
    entries[0] = replace(entries[0], **(change or {}))  # type: ignore[arg-type]  # texts
    return with_baseline(sample, Baseline("accepted.toml", "sha256:" + "0" * 64, tuple(entries)))


@pytest.fixture
def closed(sample: Result) -> Result:
    """The sample with every scenario decided: one binding clause fails, and that is accepted."""
    decided = [
        each if each.outcome is Outcome.FAILED else replace(each, outcome=Outcome.PASSED) for each in sample.scenarios
    ]
    return baselined(replace(sample, scenarios=tuple(decided)))


@pytest.fixture
def stale(sample: Result) -> Result:
    """The sample with every scenario passed, so that the entry for the failure is stale."""
    found = baselined(sample)
    passed = tuple(replace(each, outcome=Outcome.PASSED) for each in found.scenarios)
    return with_baseline(replace(found, scenarios=passed), found.baseline)


def test_the_verdict_says_what_is_accepted(closed: Result) -> None:
    assert verdict(closed) is Verdict.ACCEPTED
    assert verdict_sentence(closed) == (
        "10 of 11 binding clauses were seen to hold; 1 was seen not to hold, which is accepted."
    )
    assert next_step(closed) == "Mend what is accepted: the first of it only until 2027-03-31."


def test_an_open_scenario_beside_an_accepted_failure_is_told(sample: Result) -> None:
    found = baselined(sample)
    assert verdict(found) is Verdict.INCONCLUSIVE
    assert verdict_sentence(found) == (
        "Of 11 binding clauses 1 was seen not to hold, which is accepted, "
        "but 3 scenarios were not decided; the rest is not known."
    )


def test_another_failure_is_told_beside_what_is_accepted(closed: Result) -> None:
    scenarios = (replace(closed.scenarios[0], outcome=Outcome.FAILED, clauses=("FIND-1",)), *closed.scenarios[1:])
    worse = with_baseline(replace(closed, scenarios=scenarios), closed.baseline)
    assert verdict_sentence(worse) == "1 of 11 binding clauses was seen not to hold, beside what is accepted: 1."
    assert "Start with clause FIND-1" in next_step(worse)


def test_the_terminal_tells_reason_and_date(closed: Result) -> None:
    text = to_plain(closed, "report")
    assert text.startswith("CONFORMANT WITH ACCEPTED FINDINGS: ")
    assert "clauses: 1 accepted, 1 untested, 13 passed" in text
    assert "scenarios: 1 accepted, 12 passed" in text
    assert "  accepted: MAIL-3 (must)" in text
    assert f"  MAIL-3, email_codes/expiry.feature#too-old: {WHY}" in text
    assert f"  FIND-3, Enable button: {WHY}" in text
    assert "failed:" not in text
    rich = to_rich(closed, "report", width=200)
    assert "accepted" in rich
    assert "2027-03-31" in rich


def test_the_page_shows_what_is_accepted_apart_from_what_failed(closed: Result) -> None:
    page = to_html(closed)
    section = page.partition('<h2 id="accepted">')[2].partition("</section>")[0]
    assert section.count("Accepted until 2027-03-31") == 3
    assert "&lt;b&gt;stays&lt;/b&gt;" in section
    assert "A code of eleven minutes is refused" in section
    assert "Nothing else failed" in page
    assert 'class="verdict accepted"' in page
    assert '<details class="scenario accepted"' in page
    assert 'class="badge failed"' not in page.partition('<section class="reading"')[0]
    assert "accepted.toml" in page


def test_in_junit_it_is_skipped_with_reason_and_date_and_the_failure_is_kept(closed: Result) -> None:
    root = ElementTree.fromstring(to_junit(closed))
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("0", "0", "1")
    skipped = root.findall(".//skipped")
    assert [each.get("type") for each in skipped] == ["accepted"]
    message = str(skipped[0].get("message"))
    assert WHY in message
    assert "The portal accepted a code that was 11 minutes old." in message


def test_result_json_keeps_the_baseline_and_reads_it_back(closed: Result) -> None:
    document = json.loads(to_json(closed))
    Draft202012Validator(schema()).validate(document)
    assert (document["verdict"], document["exit_code"]) == ("conformant with accepted findings", 0)
    assert document["summary"]["accepted"] == 3
    row = next(row for row in document["clause_results"] if row["id"] == "MAIL-3")
    assert (row["outcome"], row["accepted"]) == ("failed", True)
    assert document["summary"]["clauses"]["failed"] == 1, "an accepted failure stays a failure in every count"
    assert from_json(to_json(closed)) == closed


def _accept_by_hand(entry: dict[str, Any]) -> None:
    entry["standing"] = "accepted"


def _repin(entry: dict[str, Any]) -> None:
    entry["message"] = "something else"


@pytest.mark.parametrize(("until", "edit"), [("2026-11-23", _accept_by_hand), ("2027-03-31", _repin)])
def test_a_standing_that_was_edited_is_refused(sample: Result, until: str, edit: Callable[[Any], None]) -> None:
    document = json.loads(to_json(baselined(sample, {"until": until})))
    edit(document["result"]["baseline"]["entries"][0])
    with pytest.raises(UsageError, match="contradicts itself"):
        from_json(json.dumps(document))


@pytest.mark.parametrize(
    ("change", "standing", "words"),
    [
        (
            {"until": "2026-11-23"},
            Standing.EXPIRED,
            "it was accepted until 2026-11-23: mend the portal, or decide anew",
        ),
        (
            {"message": "another"},
            Standing.CHANGED,
            "it is another finding now: mend the portal, or accept the new message",
        ),
    ],
)
def test_an_entry_that_does_not_hold_is_told_everywhere_with_what_to_do(
    sample: Result, change: dict[str, str], standing: Standing, words: str
) -> None:
    found = baselined(sample, change)
    line = f"baseline: {standing.value}: MAIL-3, email_codes/expiry.feature#too-old: {words}"
    assert f"warning: {line}" in to_plain(found, "report")
    assert " ".join(line.split()[:4]) in to_rich(found, "report", width=200)
    first_screen = to_html(found).partition('<div class="opening">')[0]
    assert f"<b>Baseline accepted.toml:</b> {line.removeprefix('baseline: ')}" in first_screen
    root = ElementTree.fromstring(to_junit(found))
    assert [str(error.get("message"))[: len(line)] for error in root.findall(".//error[@type='baseline']")] == [line]
    assert root.get("failures") == "1", "it fails like any other failure"


def test_a_stale_entry_is_told_first_of_all(stale: Result) -> None:
    text = to_plain(stale, "report")
    line = "MAIL-3, email_codes/expiry.feature#too-old: it was not found any more: remove the entry"
    assert f"warning: baseline: stale: {line}" in text
    assert text.endswith(f"next: Bring the baseline up to date. {line}.\n")
    assert json.loads(to_json(stale))["exit_code"] == 6
    assert ElementTree.fromstring(to_junit(stale)).get("errors") == "1"


def test_a_scenario_accepted_for_one_of_two_clauses_stays_failed(sample: Result) -> None:
    scenarios = tuple(
        replace(each, clauses=("MAIL-3", "MAIL-1")) if each.outcome is Outcome.FAILED else each
        for each in sample.scenarios
    )
    whole = baselined(replace(sample, scenarios=scenarios))
    assert whole.baseline is not None
    half = with_baseline(whole, replace(whole.baseline, entries=whole.baseline.entries[:1]))
    assert ElementTree.fromstring(to_junit(half)).get("failures") == "1"
    assert "scenarios: 1 failed" in to_plain(half, "report")
    assert ElementTree.fromstring(to_junit(whole)).get("failures") == "0"
