"""A clause, a norm, a scenario or a fault in words: what it demands, why, where it comes from, and what proves it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal2fa.errors import UsageError
from portal2fa.faults import Fault
from portal2fa.feature_files import ScenarioOutline
from portal2fa.norms import cited
from portal2fa.outcomes import Clause, FeatureProse, NormSection
from portal2fa.reports.fault_texts import described


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that can be asked for."""

    clauses: Sequence[Clause]
    rows: Sequence[ScenarioOutline]
    features: Sequence[FeatureProse]
    faults: Sequence[Fault]
    norms: Sequence[NormSection] = ()


def explain(name: str, known: Known) -> str:
    """What is known of a clause, norm or fault by its id, or of a scenario by its id or name; raises `UsageError`."""
    for clause in known.clauses:
        if clause.id.casefold() == name.casefold():
            return _text(_clause(clause, known))
    for section in known.norms:
        if section.id.casefold() == name.casefold():
            return _text(_norm(section, known))
    for fault in known.faults:
        if fault.id == name:
            return described(fault) + _text(_of_fault(fault, known))
    found = [row for row in known.rows if name in (row.id, row.name, f"{row.feature}: {row.name}")]
    if found:
        return "\n".join(_text(_scenario(row, known)) for row in found)
    names = [clause.id for clause in known.clauses] + [fault.id for fault in known.faults]
    names += [section.id for section in known.norms]
    names += [text for row in known.rows for text in (row.name, row.id)]
    near = difflib.get_close_matches(name, names, 1)
    raise UsageError(
        f"There is no clause, norm, scenario or fault called {name}.",
        hint=f"did you mean {near[0]!r}?" if near else "`portal2fa clauses`, `plan` and `faults list` list them",
    )


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _clause(clause: Clause, known: Known) -> Iterator[str]:
    yield f"{clause.id} ({clause.force.value})"
    yield f"  {clause.paraphrase}"
    yield f"  source: {clause.source}"
    if clause.means:
        yield f"  a failure means: {clause.means}"
    if clause.exclusion:
        yield f"  no scenario proves it: {clause.exclusion}"
    for row in known.rows:
        if clause.id in row.clauses:
            yield f"  proven by: {row.feature}:{row.line}: {row.name}"
    for fault in known.faults:
        if clause.id in fault.violates:
            yield f"  violated by the fault: {fault.id}: {fault.title}"


def _norm(section: NormSection, known: Known) -> Iterator[str]:
    yield f"{section.id} ({section.level}, {section.document})"
    yield f"  {section.paraphrase}"
    yield f"  where it does not hold: {section.means}"
    yield "  beyond the help text: it decides no verdict"
    if section.policy:
        yield f"  a finding on the help text itself: {section.policy}"
    if section.not_observable:
        yield f"  nobody outside can see it: {section.not_observable}"
    if section.not_looked_at:
        yield f"  no scenario looks at it: {section.not_looked_at}"
    for row in known.rows:
        if section.id in row.norms:
            yield f"  proven by: {row.feature}:{row.line}: {row.name}"
    for fault in known.faults:
        if cited(section.id) in fault.violates:
            yield f"  violated by the fault: {fault.id}: {fault.title}"


def _scenario(row: ScenarioOutline, known: Known) -> Iterator[str]:
    yield row.name
    yield f"  stands in: features/{row.feature}:{row.line}"
    if row.rule:
        yield f"  rule: {row.rule}"
    prose = next((feature for feature in known.features if feature.path == row.feature), None)
    why = next((rule.description for rule in prose.rules if rule.name == row.rule), "") if prose else ""
    if why:
        yield f"  {' '.join(why.split())}"
    for clause in known.clauses:
        if clause.id in row.clauses:
            yield f"  proves: {clause.id} ({clause.force.value}): {clause.paraphrase}"
    for section in known.norms:
        if section.id in row.norms:
            yield f"  rests on: {section.id} ({section.level}): {section.paraphrase}"
    for fault in known.faults:
        if row.id in fault.scenarios:
            yield f"  has to fail on the fault: {fault.id}: {fault.title}"


def _of_fault(fault: Fault, known: Known) -> Iterator[str]:
    """What `described` leaves out: the clauses in words, and what a customer has to expect of each."""
    for clause in known.clauses:
        if clause.id in fault.violates:
            yield f"  {clause.id} ({clause.force.value}): {clause.paraphrase}"
            if clause.means:
                yield f"    a failure means: {clause.means}"
