"""The kill matrix: which word a fault gets, what counts as a kill, and how the command ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal2fa.fault_matrix import Cell, Column, Matrix, Played, Ran, Word, exit_code, make, sentence
from portal2fa.faults import Fault
from portal2fa.outcomes import ExitCode, Outcome

RAN = Ran("0", "sha", "Chromium 1", "2026-11-24T06:41:07+00:00", "2026-11-24T06:42:07+00:00", "portal2fa faults run")
FAULT = Fault("twice", "totp", "A code works twice", ("TOTP-7",), "", ("f: s",), ("f#s", "f#t"))
COLUMNS = (Column("f#s", "f", "s"), Column("f#t", "f", "t"), Column("f#other", "f", "other"))
FAILED, PASSED, CANT_TELL = Outcome.FAILED, Outcome.PASSED, Outcome.CANT_TELL


def matrix(*played: tuple[str, Outcome], fault: Fault = FAULT, broken: str = "", refused: str = "") -> Matrix:
    """The matrix of one fault; `refused` names a scenario that does not pass on the right portal."""
    columns = [replace(column, refused="failed there") if column.id == refused else column for column in COLUMNS]
    cells = [Played(fault.id, scenario, outcome, reason="because") for scenario, outcome in played]
    return make(RAN, [fault], columns, cells, {fault.id: broken} if broken else {})


@pytest.mark.parametrize(
    ("scenario", "outcome", "cell"),
    [
        ("f#s", FAILED, Cell.KILLED),
        ("f#other", FAILED, Cell.ELSEWHERE),
        ("f#s", PASSED, Cell.SURVIVED),
        ("f#other", PASSED, Cell.PASSED),
        ("f#s", CANT_TELL, Cell.BROKEN),
        ("f#other", CANT_TELL, Cell.BROKEN),
        ("f#s", Outcome.UNTESTED, Cell.BROKEN),
        ("f#s", Outcome.INAPPLICABLE, Cell.BROKEN),
    ],
)
def test_each_outcome_has_its_cell(scenario: str, outcome: Outcome, cell: Cell) -> None:
    [row] = matrix((scenario, outcome)).rows
    assert [judged.cell for judged in row.cells] == [cell]


def test_a_scenario_that_does_not_pass_on_the_right_portal_is_no_judge() -> None:
    [row] = matrix(("f#s", FAILED), ("f#t", PASSED), refused="f#s").rows
    assert [judged.cell for judged in row.cells] == [Cell.NO_JUDGE, Cell.SURVIVED]
    assert row.word is Word.SURVIVED


def test_nothing_counts_on_a_portal_that_is_broken() -> None:
    [row] = matrix(("f#s", FAILED), ("f#t", PASSED), broken="nobody gets in").rows
    assert [judged.cell for judged in row.cells] == [Cell.BROKEN, Cell.BROKEN]
    assert (row.word, row.reason) == (Word.BROKEN, "nobody gets in")


@pytest.mark.parametrize(
    ("played", "word"),
    [
        ([("f#s", FAILED), ("f#t", PASSED)], Word.CAUGHT),
        ([("f#s", CANT_TELL), ("f#t", FAILED)], Word.CAUGHT),
        ([("f#s", PASSED), ("f#t", PASSED)], Word.SURVIVED),
        ([("f#s", PASSED), ("f#other", FAILED)], Word.SURVIVED),
        ([("f#s", PASSED), ("f#t", CANT_TELL)], Word.BROKEN),
        ([("f#other", FAILED)], Word.NOT_RUN),
        ([], Word.NOT_RUN),
    ],
)
def test_a_fault_is_caught_by_a_scenario_that_should_fail_and_by_no_other(
    played: list[tuple[str, Outcome]], word: Word
) -> None:
    [row] = matrix(*played).rows
    assert row.word is word
    assert bool(row.reason) == (word is not Word.CAUGHT)


def test_a_fault_whose_scenarios_are_no_judges_says_so() -> None:
    [row] = matrix(refused="f#s").rows
    assert (row.word, row.reason) == (Word.NOT_RUN, "f#s is no judge: failed there")


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (replace(FAULT, caught_by=(), scenarios=(), not_yet="it is inside"), Word.NOT_YET),
        (replace(FAULT, caught_by=(), scenarios=(), not_observable="it is inside"), Word.EQUIVALENT),
        (replace(FAULT, caught_by=(), scenarios=(), against_nothing="it is no mistake"), Word.AGAINST_NOTHING),
    ],
)
def test_a_fault_that_nobody_has_to_catch_keeps_its_reason(fault: Fault, word: Word) -> None:
    found = matrix(("f#other", FAILED), fault=fault)
    assert (found.rows[0].word, found.rows[0].reason) == (word, fault.excused or fault.not_yet)
    assert exit_code(found) is ExitCode.CONFORMANT


@pytest.mark.parametrize(
    ("played", "broken", "code"),
    [
        ([("f#s", FAILED)], "", ExitCode.CONFORMANT),
        ([("f#s", PASSED)], "", ExitCode.NOT_CONFORMANT),
        ([("f#s", CANT_TELL)], "", ExitCode.NOT_CONFORMANT),
        ([("f#s", FAILED)], "nobody gets in", ExitCode.NOT_CONFORMANT),
        ([], "", ExitCode.NOT_CONFORMANT),
    ],
)
def test_the_command_ends_well_only_where_every_fault_is_caught(
    played: list[tuple[str, Outcome]], broken: str, code: ExitCode
) -> None:
    assert exit_code(matrix(*played, broken=broken)) is code


def test_a_run_that_was_stopped_ends_as_one() -> None:
    found = matrix(("f#s", FAILED))
    assert exit_code(replace(found, ran=replace(RAN, interrupted=True))) is ExitCode.INTERRUPTED


def test_what_a_stopped_run_did_not_come_to_is_not_to_be_looked_at() -> None:
    found = matrix()
    assert [row.word for row in found.not_caught] == [Word.NOT_RUN]
    assert replace(found, ran=replace(RAN, interrupted=True)).not_caught == ()


def test_scenarios_that_ran_and_killed_nothing_are_idle() -> None:
    found = matrix(("f#s", FAILED), ("f#t", PASSED))
    assert [column.id for column in found.idle] == ["f#t"]
    assert [row.fault.id for row, _ in found.killed_by("f#s")] == ["twice"]


def test_cells_stand_in_the_order_in_which_scenarios_are_read() -> None:
    [row] = matrix(("f#other", PASSED), ("f#t", FAILED), ("f#s", FAILED)).rows
    assert [judged.played.scenario for judged in row.cells] == ["f#s", "f#t", "f#other"]


def test_the_sentence_counts_what_had_to_be_caught() -> None:
    caught, survived = matrix(("f#s", FAILED)), matrix(("f#s", PASSED))
    several = [row for found in (caught, survived, survived) for row in found.rows]
    assert sentence(caught) == "The fault is caught."
    assert sentence(survived) == "The fault is not caught."
    assert sentence(replace(caught, rows=tuple(several))) == "1 of 3 faults is caught; 2 not."
    assert sentence(replace(caught, rows=(*caught.rows, *caught.rows))) == "All 2 faults that have to be caught are."
    unseen = replace(caught.rows[0], word=Word.NOT_YET)
    assert sentence(replace(caught, rows=(*caught.rows, unseen))).endswith(
        "is caught. 1 more is seen by no scenario yet."
    )
    assert sentence(replace(caught, rows=())) == "No fault that a scenario has to catch was chosen."
