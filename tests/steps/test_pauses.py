"""Portals that want a pause after wrong codes: a pause is no refusal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import answering, budget, doubts, navigation, signing_in
from tests.steps.conftest import Visit
from tests.steps.pausing import (
    FORM,
    REFUSED,
    REFUSED_AT_SIGN_IN,
    SIGN_IN,
    SIGNED_IN,
    THROTTLED,
    WAIT,
    Pausing,
    at_challenge,
    at_set_up,
    beside,
)

# --- a pause that is announced


def test_an_announced_pause_is_waited_out_and_the_right_code_given_again(visit: Visit) -> None:
    pausing = Pausing(40)
    actor, portal = at_set_up(visit, pausing, notices=THROTTLED, wrong_code={"seconds": 45.0})
    pausing.open_from = actor.world.clock.at + 40
    assert answering.give_right(actor).accepted
    assert 45.0 in actor.world.clock.moves
    assert len(portal.forms) == 2
    assert portal.forms[0] != portal.forms[1], "the code of the app has changed meanwhile"


def test_a_sign_in_that_is_ended_for_a_pause_is_begun_again(visit: Visit) -> None:
    pausing = Pausing(0, right=SIGNED_IN, refused=REFUSED_AT_SIGN_IN)
    pausing.form = "<a href=/>Home</a>"
    actor, portal = at_challenge(visit, pausing, notices=THROTTLED)
    pausing.open_from = actor.world.clock.at + 1e9
    before = portal.asked.count("/sign-in")

    def begins_anew(_: dict[str, str]) -> str:
        pausing.open_from = 0.0
        return FORM

    portal.pages["/password"] = begins_anew
    assert answering.give_right(actor).accepted
    assert portal.asked.count("/sign-in") == before + 1


def test_a_sign_in_that_outlasts_the_pause_goes_on(visit: Visit) -> None:
    pausing = Pausing(0, right=SIGNED_IN, refused=REFUSED_AT_SIGN_IN)
    actor, portal = at_challenge(visit, pausing, notices=THROTTLED)
    pausing.open_from = actor.world.clock.at + 4
    before = portal.asked.count("/sign-in")
    assert answering.give_right(actor).accepted
    assert portal.asked.count("/sign-in") == before


def test_a_portal_that_never_ends_its_pause_leaves_nothing_to_tell(visit: Visit) -> None:
    pausing = Pausing(1e9)
    actor, portal = at_set_up(visit, pausing, notices=THROTTLED, wrong_code={"seconds": 5.0})
    pausing.open_from = actor.world.clock.at + 1e9
    with pytest.raises(CannotTell, match="takes no code for a while") as told:
        answering.give_right(actor)
    assert WAIT in told.value.cause
    assert "wrong_code.seconds" in told.value.hint
    assert len(portal.forms) == 2
    assert pausing.looked_at == []


def test_a_pause_of_unknown_length_is_waited_for_a_few_seconds(visit: Visit) -> None:
    pausing = Pausing(0)
    actor, portal = at_set_up(visit, pausing, notices=THROTTLED)
    pausing.open_from = actor.world.clock.at + 4
    assert answering.give_right(actor).accepted
    assert len(portal.forms) == 2


def test_a_wrong_code_that_was_not_looked_at_was_not_refused(visit: Visit) -> None:
    pausing = Pausing(6)
    actor, portal = at_set_up(visit, pausing, notices=THROTTLED, wrong_code={"seconds": 7.0})
    pausing.open_from = actor.world.clock.at + 6
    answer = answering.give_wrong(actor, "000000")
    assert (answer.accepted, answer.notice) == (False, "time_based_refused")
    assert pausing.looked_at == ["000000"]
    assert len(portal.forms) == 2
    assert actor.world.refused[actor.account.username] == 2, "the portal may have counted both"


def test_a_wrong_code_refused_together_with_the_announcement_of_a_pause_was_refused(visit: Visit) -> None:
    pausing = Pausing(6, refused=f"{REFUSED}</p><p>{WAIT}")
    actor, portal = at_set_up(visit, pausing, notices=THROTTLED, wrong_code={"seconds": 7.0})
    assert answering.give_wrong(actor, "000000").notice == "time_based_refused"
    assert len(portal.forms) == 1
    assert answering.give_right(actor).accepted


def test_a_password_that_was_not_looked_at_was_not_refused(visit: Visit) -> None:
    answers = iter([f"<p>{WAIT}</p>{SIGN_IN}", SIGNED_IN])
    actor, portal = visit(
        {"/sign-in": SIGN_IN, "/password": lambda _: next(answers)}, notices=THROTTLED, wrong_code={"seconds": 7.0}
    )
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert 7.0 in actor.world.clock.moves  # type: ignore[attr-defined]
    portal.pages["/password"] = f"<p>{WAIT}</p>{SIGN_IN}"
    with pytest.raises(CannotTell, match="takes no sign-in for a while"):
        navigation.sign_in_with_password(actor)


# --- a pause that nobody tells of


@pytest.mark.parametrize("known", [True, False], ids=["in the profile", "not in the profile"])
def test_a_right_code_refused_in_a_silent_pause_is_no_refusal(visit: Visit, known: bool) -> None:
    pausing = Pausing(4, says=REFUSED)
    actor, portal = at_set_up(visit, pausing, wrong_code={"seconds": 4.5} if known else {})
    answering.give_wrong(actor, "000000")
    assert answering.give_right(actor).accepted
    assert len(portal.forms) == (2 if known else 3)
    assert any("wrong_code.seconds" in said for said in actor.world.recorder.findings.remarks) != known


def test_a_pause_that_is_longer_than_the_profile_says_is_told(visit: Visit) -> None:
    pausing = Pausing(4, says=REFUSED)
    actor, portal = at_set_up(visit, pausing, wrong_code={"seconds": 1.0})
    answering.give_wrong(actor, "000000")
    with pytest.raises(CannotTell, match="longer pause than the profile tells of") as told:
        answering.give_right(actor)
    assert "1 seconds of wrong_code.seconds" in told.value.cause
    assert len(portal.forms) == 3
    assert doubts.PAUSED not in actor.world.recorder.findings.seen


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_a_right_code_refused_after_a_wrong_one_rests_on_the_pause_that_the_profile_tells(
    visit: Visit, seconds: float
) -> None:
    actor, _ = at_set_up(visit, Pausing(1e9, says=REFUSED), wrong_code={"seconds": seconds})
    answering.give_wrong(actor, "000000")
    assert not answering.give_right(actor).accepted
    assert doubts.PAUSED in doubts.of_answer(actor)
    assert "wrong_code.seconds" in doubts.PAUSED


def test_a_right_code_taken_straight_after_a_wrong_one_proves_the_pause_that_the_profile_tells(visit: Visit) -> None:
    actor, _ = at_set_up(visit, Pausing(4, says=REFUSED), wrong_code={"seconds": 4.5})
    answering.give_wrong(actor, "000000")
    assert answering.give_right(actor).accepted
    assert doubts.PAUSED in actor.world.recorder.findings.seen


def test_a_right_code_refused_after_none_rests_on_no_pause(visit: Visit) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, _ = at_set_up(visit, pausing)
    pausing.open_from = actor.world.clock.at + 1e9
    assert not answering.give_right(actor).accepted
    assert doubts.PAUSED not in doubts.of_answer(actor)


def test_a_second_wrong_code_is_looked_at_as_well(visit: Visit) -> None:
    pausing = Pausing(4, says=REFUSED)
    actor, _ = at_set_up(visit, pausing, wrong_code={"seconds": 4.5})
    for code in ("000000", "000001"):
        assert not answering.give_wrong(actor, code).accepted
    assert pausing.looked_at == ["000000", "000001"]


def test_a_pause_lasts_into_the_next_sign_in(visit: Visit) -> None:
    pausing = Pausing(4, says=REFUSED_AT_SIGN_IN, right=SIGNED_IN, refused=REFUSED_AT_SIGN_IN)
    actor, _ = at_challenge(visit, pausing, wrong_code={"seconds": 4.5})
    answering.give_wrong(actor, "000000")
    signing_in.from_fresh_browser(actor)
    actor.answer = None
    assert signing_in.finish(actor)


def test_a_right_code_that_is_refused_again_after_the_pause_is_refused(visit: Visit) -> None:
    pausing = Pausing(1e9, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    answering.give_wrong(actor, "000000")
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 3


def test_a_right_code_that_is_refused_at_once_is_refused(visit: Visit) -> None:
    pausing = Pausing(0)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = actor.world.clock.at + 1e9
    pausing.says = REFUSED
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 1


def test_a_sign_in_that_ends_with_a_wrong_code_is_begun_again(visit: Visit) -> None:
    pausing = Pausing(0, right=SIGNED_IN, refused=REFUSED_AT_SIGN_IN)
    actor, portal = at_challenge(visit, pausing, wrong_code={"challenge": "ends"})
    answering.give_wrong(actor, "000000")
    before = portal.asked.count("/sign-in")
    assert signing_in.finish(actor)
    assert portal.asked.count("/sign-in") == before + 1


# --- a pause after what somebody else did wrong


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_a_right_code_refused_in_the_pause_after_a_code_of_another_account_is_given_again(
    visit: Visit, seconds: float
) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing, wrong_code={"seconds": seconds})
    pausing.open_from = actor.world.clock.at + 4
    beside(actor)
    assert answering.give_right(actor).accepted
    assert len(portal.forms) == 2
    (said,) = actor.world.recorder.findings.remarks
    assert "--lanes 1" in said
    assert doubts.PAUSED not in actor.world.recorder.findings.seen, "nothing was told of the account's own pause"


def test_a_right_code_that_stays_refused_after_one_of_another_account_rests_on_the_pause(visit: Visit) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18
    beside(actor)
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 2
    assert doubts.PAUSED in doubts.of_answer(actor)


def test_where_a_refused_code_ends_the_set_up_no_further_one_is_given_in_it(visit: Visit) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing, wrong_code={"set_up": "ends"})
    pausing.open_from = 1e18
    beside(actor)
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 1
    assert doubts.PAUSED in doubts.of_answer(actor)


def test_a_code_that_was_let_grow_old_is_given_once(visit: Visit) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18
    actor.notes["limit"] = 600.0
    beside(actor)
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 1


def test_a_right_code_refused_again_beside_a_wrong_one_leaves_nothing_to_tell(visit: Visit) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18

    def refuse(sent: dict[str, str]) -> str:
        beside(actor)
        return pausing(sent)

    portal.pages["/code"] = refuse
    with pytest.raises(CannotTell, match="so was what other accounts of this run gave") as told:
        answering.give_right(actor)
    assert "--lanes 1" in told.value.hint


def test_a_right_code_disturbed_once_is_tried_a_third_time(visit: Visit) -> None:
    pausing, disturbed = Pausing(0, says=REFUSED), [True, True]
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18

    def refuse(sent: dict[str, str]) -> str:
        if disturbed and disturbed.pop():
            beside(actor)
        return pausing(sent)

    portal.pages["/code"] = refuse
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 3


def test_what_another_account_was_refused_long_ago_is_no_reason(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18
    beside(actor)
    before = clock.moment()
    monkeypatch.setattr(clock, "moment", lambda: before + 60)
    assert not answering.give_right(actor).accepted
    assert len(portal.forms) == 1


def test_nobody_gives_a_wrong_code_while_a_right_one_waits_for_its_second_try(visit: Visit) -> None:
    actor, _ = visit({})
    kept: list[str] = []

    @contextlib.contextmanager
    def alone(what: str) -> Iterator[None]:
        kept.append(what)
        yield

    actor.world.alone = alone  # type: ignore[method-assign]
    with budget.undisturbed(actor, "code"):
        pass
    budget.keep(actor, "code", wrong=False)
    assert len(kept) == 1
    budget.keep(actor, "code", wrong=True)
    budget.keep(actor, "password", wrong=True)
    assert kept[0] == kept[1] != kept[2]
