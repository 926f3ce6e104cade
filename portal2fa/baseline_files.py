"""Baselines as TOML files: written from a result, filled in by a person, and read before a run touches anything.

    [[failure]]       clause, scenario, message, reason, until
    [[deviation]]     the same, and the control that deviates

An entry without a reason or a last day is refused, and so is one that names what the specification does not have.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from portal2fa.baseline import Acceptance, Baseline, Kind
from portal2fa.baseline_checks import KEYS, VERSION, Known, mistakes
from portal2fa.baseline_standing import findings
from portal2fa.errors import UsageError
from portal2fa.outcomes import Result
from portal2fa.profile_lines import Lines

_HEAD = """\
# Accepted findings: a run with --baseline does not fail for them, and reports each with its reason and date.
# 'reason' says why, and who answers for it; 'until' is the last day, such as 2027-03-31.  Both are needed.

"""


def proposed(result: Result, *, reason: str = "", until: str = "") -> tuple[Acceptance, ...]:
    """What a baseline of `result` holds; entries of the result's own baseline keep what they say."""
    kept = {_identity(entry): entry for entry in (result.baseline.entries if result.baseline else ())}
    entries = []
    for found in findings(result):
        before = kept.get(_identity(found))
        said = (before.reason, before.until) if before and before.message == found.message else ("", "")
        entries.append(replace(found, reason=reason or said[0], until=until or said[1]))
    return tuple(entries)


def to_toml(entries: Sequence[Acceptance], target: str) -> str:
    """`entries` as a TOML file for the target; what is left to a person is empty."""
    lines = [f"baseline_version = {VERSION}", f"target = {_text(target)}"]
    for entry in entries:
        lines += ["", f"[[{entry.kind.value}]]"]
        for key in KEYS[entry.kind]:
            value = getattr(entry, key)
            lines.append(f"{key} = {value if key == 'until' and value else _text(value)}")
    return _HEAD + "\n".join(lines) + "\n"


def load(path: Path, known: Known) -> Baseline:
    """Read the baseline at `path`; raises `UsageError` that tells all that is wrong with it, with lines."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        hint = "`portal2fa baseline RESULT --output FILE` writes one"
        raise UsageError(f"The baseline {path} cannot be read.", cause=str(error.strerror), hint=hint) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = "mend the line that the cause names"
        raise UsageError(f"The baseline {path} is not a TOML file.", cause=str(error), hint=hint) from error
    found = list(mistakes(table, known))
    if found:
        lines = Lines(text)
        told = [f"line {lines.line(key)}: {what}" for key, what in found]
        raise UsageError(
            f"{path} cannot be used as a baseline; to mend: {len(told)}.\n    " + "\n    ".join(told),
            hint="an entry is one that `portal2fa baseline` wrote, with a reason and a last day",
        )
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Baseline(path.name, digest, tuple(_entry(kind, row) for kind, row in _rows(table)))


def _rows(table: dict[str, Any]) -> Iterator[tuple[Kind, dict[str, Any]]]:
    yield from ((kind, row) for kind in Kind for row in table.get(kind.value, []))


def _entry(kind: Kind, row: dict[str, Any]) -> Acceptance:
    return Acceptance(
        kind=kind,
        clause=row["clause"],
        scenario=row["scenario"],
        message=row["message"],
        reason=row["reason"].strip(),
        until=row["until"].isoformat(),
        control=row.get("control", ""),
    )


def _identity(entry: Acceptance) -> tuple[str, ...]:
    scenario = entry.scenario if entry.kind is Kind.FAILURE else ""
    return (entry.kind, entry.clause, scenario, entry.control, entry.message)


def _text(value: str) -> str:
    """A text as TOML has it, which is as JSON has it but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
