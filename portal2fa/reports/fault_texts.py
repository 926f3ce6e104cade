"""The faults and their matrix as text: the list, one fault, the end of a run; lines without colour, a fact each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from portal2fa.fault_matrix import Cell, Matrix, Row, Word, sentence
from portal2fa.faults import Fault
from portal2fa.reports.summary import plain


def to_json(faults: Sequence[Fault]) -> str:
    """All of the catalogue as indented JSON text, ending in a newline."""
    return json.dumps([asdict(fault) for fault in faults], indent=2, ensure_ascii=False) + "\n"


def listed(faults: Sequence[Fault]) -> str:
    """The faults by family, a line each, and how many there are."""
    width = max(len(fault.id) for fault in faults)
    lines: list[str] = []
    for family, members in groupby(faults, key=lambda fault: fault.family):
        lines += [family, *(f"  {fault.id:<{width}}  {_fate(fault):<15}  {fault.title}" for fault in members), ""]
    hidden = sum(bool(fault.not_observable) for fault in faults)
    harmless = sum(bool(fault.against_nothing) for fault in faults)
    open_ = sum(bool(fault.not_yet) for fault in faults)
    caught = len(faults) - hidden - harmless - open_
    counted = f"{caught} to be caught, {open_} not yet, {hidden} not observable, {harmless} against nothing"
    lines.append(f"{len(faults)} faults: {counted}.")
    return "\n".join(lines) + "\n"


def _fate(fault: Fault) -> str:
    if fault.not_observable:
        return "not observable"
    if fault.against_nothing:
        return "against nothing"
    if fault.not_yet:
        return "not yet"
    return f"{len(fault.scenarios)} scenario{'' if len(fault.scenarios) == 1 else 's'}"


def described(fault: Fault) -> str:
    """Everything that is declared of one fault."""
    lines = [f"{fault.id} ({fault.family})", f"  {fault.title}"]
    lines += [f"  violates: {'; '.join(fault.violates)}"] if fault.violates else []
    lines += [f"  evidence: {fault.public_case or 'no public case, thought of here'}"]
    lines += [f"  on the variation: {fault.on}"] if fault.on else []
    lines += [f"  caught by: {name}" for name in fault.caught_by]
    lines += [f"  not observable: {fault.not_observable}"] if fault.not_observable else []
    lines += [f"  goes against nothing: {fault.against_nothing}"] if fault.against_nothing else []
    lines += [f"  not yet: {fault.not_yet}"] if fault.not_yet else []
    if not fault.excused:
        lines += ["  to see it by hand: python -m reference_server --test-control --faults --stay"]
        lines += [f"    then open http://{fault.id}.localhost:PORT; docs/faults.md says how to make an account there"]
    return "\n".join(lines) + "\n"


def summary(matrix: Matrix, report: str) -> str:
    """What a person sees when a run has ended; `report` is where the page lies, as they would type it."""
    lines = [sentence(matrix), f"faults: {_counted(matrix.words)}"]
    lines += [f"scenarios on faults: {_counted(matrix.cells)}"] if matrix.cells else []
    for row in matrix.not_caught:
        lines += ["", f"{row.word.value}: {row.fault.id}: {row.fault.title}", *_why(row)]
    elsewhere = [(row, judged) for row in matrix.rows for judged in row.of(Cell.ELSEWHERE)]
    lines += ["", "killed elsewhere:"] if elsewhere else []
    lines += [f"  {row.fault.id}: {judged.played.scenario}: {judged.played.reason}" for row, judged in elsewhere]
    refused = [column for column in matrix.columns if column.refused]
    lines += ["", "no judge:"] if refused else []
    lines += [f"  {column.id}: {column.refused}" for column in refused]
    lines += ["", "killed nothing:", *(f"  {column.id}" for column in matrix.idle)] if matrix.idle else []
    lines += [f"warning: {problem}" for problem in matrix.problems]
    lines += ["warning: the run was stopped before its end"] if matrix.ran.interrupted else []
    lines += ["", f"report: {report}"]
    return "\n".join(plain(line) for line in lines) + "\n"


def _counted(counts: dict[Word, int] | dict[Cell, int]) -> str:
    return ", ".join(f"{number} {word.value}" for word, number in counts.items())


def _why(row: Row) -> Iterator[str]:
    yield f"  why: {row.reason}"
    for judged in row.of(Cell.SURVIVED):
        yield f"  passed: {judged.played.scenario}"
