"""result.json: it matches its schema, comes back as it was, and does not let itself be talked into a verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from portal2fa import outcomes
from portal2fa.baseline import Acceptance, Baseline, Kind, Standing
from portal2fa.errors import UsageError
from portal2fa.outcomes import Outcome, Result
from portal2fa.reports.result_json import from_json, schema, to_json


def test_the_schema_is_itself_valid_and_the_sample_matches_it(sample: Result) -> None:
    Draft202012Validator.check_schema(schema())
    checker = Draft202012Validator(schema())
    assert [error.message for error in checker.iter_errors(json.loads(to_json(sample)))] == []


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("result", outcomes.Result),
        ("target", outcomes.TargetFacts),
        ("profile_entry", outcomes.ProfileEntry),
        ("baseline", Baseline),
        ("acceptance", Acceptance),
        ("clause", outcomes.Clause),
        ("feature", outcomes.FeatureProse),
        ("scenario", outcomes.ScenarioResult),
        ("rests_on", outcomes.RestsOn),
        ("step", outcomes.StepResult),
        ("evidence", outcomes.Evidence),
        ("deviation", outcomes.Deviation),
    ],
)
def test_the_schema_names_exactly_the_fields_of_each_type(name: str, type_: Any) -> None:
    described = schema()["$defs"][name]
    assert set(described["properties"]) == set(described["required"]) == {field.name for field in fields(type_)}


def test_the_schema_knows_every_word_of_the_enumerations() -> None:
    defs = schema()["$defs"]
    assert set(defs["outcome"]["enum"]) == {outcome.value for outcome in Outcome}
    assert set(defs["verdict"]["enum"]) == {verdict.value for verdict in outcomes.Verdict}
    assert set(defs["acceptance"]["properties"]["kind"]["enum"]) == {kind.value for kind in Kind}
    assert set(defs["acceptance"]["properties"]["standing"]["enum"]) == {word.value for word in Standing}
    assert set(defs["force"]["enum"]) == {force.value for force in outcomes.Force}
    assert set(schema()["properties"]["exit_code"]["enum"]) == {int(code) for code in outcomes.ExitCode}


def test_an_outcome_word_that_is_not_earl_breaks_the_schema(sample: Result) -> None:
    document = json.loads(to_json(sample))
    document["result"]["scenarios"][0]["outcome"] = "ok"
    assert not Draft202012Validator(schema()).is_valid(document)


def test_what_was_written_is_read_back_unchanged(sample: Result) -> None:
    assert from_json(to_json(sample)) == sample


def test_odd_characters_are_kept_and_half_ones_are_marked(sample: Result) -> None:
    odd = replace(sample, problems=("bell \x07, null \x00, line\u2028end, key \U0001f511", "half \udcff"))
    read = from_json(to_json(odd).encode("utf-8").decode("utf-8"))
    assert read == replace(odd, problems=(odd.problems[0], "half \ufffd"))
    assert to_json(read) == to_json(odd)


def test_verdict_exit_code_and_counts_are_computed(sample: Result) -> None:
    document = json.loads(to_json(sample))
    assert (document["verdict"], document["exit_code"]) == ("not conformant", 1)
    assert document["summary"]["scenarios"] == {
        "total": 13, "failed": 1, "cantTell": 1, "untested": 2, "inapplicable": 2, "passed": 7,
    }  # fmt: skip
    assert document["summary"]["binding_clauses"]["total"] == 11
    assert document["summary"]["deviations"] == 2
    rows = {row["id"]: row for row in document["clause_results"]}
    assert rows["MAIL-3"]["outcome"] == "failed"
    assert len(rows["MAIL-3"]["scenarios"]) == 2
    assert rows["INFO-1"] == {"id": "INFO-1", "outcome": "untested", "accepted": False, "scenarios": []}


def _claim_conformance(document: dict[str, Any]) -> None:
    document["verdict"] = "conformant"


def _lift_a_clause(document: dict[str, Any]) -> None:
    next(row for row in document["clause_results"] if row["id"] == "MAIL-3")["outcome"] = "passed"


def _lower_the_exit_code(document: dict[str, Any]) -> None:
    document["exit_code"] = 0


def _drop_the_failures(document: dict[str, Any]) -> None:
    scenarios = document["result"]["scenarios"]
    document["result"]["scenarios"] = [s for s in scenarios if s["outcome"] != "failed"]


def _let_absence_count(document: dict[str, Any]) -> None:
    """What the run never saw is taken for seen, by the outcome of one scenario."""
    scenario = next(s for s in document["result"]["scenarios"] if s["outcome"] == "passed")
    scenario["rests_on"] = {"outcome": "passed", "missing": [], "absent": ["notices.on"], "reason": ""}


EDITS = [_claim_conformance, _lift_a_clause, _lower_the_exit_code, _drop_the_failures, _let_absence_count]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_judgement_is_refused(sample: Result, edit: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(to_json(sample))
    edit(document)
    with pytest.raises(UsageError, match="contradicts itself"):
        from_json(json.dumps(document))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "version"),
        ('{"schema_version": 99}', "version"),
        ('{"schema_version": 1}', "shape"),
        ('{"schema_version": 1, "result": {"target": 3}}', "shape"),
    ],
)
def test_what_is_not_a_result_is_refused_in_plain_words(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        from_json(text)
    assert caught.value.hint


def test_a_wrong_field_is_named_by_its_path(sample: Result) -> None:
    document = json.loads(to_json(sample))
    document["result"]["scenarios"][2]["outcome"] = "ok"
    with pytest.raises(UsageError) as caught:
        from_json(json.dumps(document))
    assert "result.scenarios.2.outcome" in caught.value.cause
