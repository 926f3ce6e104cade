"""result.json: everything a run found, and what follows from it, for machines and for later.

The document has one stored part, `result`, and computed parts beside it: verdict, exit code, clause results and
counts.  Reading takes `result` only and computes the rest anew; where the stored verdict says something else, the
file was changed by hand and is refused.  The shape is `result.schema.json`, JSON Schema 2020-12.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, ValidationError

from portal2fa.baseline_standing import with_baseline
from portal2fa.errors import UsageError
from portal2fa.norms import norm_results
from portal2fa.outcomes import Outcome, Result, clause_results, exit_code, verdict
from portal2fa.reports.summary import WORST_FIRST, binding_rows, count, differences
from portal2fa.witnesses import settled

SCHEMA_VERSION = 1
"""Raised when a reader of the previous version would misread the document."""

_HINT = "Give a result.json that `portal2fa run` of this version wrote."


def schema() -> dict[str, Any]:
    """The JSON Schema of the document, as shipped beside this module."""
    text = files("portal2fa.reports").joinpath("result.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def to_document(result: Result) -> dict[str, Any]:
    """The JSON document of `result` as plain dictionaries, lists and strings.

    Half characters, which a browser may hand over and JSON may not hold, become U+FFFD.
    """
    raw = json.dumps(asdict(result), ensure_ascii=False)
    stored = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if stored != raw:
        result = _decode(json.loads(stored))
    return {
        "schema_version": SCHEMA_VERSION,
        "verdict": verdict(result).value,
        "exit_code": int(exit_code(result)),
        "summary": _summary(result),
        "clause_results": [
            {
                "id": row.clause.id,
                "outcome": row.outcome.value,
                "accepted": row.accepted,
                "scenarios": [s.id for s in row.scenarios],
            }
            for row in clause_results(result)
        ],
        "norm_results": [
            {"id": row.section.id, "standing": row.standing.value, "scenarios": [s.id for s in row.scenarios]}
            for row in norm_results(result)
        ],
        "result": json.loads(stored),
    }


def to_json(result: Result) -> str:
    """`result` as indented JSON text, ending in a newline."""
    return json.dumps(to_document(result), indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> Result:
    """Read what `to_json` wrote; raise UsageError for another version, another shape, or an edited verdict."""
    document = _parse(text)
    if document.get("schema_version") != SCHEMA_VERSION:
        found = document.get("schema_version")
        raise UsageError(
            "This result has a version that cannot be read.",
            cause=f"schema_version is {found!r}, expected {SCHEMA_VERSION}.",
            hint=_HINT,
        )
    result = _decode(document.get("result"))
    _check_computed(document, result)
    return result


def _parse(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("This result is not JSON.", cause=f"{error}.", hint=_HINT) from error
    if not isinstance(document, dict):
        raise UsageError("This result is not a JSON object.", hint=_HINT)
    return document


def _decode(found: object) -> Result:
    try:
        return TypeAdapter(Result).validate_json(json.dumps(found), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in ("result", *first["loc"]))
        raise UsageError(
            "This result has a shape that cannot be read.", cause=f"{where}: {first['msg']}.", hint=_HINT
        ) from error


def _check_computed(document: dict[str, Any], result: Result) -> None:
    """Hold the stored judgements to the evidence stored with them."""
    if any(settled(row, result.seen) != row for row in result.scenarios):
        raise UsageError(
            "This result contradicts itself.",
            cause="the outcome of a scenario is not what it rests on.",
            hint="Do not trust the file: get the original, or run again.",
        )
    if with_baseline(result, result.baseline) != result:
        raise UsageError(
            "This result contradicts itself.",
            cause="what it says of accepted findings is not what its scenarios say.",
            hint="Do not trust the file: get the original, or run again.",
        )
    computed = to_document(result)
    for key in ("verdict", "exit_code", "summary", "clause_results", "norm_results"):
        if document.get(key) != computed[key]:
            raise UsageError(
                "This result contradicts itself.",
                cause=f"{key} as stored is not what its scenarios say.",
                hint="Do not trust the file: get the original, or run again.",
            )


def _summary(result: Result) -> dict[str, Any]:
    return {
        "scenarios": _counts([s.outcome for s in result.scenarios]),
        "clauses": _counts([row.outcome for row in clause_results(result)]),
        "binding_clauses": _counts([row.outcome for row in binding_rows(result)]),
        "deviations": len(differences(result)),
        "accepted": len(result.baseline.accepted) if result.baseline else 0,
        "not_restored": len(result.not_restored),
    }


def _counts(outcomes: list[Outcome]) -> dict[str, int]:
    numbers = count(outcomes)
    return {"total": len(outcomes), **{outcome.value: numbers[outcome] for outcome in WORST_FIRST}}
