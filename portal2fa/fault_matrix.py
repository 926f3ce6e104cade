"""From what the scenarios came to on faulty portals to the kill matrix: pure values, no browser, no clock.

    failed, and expected to              killed
    failed, though not expected to       killed elsewhere
    passed, though expected to fail      survived
    passed, as nobody expected more      passed
    cantTell, or nothing that can count  broken
    not passed on the right portal       no judge

A fault is caught where at least one expected scenario failed on it and a customer can still sign in.  *Cannot tell* is
never a kill: whoever cannot get to the mistake has not seen it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from portal2fa.faults import Fault
from portal2fa.outcomes import ExitCode, Outcome


class Cell(StrEnum):
    """What a scenario says of a fault."""

    KILLED = "killed"
    ELSEWHERE = "killed elsewhere"
    SURVIVED = "survived"
    PASSED = "passed"
    BROKEN = "broken"
    NO_JUDGE = "no judge"


class Word(StrEnum):
    """What all of them together say of it."""

    CAUGHT = "caught"
    SURVIVED = "survived"
    BROKEN = "broken"
    NOT_RUN = "not run"
    NOT_YET = "not yet"
    EQUIVALENT = "equivalent"
    AGAINST_NOTHING = "against nothing"


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario on the portal that has one fault."""

    fault: str
    scenario: str
    outcome: Outcome
    reason: str = ""
    expected: str = ""
    seen: str = ""
    seconds: float = 0.0
    repeated: bool = False
    """It was run once more with the patience of a run, and that is what counts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell of the matrix."""

    played: Played
    expected: bool
    """Whether the fault names the scenario among those that have to fail."""
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A fault with its cells, in the order in which the scenarios are read."""

    fault: Fault
    word: Word
    reason: str
    """Why it is not caught; empty where it is."""
    cells: tuple[Judged, ...] = ()

    def of(self, *cells: Cell) -> tuple[Judged, ...]:
        """The cells of these kinds."""
        return tuple(judged for judged in self.cells if judged.cell in cells)


@dataclass(frozen=True, slots=True)
class Column:
    """A scenario: its name, and what it came to on the right portal."""

    id: str
    feature: str
    name: str
    clauses: tuple[str, ...] = ()
    refused: str = ""
    """Why it is no judge: what it came to on the right portal; empty for `passed`."""


@dataclass(frozen=True, slots=True)
class Ran:
    """The circumstances of a run; times are ISO 8601 in UTC."""

    tool_version: str
    suite_digest: str
    browser: str
    started: str
    finished: str
    command: str
    full: bool = False
    """Every scenario was run on every fault, not only those that are expected to fail."""
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Faults against scenarios."""

    ran: Ran
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    problems: tuple[str, ...] = field(default=())
    """What went wrong with the run itself."""

    def of(self, *words: Word) -> tuple[Row, ...]:
        """The faults with these words."""
        return tuple(row for row in self.rows if row.word in words)

    @property
    def not_caught(self) -> tuple[Row, ...]:
        """The faults to look at; of a run that was stopped, those that it did not come to are none."""
        return self.of(Word.BROKEN, Word.SURVIVED, *([] if self.ran.interrupted else [Word.NOT_RUN]))

    @property
    def words(self) -> dict[Word, int]:
        """How many faults there are of each word that occurs."""
        counted = Counter(row.word for row in self.rows)
        return {word: counted[word] for word in Word if counted[word]}

    @property
    def cells(self) -> dict[Cell, int]:
        """How many cells there are of each kind that occurs."""
        counted = Counter(judged.cell for row in self.rows for judged in row.cells)
        return {cell: counted[cell] for cell in Cell if counted[cell]}

    def killed_by(self, scenario: str) -> tuple[tuple[Row, Judged], ...]:
        """The faults on which a scenario failed."""
        kills = (Cell.KILLED, Cell.ELSEWHERE)
        return tuple(
            (row, judged) for row in self.rows for judged in row.of(*kills) if judged.played.scenario == scenario
        )

    @property
    def idle(self) -> tuple[Column, ...]:
        """The scenarios that ran and killed nothing."""
        played = {judged.played.scenario for row in self.rows for judged in row.cells}
        return tuple(column for column in self.columns if column.id in played and not self.killed_by(column.id))


def make(
    ran: Ran,
    faults: Sequence[Fault],
    columns: Sequence[Column],
    played: Iterable[Played],
    broken: Mapping[str, str],
    problems: Sequence[str] = (),
) -> Matrix:
    """The matrix of all that was played; `broken` says of faults why nothing that was seen on them can count."""
    found: dict[str, dict[str, Played]] = {}
    for one in played:
        found.setdefault(one.fault, {})[one.scenario] = one
    refused = {column.id: column.refused for column in columns}
    rows = tuple(_row(fault, found.get(fault.id, {}), refused, broken.get(fault.id, "")) for fault in faults)
    return Matrix(ran, rows, tuple(columns), tuple(problems))


def _row(fault: Fault, played: Mapping[str, Played], refused: Mapping[str, str], broken: str) -> Row:
    order = [scenario for scenario in refused if scenario in played]
    cells = tuple(_judged(fault, played[scenario], refused[scenario], broken) for scenario in order)
    return Row(fault, *_word(fault, cells, refused, broken), cells)


def _judged(fault: Fault, played: Played, refused: str, broken: str) -> Judged:
    expected = played.scenario in fault.scenarios
    if refused:
        cell = Cell.NO_JUDGE
    elif broken or played.outcome not in (Outcome.PASSED, Outcome.FAILED):
        cell = Cell.BROKEN
    elif played.outcome is Outcome.FAILED:
        cell = Cell.KILLED if expected else Cell.ELSEWHERE
    else:
        cell = Cell.SURVIVED if expected else Cell.PASSED
    return Judged(played, expected, cell)


def _word(fault: Fault, cells: Sequence[Judged], refused: Mapping[str, str], broken: str) -> tuple[Word, str]:
    if fault.not_observable:
        return Word.EQUIVALENT, fault.not_observable
    if fault.against_nothing:
        return Word.AGAINST_NOTHING, fault.against_nothing
    if broken:
        return Word.BROKEN, broken
    if fault.not_yet:
        return Word.NOT_YET, fault.not_yet
    return _word_of([judged for judged in cells if judged.expected], fault, refused)


def _word_of(expected: Sequence[Judged], fault: Fault, refused: Mapping[str, str]) -> tuple[Word, str]:
    if any(judged.cell is Cell.KILLED for judged in expected):
        return Word.CAUGHT, ""
    unclear = [judged for judged in expected if judged.cell is Cell.BROKEN]
    if unclear:
        return Word.BROKEN, f"{unclear[0].played.scenario}: {unclear[0].played.reason}"
    if any(judged.cell is Cell.SURVIVED for judged in expected):
        return Word.SURVIVED, "every scenario that should fail passed"
    why = [f"{scenario} is no judge: {refused[scenario]}" for scenario in fault.scenarios if refused.get(scenario)]
    return Word.NOT_RUN, why[0] if why else "none of the scenarios that should fail was run"


def exit_code(matrix: Matrix) -> ExitCode:
    """130 where the run was stopped, 0 where every fault that has to be caught is and none is broken, else 1."""
    if matrix.ran.interrupted:
        return ExitCode.INTERRUPTED
    good = (Word.CAUGHT, Word.NOT_YET, Word.EQUIVALENT, Word.AGAINST_NOTHING)
    return ExitCode.CONFORMANT if all(row.word in good for row in matrix.rows) else ExitCode.NOT_CONFORMANT


def sentence(matrix: Matrix) -> str:
    """What came of it, for people; what no scenario looks for yet is never left out."""
    unseen = matrix.words.get(Word.NOT_YET, 0)
    more = f"{unseen} more {'is' if unseen == 1 else 'are'} seen by no scenario yet."
    return " ".join([_caught(matrix), *([more] if unseen else [])])


def _caught(matrix: Matrix) -> str:
    words = matrix.words
    asked = sum(words.get(word, 0) for word in (Word.CAUGHT, Word.SURVIVED, Word.BROKEN, Word.NOT_RUN))
    caught = words.get(Word.CAUGHT, 0)
    if not asked:
        return "No fault that a scenario has to catch was chosen."
    if asked == 1:
        return "The fault is caught." if caught else "The fault is not caught."
    if caught == asked:
        return f"All {asked} faults that have to be caught are."
    return f"{caught} of {asked} faults {'is' if caught == 1 else 'are'} caught; {asked - caught} not."
