"""What norms demand beyond the help text: their register, and how a run found each section.

    features/norms.toml  ──load_norms──▶    NormSection   id, document, level, paraphrase
    Result               ──norm_results──▶  NormResult    proven, refuted, or why neither

A rule that rests on a norm alone carries `@norm.…` and no `@clause.…`.  What it comes to decides no verdict on the
help text; it is told beside it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal2fa.errors import ProfileError
from portal2fa.outcomes import NormSection, Outcome, Result, ScenarioResult, norms_of, roll_up

NORM_CHAPTERS = ("security", "accessibility")
"""The folders of `features/` whose rules rest on norms alone."""

LEVELS = ("L1", "L2", "L3", "A", "AA", "AAA", "SHALL", "SHOULD", "MUST", "RECOMMENDED", "test")
"""How strongly a section binds, in the words of its document; `test` is a case of a guide, which demands nothing."""

_HINT = "see the comment at the top of norms.toml for the keys"
_NEEDED = ("id", "level", "paraphrase", "means")
_EXCUSES = ("not_observable", "not_looked_at", "policy")
"""Why a section has no scenario; at most one of them."""
_OPTIONAL = (*_EXCUSES, "remedy")


class NormStanding(StrEnum):
    """What a run says of a section of a norm."""

    REFUTED = "refuted"
    CANT_TELL = "cannot tell"
    UNTESTED = "untested"
    PROVEN = "proven"
    INAPPLICABLE = "inapplicable"
    NOT_LOOKED_AT = "not looked at"
    NOT_OBSERVABLE = "not observable"
    POLICY = "policy finding"

    @property
    def is_open(self) -> bool:
        """The section could have been decided, and was not."""
        return self in (NormStanding.CANT_TELL, NormStanding.UNTESTED)


_BY_OUTCOME = {
    Outcome.PASSED: NormStanding.PROVEN,
    Outcome.FAILED: NormStanding.REFUTED,
    Outcome.CANT_TELL: NormStanding.CANT_TELL,
    Outcome.UNTESTED: NormStanding.UNTESTED,
    Outcome.INAPPLICABLE: NormStanding.INAPPLICABLE,
}


@dataclass(frozen=True, slots=True)
class NormResult:
    """A section of a norm, what the run says of it, and the scenarios that it rests on."""

    section: NormSection
    standing: NormStanding
    scenarios: tuple[ScenarioResult, ...] = ()

    @property
    def worst(self) -> ScenarioResult | None:
        """The scenario that is the reason of the standing; None where there is none."""
        return max(self.scenarios, key=lambda scenario: scenario.outcome.rank, default=None)


_CITED = {
    "ASVS": "ASVS {}",
    "NIST": "NIST SP 800-63B-4 section {}",
    "RFC4226": "RFC 4226 section {}",
    "RFC6238": "RFC 6238 section {}",
    "KEYURI": "Key URI format, {}",
    "WCAG": "WCAG 2.2 success criterion {}",
}


def cited(section: str) -> str:
    """How the faults of the catalogue cite a section, by its id; cases of the testing guide by the id itself."""
    document, _, number = section.partition("-")
    return _CITED[document].format(number) if document in _CITED else section


def norm_results(result: Result) -> tuple[NormResult, ...]:
    """How the run found each section, in the order of the register."""
    return tuple(_found(section, result) for section in result.norms)


def _found(section: NormSection, result: Result) -> NormResult:
    if section.policy:
        return NormResult(section, NormStanding.POLICY)
    if section.not_observable:
        return NormResult(section, NormStanding.NOT_OBSERVABLE)
    if section.not_looked_at:
        return NormResult(section, NormStanding.NOT_LOOKED_AT)
    scenarios = tuple(scenario for scenario in result.scenarios if section.id in norms_of(scenario.tags))
    return NormResult(section, _BY_OUTCOME[roll_up(scenario.outcome for scenario in scenarios)], scenarios)


def load_norms(path: Path) -> tuple[NormSection, ...]:
    """Read the register of norms at `path`; raise ProfileError with file, key and remedy when it is not usable."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise ProfileError(f"{path}: cannot be read as TOML.", cause=str(broken), hint="correct that place") from broken
    documents, rows = data.get("documents"), data.get("section")
    if not isinstance(documents, dict) or not isinstance(rows, list) or not rows:
        raise ProfileError(f"{path}: [documents] and [[section]] tables are needed.", hint=_HINT)
    sections = tuple(_section(path, row, number, documents) for number, row in enumerate(rows, start=1))
    for name in _twice(sections):
        raise ProfileError(f"{path}: section.id: {name} is there twice.", hint="make one section of both")
    return sections


def _twice(sections: tuple[NormSection, ...]) -> Iterator[str]:
    ids = [section.id for section in sections]
    return (name for name in dict.fromkeys(ids) if ids.count(name) > 1)


def _section(path: Path, row: Mapping[str, Any], number: int, documents: Mapping[str, str]) -> NormSection:
    where = f"{path}: section[{number}] ({row.get('id', '?')})"
    for key in row.keys() - {*_NEEDED, *_OPTIONAL}:
        raise ProfileError(f"{where}.{key}: there is no such key.", hint=_HINT)
    for key in (*_NEEDED, *(key for key in _OPTIONAL if key in row)):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ProfileError(f"{where}.{key}: a text is needed here.", hint=_HINT)
    document = row["id"].partition("-")[0]
    if document not in documents:
        known = ", ".join(documents)
        raise ProfileError(f"{where}.id: {document} is no document.", hint=f"begin with one of {known}, then '-'")
    if row["level"] not in LEVELS:
        raise ProfileError(f"{where}.level: {row['level']!r} is no level.", hint=f"use one of {', '.join(LEVELS)}")
    if len(reasons := [key for key in _EXCUSES if key in row]) > 1:
        raise ProfileError(f"{where}: both {' and '.join(reasons)} are there.", hint="keep what is true")
    return NormSection(**row, document=documents[document])
