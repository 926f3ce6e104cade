"""The clause register: what the documented procedure claims, in which words, and from which revision.

    features/clauses.toml  ──load_register──▶  Register    clauses, documented wordings, revision, and the norms
    features/norms.toml                                    beside them (`portal2fa.norms`)

The feature files that prove the clauses are read by `portal2fa.feature_files`; its functions can be imported from
here too.  Nothing here knows a portal.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from portal2fa.errors import ProfileError, UsageError
from portal2fa.feature_files import (
    CHAPTERS,
    RUN_CLASSES,
    ScenarioOutline,
    read_features,
    read_scenarios,
    suite_digest,
)
from portal2fa.norms import load_norms
from portal2fa.outcomes import Clause, Force, NormSection

__all__ = [
    "CHAPTERS",
    "RUN_CLASSES",
    "Label",
    "Register",
    "Revision",
    "ScenarioOutline",
    "differs",
    "load_register",
    "normalise_label",
    "read_features",
    "read_scenarios",
    "suite_digest",
]

_CLAUSE_KEYS = ("id", "paraphrase", "force", "chapter", "source", "means", "exclusion", "remedy")
_OPTIONAL = ("exclusion", "remedy")
_TABLE_HINT = "see the comment at the top of clauses.toml for the keys"


@dataclass(frozen=True, slots=True)
class Label:
    """A wording that the help text tells a customer to look for, the clause it belongs to, and variants it uses."""

    text: str
    clause: str
    also: tuple[str, ...] = ()

    def differs_from(self, seen: str) -> bool:
        """True when `seen` is none of the documented wordings."""
        return all(differs(wording, seen) for wording in (self.text, *self.also))


@dataclass(frozen=True, slots=True)
class Revision:
    """Which revision of the help text the register encodes, and what is to be known about it."""

    date: date
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Register:
    """All clauses in the order of the help text, the documented wordings by control, the revision, and the norms."""

    clauses: tuple[Clause, ...]
    labels: Mapping[str, Label]
    revision: Revision
    norms: tuple[NormSection, ...] = ()
    """What norms demand beyond the help text."""

    def clause(self, clause_id: str) -> Clause:
        """The clause called `clause_id`; raise UsageError when there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        known = ", ".join(clause.id for clause in self.clauses)
        raise UsageError(f"There is no clause {clause_id}.", hint=f"the clauses are {known}")


def load_register(path: Path) -> Register:
    """Read the clause register at `path` and `norms.toml` beside it, where there is one.

    Raises ProfileError with file, key and remedy when one of them is not usable.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as gone:
        raise ProfileError(f"{path}: there is no such file.", hint="give the path of features/clauses.toml") from gone
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise ProfileError(f"{path}: cannot be read as TOML.", cause=str(broken), hint="correct that place") from broken
    clauses = tuple(_clause(path, row, f"clause[{n}]") for n, row in enumerate(_tables(path, data, "clause"), start=1))
    _refuse_doubles(path, clauses)
    ids = {clause.id for clause in clauses}
    labels = {key: _label(path, row, f"labels.{key}", ids) for key, row in _table(path, data, "labels").items()}
    beside = path.with_name("norms.toml")
    norms = load_norms(beside) if beside.is_file() else ()
    return Register(clauses, MappingProxyType(labels), _revision(path, _table(path, data, "revision")), norms)


def normalise_label(text: str) -> str:
    """Reduce `text` to what wordings are compared by: letter case, hyphens, dashes and white space do not count."""
    return re.sub(r"[\s\-\u00ad\u2010-\u2015\u2212\u200b\ufeff]+", "", text).casefold()


def differs(documented: str, seen: str) -> bool:
    """True when the wording `seen` is another than the `documented` one, beyond case, hyphens and spaces."""
    return normalise_label(documented) != normalise_label(seen)


def _tables(path: Path, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = data.get(key)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ProfileError(f"{path}: {key}: there are no [[{key}]] tables.", hint=_TABLE_HINT)
    return rows


def _table(path: Path, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = data.get(key)
    if not isinstance(table, dict):
        raise ProfileError(f"{path}: {key}: the [{key}] table is missing.", hint=_TABLE_HINT)
    return table


def _text(path: Path, row: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise ProfileError(f"{path}: {where}.{key}: a text is needed here.", hint=f'add {key} = "…" to {where}')
    return value


def _refuse_unknown(path: Path, row: object, where: str, known: Iterable[str]) -> None:
    if not isinstance(row, dict):
        raise ProfileError(f"{path}: {where}: a table is needed here.", hint=_TABLE_HINT)
    for key in row.keys() - set(known):
        raise ProfileError(f"{path}: {where}.{key}: there is no such key.", hint=f"use {', '.join(known)}")


def _clause(path: Path, row: Mapping[str, Any], place: str) -> Clause:
    where = f"{place} ({row['id']})" if isinstance(row.get("id"), str) else place
    _refuse_unknown(path, row, where, _CLAUSE_KEYS)
    texts = {
        key: _text(path, row, key, where, default="" if key in _OPTIONAL else None)
        for key in _CLAUSE_KEYS
        if key != "force"
    }
    _one_of(path, texts["chapter"], f"{where}.chapter", CHAPTERS)
    force = Force(_one_of(path, _text(path, row, "force", where), f"{where}.force", [force.value for force in Force]))
    if texts["exclusion"] and force.is_binding:
        wrong = f"{path}: {where}.exclusion: a clause of force {force.value} cannot be excluded."
        raise ProfileError(wrong, hint="remove the exclusion and write a scenario")
    return Clause(**texts, force=force)


def _one_of(path: Path, word: str, where: str, words: Iterable[str]) -> str:
    if word not in words:
        raise ProfileError(f"{path}: {where}: {word!r} is not known here.", hint=f"use one of {', '.join(words)}")
    return word


def _refuse_doubles(path: Path, clauses: tuple[Clause, ...]) -> None:
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            raise ProfileError(f"{path}: clause.id: {clause.id} is there twice.", hint="give one of them another id")
        seen.add(clause.id)


def _label(path: Path, row: Mapping[str, Any], where: str, ids: set[str]) -> Label:
    _refuse_unknown(path, row, where, ("text", "clause", "also"))
    also = row.get("also", [])
    if not isinstance(also, list) or not all(isinstance(text, str) and text for text in also):
        raise ProfileError(f"{path}: {where}.also: a list of texts is needed here.", hint='write also = ["…"]')
    label = Label(_text(path, row, "text", where), _text(path, row, "clause", where), tuple(also))
    if label.clause not in ids:
        wrong = f"{path}: {where}.clause: there is no clause {label.clause}."
        raise ProfileError(wrong, hint="name the id of a [[clause]] of this file")
    return label


def _revision(path: Path, row: Mapping[str, Any]) -> Revision:
    _refuse_unknown(path, row, "revision", ("date", "title", "note"))
    if type(row.get("date")) is not date:
        raise ProfileError(f"{path}: revision.date: a date is needed here.", hint="write it as date = 2026-04-29")
    return Revision(row["date"], _text(path, row, "title", "revision"), _text(path, row, "note", "revision"))
