"""The kept kill matrix: it has nothing that changes by itself, and every difference to it is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal2fa.cli.faults import _catalogue
from portal2fa.errors import UsageError
from portal2fa.fault_matrix import Column, Matrix, Played, Ran, make
from portal2fa.faults import Fault
from portal2fa.kept_matrix import NAME, differences, read, to_csv
from portal2fa.outcomes import Outcome
from portal2fa.profile_files import find_root

RAN = Ran("0", "sha", "Chromium 1", "2026-11-24T06:41:07+00:00", "2026-11-24T06:42:07+00:00", "portal2fa faults run")
TWICE = Fault("twice", "totp", "A code works twice", ("TOTP-7",), "", ("f: s",), ("f#s", "f#t"))
INSIDE = Fault("inside", "web", "It is inside", ("TOTP-7",), "", not_observable="nobody sees it")
COLUMNS = (Column("f#s", "f", "s"), Column("f#t", "f", "t"))
FAILED, PASSED = Outcome.FAILED, Outcome.PASSED


def matrix(
    *outcomes: Outcome, seconds: float = 1.0, ran: Ran = RAN, faults: tuple[Fault, ...] = (TWICE, INSIDE)
) -> Matrix:
    """What the scenarios came to on the fault that can be seen."""
    played = [
        Played(TWICE.id, scenario, outcome, seconds=seconds)
        for scenario, outcome in zip(TWICE.scenarios, outcomes, strict=False)
    ]
    return make(ran, faults, COLUMNS, played, {})


def kept(tmp_path: Path, of: Matrix) -> Path:
    """A file that keeps the matrix."""
    file = tmp_path / NAME
    file.write_text(to_csv(of), encoding="utf-8")
    return file


def test_it_has_each_fault_with_its_scenarios_and_no_times() -> None:
    assert to_csv(matrix(FAILED, PASSED)).splitlines() == [
        "fault,word,scenario,cell",
        "twice,caught,f#s,killed",
        "twice,caught,f#t,survived",
        "inside,equivalent,,",
    ]
    assert to_csv(matrix(FAILED, PASSED, seconds=2)) == to_csv(matrix(FAILED, PASSED))


def test_a_run_that_finds_the_same_does_not_differ(tmp_path: Path) -> None:
    before = read(kept(tmp_path, matrix(FAILED, FAILED)))
    assert differences(before, matrix(FAILED, FAILED, seconds=9), whole=True) == ()


def test_a_kill_that_is_no_more_is_told_from_both_sides(tmp_path: Path) -> None:
    before = read(kept(tmp_path, matrix(FAILED, FAILED)))
    assert differences(before, matrix(FAILED, PASSED), whole=True) == (
        "kept, and not found: twice (caught): f#t: killed",
        "found, and not kept: twice (caught): f#t: survived",
    )


def test_a_fault_that_is_gone_is_told_by_a_whole_run_alone(tmp_path: Path) -> None:
    before = read(kept(tmp_path, matrix(FAILED, FAILED)))
    now = matrix(FAILED, FAILED, faults=(TWICE,))
    assert differences(before, now, whole=False) == ()
    assert differences(before, now, whole=True) == ("kept, and not found: inside (equivalent)",)


def test_a_run_that_was_stopped_is_held_to_what_it_came_to(tmp_path: Path) -> None:
    before = read(kept(tmp_path, matrix(FAILED, FAILED)))
    assert differences(before, matrix(ran=replace(RAN, interrupted=True)), whole=True) == ()


STOPPED = replace(RAN, interrupted=True)


@pytest.mark.parametrize(("before", "now"), [((FAILED, FAILED), (FAILED,)), ((PASSED, FAILED), (PASSED,))])
def test_a_fault_half_of_whose_scenarios_were_played_is_held_to_that_half(
    tmp_path: Path, before: tuple[Outcome, ...], now: tuple[Outcome, ...]
) -> None:
    """Its word may be another one until the rest is played, as `survived` where the other scenario catches it."""
    lines = read(kept(tmp_path, matrix(*before)))
    assert differences(lines, matrix(*now, ran=STOPPED), whole=True) == ()
    assert differences(lines, matrix(*now), whole=True), "of a run that was not stopped all of it counts"


def test_what_was_played_before_the_stop_and_differs_is_told(tmp_path: Path) -> None:
    before = read(kept(tmp_path, matrix(FAILED, FAILED)))
    assert differences(before, matrix(PASSED, ran=STOPPED), whole=True) == (
        "kept, and not found: twice (caught): f#s: killed",
        "found, and not kept: twice (survived): f#s: survived",
    )
    assert differences(before, matrix(FAILED, PASSED, ran=STOPPED), whole=True) == (
        "kept, and not found: twice (caught): f#t: killed",
        "found, and not kept: twice (caught): f#t: survived",
    )


@pytest.mark.parametrize("text", ["", "fault,word\n", "fault,word,scenario,cell\ntwice\n"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"kill matrix|kept matrix"):
        read(file)


def test_no_file_is_told() -> None:
    with pytest.raises(UsageError, match="No such file"):
        read(Path("nowhere.csv"))


def test_the_matrix_beside_the_features_has_every_fault_and_scenario_of_the_catalogue_caught() -> None:
    """A whole run holds the cells to what happens; this holds the file to the catalogue."""
    lines = read(find_root() / "features" / NAME)
    _, faults = _catalogue()
    declared = {(fault.id, scenario) for fault in faults for scenario in fault.scenarios or ("",)}
    assert {(fault, scenario) for fault, _, scenario, _ in lines} == declared
    assert {cell for *_, cell in lines} == {"killed", ""}
