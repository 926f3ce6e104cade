"""overview.json: several targets beside each other for machines."""

from __future__ import annotations

import json

from portal2fa.overview import Judged, Overview

SCHEMA_VERSION = 1
"""Raised when a reader of the previous version would misread the document."""


def to_json(overview: Overview) -> str:
    """`overview` as indented JSON text, ending in a newline."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool_version": overview.tool_version,
        "command": overview.command,
        "exit_code": int(overview.exit_code),
        "targets": [_target(target) for target in overview.targets],
        "clauses": [
            {
                "id": clause.id,
                "paraphrase": clause.paraphrase,
                "force": clause.force.value,
                "outcomes": {target.name: target.outcome(clause.id) for target in overview.targets},
            }
            for clause in overview.clauses
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _target(target: Judged) -> dict[str, object]:
    return {
        "name": target.name,
        "title": target.title,
        "url": target.url,
        "verdict": target.verdict or None,
        "partial": target.partial,
        "exit_code": int(target.exit_code),
        "problem": target.problem or None,
        "report": f"{target.name}/index.html" if target.outcomes else None,
    }
