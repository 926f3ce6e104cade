"""doctor.json: an examination for machines, with the exit code that follows from it."""

from __future__ import annotations

import json
from dataclasses import asdict

from portal2fa.doctor import Examination, exit_code, sentence

SCHEMA_VERSION = 1
"""Raised when a reader of the previous version would misread the document."""


def to_json(examination: Examination) -> str:
    """`examination` as indented JSON text, ending in a newline; half characters become U+FFFD."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "exit_code": int(exit_code(examination)),
        "sentence": sentence(examination),
        "counts": {word.value: number for word, number in examination.counts.items()},
        "examination": asdict(examination),
    }
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "\n"
