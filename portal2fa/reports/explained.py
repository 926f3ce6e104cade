"""A clause, a norm, a scenario or a fault in words: what it demands and why, how it is observed, how to fix it."""

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
    yield from _reasons("  ", clause.source, clause.means, clause.remedy)
    if clause.exclusion:
        yield f"  no scenario proves it: {clause.exclusion}"
    yield from _proof([row for row in known.rows if clause.id in row.clauses])
    yield from _violated(clause.id, known)


def _norm(section: NormSection, known: Known) -> Iterator[str]:
    yield f"{section.id} ({section.level}, {section.document})"
    yield f"  {section.paraphrase}"
    yield from _reasons("  ", "", section.means, section.remedy)
    yield "  beyond the help text: it decides no verdict"
    if section.policy:
        yield f"  a finding on the help text itself: {section.policy}"
    if section.not_observable:
        yield f"  nobody outside can see it: {section.not_observable}"
    if section.not_looked_at:
        yield f"  no scenario looks at it: {section.not_looked_at}"
    yield from _proof([row for row in known.rows if section.id in row.norms])
    yield from _violated(cited(section.id), known)


def _scenario(row: ScenarioOutline, known: Known) -> Iterator[str]:
    yield row.name
    yield f"  stands in: features/{row.feature}:{row.line}"
    if row.rule:
        yield f"  rule: {row.rule}"
    prose = next((feature for feature in known.features if feature.path == row.feature), None)
    why = next((rule.description for rule in prose.rules if rule.name == row.rule), "") if prose else ""
    if why:
        yield f"  {' '.join(why.split())}"
    yield from _steps(row)
    for clause in known.clauses:
        if clause.id in row.clauses:
            yield f"  proves: {clause.id} ({clause.force.value}): {clause.paraphrase}"
            yield from _reasons("    ", clause.source, clause.means, clause.remedy)
    for section in known.norms:
        if section.id in row.norms:
            yield f"  rests on: {section.id} ({section.level}): {section.paraphrase}"
            yield from _reasons("    ", section.document, section.means, section.remedy)
    for fault in known.faults:
        if row.id in fault.scenarios:
            yield f"  has to fail on the fault: {fault.id}: {fault.title}"


def _of_fault(fault: Fault, known: Known) -> Iterator[str]:
    """What `described` leaves out: what is violated in words, and where its scenarios look."""
    for clause in known.clauses:
        if clause.id in fault.violates:
            yield f"  {clause.id} ({clause.force.value}): {clause.paraphrase}"
            yield from _reasons("    ", clause.source, clause.means, clause.remedy)
    for section in known.norms:
        if cited(section.id) in fault.violates:
            yield f"  {section.id} ({section.level}): {section.paraphrase}"
            yield from _reasons("    ", section.document, section.means, section.remedy)
    yield from _observed([row for row in known.rows if row.id in fault.scenarios])


def _reasons(indent: str, source: str, means: str, remedy: str) -> Iterator[str]:
    """What is known of a clause or section beside its sentence, a line each."""
    for label, text in (("source", source), ("a failure means", means), ("how to fix it", remedy)):
        if text:
            yield f"{indent}{label}: {text}"


def _proof(rows: Sequence[ScenarioOutline]) -> Iterator[str]:
    for row in rows:
        yield f"  proven by: {row.feature}:{row.line}: {row.name}"
    yield from _observed(rows)


def _observed(rows: Sequence[ScenarioOutline]) -> Iterator[str]:
    """What the scenarios look at in the end, each wording once."""
    texts = dict.fromkeys(step.text for row in rows for step in row.steps if step.observes)
    if texts:
        yield "  how it is observed:"
    for text in texts:
        yield f"    {text}"


def _steps(row: ScenarioOutline) -> Iterator[str]:
    """The steps as they are written, those of the background first."""
    if row.steps:
        yield "  how it is observed:"
    for steps, label in ((row.background, "Background:"), (row.steps, "Scenario:")):
        if steps and row.background:
            yield f"    {label}"
        for step in steps:
            yield f"    {'  ' if row.background else ''}{step.keyword} {step.text}"


def _violated(name: str, known: Known) -> Iterator[str]:
    for fault in known.faults:
        if name in fault.violates:
            yield f"  violated by the fault: {fault.id}: {fault.title}"
