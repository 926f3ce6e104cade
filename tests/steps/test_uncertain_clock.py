"""Portals whose dates contradict each other: nothing that depends on their time is judged; other portals are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

import pytest

from fixtures.actor import Actor, Answer
from fixtures.clock import Clock
from fixtures.clocks.choose import Surroundings, choose_clock, prepare_clock
from fixtures.clocks.skew import DateHeader, Skew
from portal2fa.clock import pause
from portal2fa.doctor import Word
from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from portal2fa.profile_clock import Clock as Settings
from steps import codes as code_steps
from steps.tasks import ageing, answering, codes
from steps.tasks.doctor import means
from steps.tasks.doctor.examiner import Examiner
from steps.tasks.doctor.ledger import Ledger
from tests.steps.conftest import MiniPortal, Visit

FORM = (
    "<form method=post action=/code><label>Code from the app <input name=code></label><button>Confirm</button></form>"
)
ON = "<h1>Two-factor authentication is on</h1>"
SOUND = Skew(0.2, 1.0)
"""The most that the header of a sound server leaves open."""
APART = Skew(45.0, 45.5, contradicted=True)
"""Two clocks, 90 s apart."""
NEAR = Skew(2.0, 5.0, contradicted=True)
"""Two clocks, 9 s apart."""


def measured(portal: MiniPortal, folder: Path, notes: list[str]) -> Clock:
    """The clock of kind `none` that a run makes of the portal's answers."""
    ready = prepare_clock(Settings(), scratch=folder, environment={}, values={"here": str(folder)})
    header = DateHeader(portal.url, pause=lambda seconds: None)
    try:
        return choose_clock(ready, None, header, Surroundings(pause, notes.append, notes.append))
    finally:
        header.close()


def timed(visit: Visit, skew: Skew | None, *, into: float = 1.0) -> Actor:
    """Ana in a set-up, so many seconds into a time step, on a clock that runs."""
    actor, portal = visit({"/set-up": FORM, "/code": ON})
    actor.world.clock.at += into - actor.world.clock.at % 30  # type: ignore[attr-defined]
    actor.world.clock.skew = skew
    actor.portal.go(f"{portal.url}/set-up")
    return actor


# --- time steps


def test_dates_that_jump_make_the_clock_uncertain_and_are_noted(visit: Visit, tmp_path: Path) -> None:
    notes = list[str]()
    _, portal = visit({"/": "Hello"})
    portal.jumps = cycle([0.0, 90.0])
    clock = measured(portal, tmp_path, notes)
    assert clock.skew is not None
    assert clock.skew.unclear > 44
    (note,) = notes
    assert "The portal's time is uncertain: the Date headers of its answers contradict each other" in note
    assert note.endswith("ahead of this machine's.")


def test_dates_that_do_not_jump_leave_it_as_it_is(visit: Visit, tmp_path: Path) -> None:
    notes = list[str]()
    _, portal = visit({"/": "Hello"})
    clock = measured(portal, tmp_path, notes)
    assert clock.skew is not None
    assert (clock.skew.unclear, clock.skew.apart) == (0.0, 0.0)
    assert not any("uncertain" in note for note in notes)


@pytest.mark.parametrize(
    "deed",
    [
        codes.fresh_code,
        codes.used_code,
        lambda actor: codes.code_at_distance(actor, -180),
        lambda actor: codes.wrong_code(actor, "a code that is not shown by the app"),
        answering.give_right,
    ],
)
def test_where_the_time_step_cannot_be_told_no_code_of_the_app_is_given(
    visit: Visit, tmp_path: Path, deed: Callable[[Actor], object]
) -> None:
    actor, portal = visit({"/set-up": FORM, "/code": ON})
    actor.portal.go(f"{portal.url}/set-up")
    portal.jumps = cycle([0.0, 90.0])
    actor.world.clock = measured(portal, tmp_path, [])
    actor.used_codes.append("123456")
    with pytest.raises(CannotTell, match="In which time step the portal is cannot be told") as told:
        deed(actor)
    assert "contradict each other" in told.value.cause
    assert "90 s ahead" in told.value.cause or "91 s ahead" in told.value.cause
    assert "NTP" in told.value.hint
    assert portal.forms == []


@pytest.mark.parametrize("into", [0.5, 1.0, 17.0, 18.5, 29.0])
def test_a_sound_clock_is_judged_as_one_that_tells_nothing(visit: Visit, into: float) -> None:
    moves = []
    for skew in (None, SOUND):
        actor = timed(visit, skew, into=into)
        assert answering.give_right(actor).accepted
        moves.append(actor.world.clock.moves)  # type: ignore[attr-defined]
    assert moves[0] == moves[1]


@pytest.mark.parametrize(("into", "waited"), [(1.0, [4.0]), (5.0, []), (12.9, []), (13.1, [22.4])])
def test_a_code_is_given_where_the_portal_is_in_its_step_for_certain(
    visit: Visit, into: float, waited: list[float]
) -> None:
    actor = timed(visit, NEAR, into=into)
    assert answering.give_right(actor).accepted
    assert actor.world.clock.moves == pytest.approx(waited)  # type: ignore[attr-defined]


def test_a_used_code_is_tried_again_only_while_its_step_lasts_for_certain(visit: Visit) -> None:
    actor = timed(visit, NEAR, into=6.0)
    answering.give_right(actor)
    assert codes.used_code(actor) == actor.used_codes[-1]
    codes.pass_time(actor, 20.0)
    with pytest.raises(CannotTell, match="ran out before"):
        codes.used_code(actor)


# --- ages


def aged(visit: Visit, youngest: float, oldest: float, *, under: bool, skew: Skew | None = None) -> Actor:
    """Ana after the answer to a code of that age, whose ten minutes were meant to be all but over, or just over."""
    actor = timed(visit, skew)
    actor.notes |= {"limit": 600.0, "under": under}
    actor.code_age = youngest, oldest
    return actor


CERTAIN = [(592.0, 599.4, True), (600.6, 602.0, False)]
NOT_CERTAIN = [(592.0, 599.6, True), (592.0, 601.0, True), (600.4, 602.0, False), (599.0, 601.0, False)]


@pytest.mark.parametrize("skew", [None, SOUND, Skew(0.0, 30.0)])
@pytest.mark.parametrize(("youngest", "oldest", "under"), CERTAIN)
def test_an_age_on_the_wanted_side_is_judged_however_far_a_single_clock_is_off(
    visit: Visit, youngest: float, oldest: float, under: bool, skew: Skew | None
) -> None:
    ageing.be_certain(aged(visit, youngest, oldest, under=under, skew=skew))


@pytest.mark.parametrize("skew", [None, SOUND])
@pytest.mark.parametrize(("youngest", "oldest", "under"), NOT_CERTAIN)
def test_an_age_too_near_its_limit_decides_nothing(
    visit: Visit, youngest: float, oldest: float, under: bool, skew: Skew | None
) -> None:
    with pytest.raises(CannotTell, match="too near its limit of 10 min for a verdict") as told:
        ageing.be_certain(aged(visit, youngest, oldest, under=under, skew=skew))
    assert told.value.cause == (
        f"it was between {ageing.span(youngest)} and {ageing.span(oldest)} old when the portal judged it"
    )
    assert "slow" in told.value.hint


def test_on_a_clock_that_is_held_the_band_is_nothing(visit: Visit) -> None:
    actor = aged(visit, 599.9, 599.9, under=True)
    with pytest.raises(CannotTell, match="too near"):
        ageing.be_certain(actor)
    actor.world.clock.exact = True
    ageing.be_certain(actor)
    actor.code_age = 600.0, 600.0
    with pytest.raises(CannotTell, match="too near"):
        ageing.be_certain(actor)


def test_without_a_limit_any_age_will_do(visit: Visit) -> None:
    actor = timed(visit, APART)
    actor.code_age = 599.0, 601.0
    ageing.be_certain(actor)


@pytest.mark.parametrize(
    ("youngest", "oldest", "under", "skew"),
    [
        (601.0, 602.0, False, APART),
        (690.0, 691.0, False, APART),
        (592.0, 593.0, True, APART),
        (601.0, 602.0, False, NEAR),
    ],
)
@pytest.mark.parametrize("accepted", [True, False])
def test_inside_the_band_of_clocks_that_contradict_each_other_nothing_is_judged(
    visit: Visit, youngest: float, oldest: float, under: bool, skew: Skew, accepted: bool
) -> None:
    actor = aged(visit, youngest, oldest, under=under, skew=skew)
    actor.answer = Answer(accepted, "", "")
    actor.world.actors = {"Ana": actor}
    judge = code_steps.accepts if under else code_steps.refuses
    with pytest.raises(CannotTell, match="too near its limit") as told:
        judge(SimpleNamespace(world=actor.world))
    assert "contradict each other" in told.value.cause
    assert "NTP" in told.value.hint


@pytest.mark.parametrize(("age", "under"), [(692.0, False), (508.0, True)])
def test_beyond_the_band_they_are_judged(visit: Visit, age: float, under: bool) -> None:
    actor = aged(visit, age, age, under=under, skew=APART)
    actor.answer = Answer(not under, "announced_on", "No.")
    actor.world.actors, actor.world.clock.really = {"Ana": actor}, True
    judge = code_steps.accepts if under else code_steps.refuses
    with pytest.raises(NotAsExpected) as told:
        judge(SimpleNamespace(world=actor.world))
    found = "a code of 9 min 59 s was refused" if under else "a code of 10 min 1 s was accepted"
    assert found in str(told.value), "the bounds hold for either clock"


# --- the doctor


@pytest.mark.parametrize(("ahead", "word"), [([0.0], Word.OK), ([0.0, 40.0], Word.PROBLEM)])
def test_the_doctor_tells_of_dates_that_contradict_each_other(visit: Visit, ahead: list[float], word: Word) -> None:
    actor, portal = visit({"/": "Hello"})
    portal.jumps = cycle(ahead)
    ledger = Ledger(lambda key: ("", 0), lambda check: None)
    means._skew(Examiner(actor.world, ledger, lambda: False, takes_pictures=False))
    (check,) = ledger.checks(str)
    assert (check.key, check.word) == ("clock skew", word)
    assert ("contradict each other" in check.cause) == (word is Word.PROBLEM)
