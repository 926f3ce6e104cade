"""What the person at the terminal sees of several targets: a line each, and the clauses in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal2fa.outcomes import Outcome
from portal2fa.overview import Judged, Overview
from portal2fa.reports.summary import PARTIAL, WORDS, plain
from portal2fa.reports.terminal import MARKS

_NOTHING = "."
"""Where nothing was run."""


def to_plain(overview: Overview, report: str) -> str:
    """The matrix as lines without colour: clauses down, targets across, in marks that are explained below it."""
    targets = overview.targets
    width = max(len(clause.id) for clause in overview.clauses)
    lines = [f"{number}  {_sentence(target)}" for number, target in enumerate(targets, 1)]
    lines += ["", f"{'':<{width}}  {_row([str(number) for number, _ in enumerate(targets, 1)])}"]
    for clause in overview.clauses:
        marks = [_mark(target.outcome(clause.id)) for target in targets]
        lines.append(f"{clause.id:<{width}}  {_row(marks)}  {clause.paraphrase}")
    lines += ["", ", ".join(_legend(overview)), f"report: {report}"]
    return "\n".join(plain(line).rstrip() for line in lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return " ".join(f"{cell:<2}" for cell in cells)


def _sentence(target: Judged) -> str:
    if not target.verdict:
        told = "not run: " + target.problem.partition("\n")[0]
    else:
        told = (PARTIAL if target.partial else target.verdict).upper()
    return f"{target.name}: {told} (exit code {int(target.exit_code)})"


def _mark(outcome: Outcome | None) -> str:
    return MARKS[outcome] if outcome else _NOTHING


def _legend(overview: Overview) -> Iterator[str]:
    met = {target.outcome(clause.id) for target in overview.targets for clause in overview.clauses}
    yield from (f"{MARKS[outcome]} {WORDS[outcome]}" for outcome in Outcome if outcome in met)
    yield from [f"{_NOTHING} not run"] if None in met else []
