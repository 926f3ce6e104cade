"""The variations as text: the list, one variation, the end of a run; lines without colour, a fact each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from portal2fa.reports.summary import headline, plain
from portal2fa.variation_table import Row, Table, sentence
from portal2fa.variations import Variation


def to_json(variations: Sequence[Variation]) -> str:
    """All of the catalogue as indented JSON text, ending in a newline."""
    return json.dumps([asdict(variation) for variation in variations], indent=2, ensure_ascii=False) + "\n"


def listed(variations: Sequence[Variation]) -> str:
    """The variations, a line each, and how many there are."""
    width = max(len(variation.id) for variation in variations)
    lines = [f"{variation.id:<{width}}  {variation.title}" for variation in variations]
    return "\n".join([*lines, "", f"{len(variations)} variations."]) + "\n"


def described(variation: Variation) -> str:
    """Everything that is declared of one variation."""
    return (
        f"{variation.id}\n  {variation.title}\n  differs: {variation.differs}\n  profile: {variation.profile}\n"
        "  to see it by hand: python -m reference_server --test-control --variations --stay\n"
        f"    then open http://{variation.id}.localhost:PORT; docs/variations.md says how to make an account there\n"
    )


def summary(table: Table, report: str) -> str:
    """What a person sees when a run has ended; `report` is where the page lies, as they would type it."""
    lines = [sentence(table), ""]
    width = max((len(row.variation.id) for row in table.rows), default=0)
    told = [headline(row.result) for row in table.rows]
    wide = max(map(len, told), default=0)
    lines += [
        f"{row.variation.id:<{width}}  {said:<{wide}}  {counted(row)}"
        for row, said in zip(table.rows, told, strict=True)
    ]
    for row in table.not_green:
        lines += ["", f"{row.variation.id}: {row.variation.title}"]
        lines += [f"  {scenario.outcome.value}: {scenario.id}: {scenario.reason}" for scenario in row.trouble]
        lines += [f"  warning: {problem}" for problem in row.result.problems]
    lines += ["", "warning: the run was stopped before its end"] if table.interrupted else []
    return "\n".join(plain(line) for line in [*lines, "", f"report: {report}"]) + "\n"


def counted(row: Row) -> str:
    """How many scenarios came to which outcome, those that none came to left out."""
    return ", ".join(f"{number} {outcome.value}" for outcome, number in row.counts.items() if number)
