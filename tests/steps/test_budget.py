"""The budget of wrong codes and passwords: what is refused while turning off, and passwords anywhere, are in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fixtures.actor import Actor
from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.journal import Entry, Journal, Page
from steps.tasks import answering, arriving, backup, budget, navigation, signing_in, turning_off
from tests.steps.conftest import SOON, MiniPortal, Visit

HEAD = "<header><details><summary>Ana Example</summary></details></header>"
SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
SETTINGS = (
    f"{HEAD}<form method=post action=/off><label>Password<input name=password></label>"
    "<label>Code<input name=code></label><button>Disable Two-Factor Authentication</button></form>"
)
OFF = f"{HEAD}<p>Two-factor authentication was turned off.</p>"
NO = f"{SETTINGS}<p>That password is not right.</p>"
WAIT = f"{SETTINGS}<p>Too many attempts. Please wait.</p>"
THROTTLED: dict[str, Any] = {"throttled": {"text": "Please wait", "exact": False}}
WAY = {
    "password": [{"fill": "confirm_password", "with": "{password}"}, "disable"],
    "code": [{"fill": "off_code", "with": "{code}"}, "disable"],
    "both": [{"fill": "confirm_password", "with": "{password}"}, {"fill": "off_code", "with": "{code}"}, "disable"],
}
SIGN_IN_SAYS = {"right": HEAD, "wrong": f"<p>The email address or password is not right.</p>{SIGN_IN}"}


def at_settings(visit: Visit, way: str, answers: list[str], **more: Any) -> tuple[Actor, MiniPortal]:
    """Ana at her two-factor settings, which answer each wish to turn it off in turn, and the last one for ever."""
    left = list(answers)

    def answer(sent: dict[str, str]) -> str:
        return left.pop(0) if len(left) > 1 else left[0]

    pages: dict[str, Any] = {"/client": HEAD, "/client/security/two-factor": SETTINGS, "/off": answer}
    controls = {"off_code": {"label": "Code"}}
    actor, portal = visit(pages, controls=controls, paths={"turn_off": WAY[way]}, **more)
    actor.portal.open("two_factor")
    return actor, portal


def rows(actor: Actor) -> tuple[int, int]:
    """How many codes and passwords were refused in a row."""
    name = actor.account.username
    return actor.world.refused[name], actor.world.refused_passwords[name]


def test_a_code_after_which_nothing_is_turned_off_counts_as_refused(visit: Visit) -> None:
    actor, portal = at_settings(visit, "code", [f"{SETTINGS}<p>That code is not right.</p>"], timing=SOON)
    for number in range(1, 5):
        with pytest.raises(CannotTell, match="did not answer the wish"):
            turning_off.turn_off(actor)
        assert rows(actor) == (number, 0)
    with pytest.raises(CannotTell, match="No further code is given"):
        turning_off.turn_off(actor)
    assert len(portal.forms) == 4


def test_a_code_that_turns_it_off_ends_the_row(visit: Visit) -> None:
    actor, _ = at_settings(visit, "code", [OFF])
    actor.world.refused[actor.account.username] = 2
    assert turning_off.turn_off(actor)
    assert rows(actor) == (0, 0)


def test_where_the_password_is_refused_the_code_beside_it_is_not_blamed(visit: Visit) -> None:
    actor, _ = at_settings(visit, "both", [NO])
    assert not turning_off.turn_off(actor, password="not-hers")
    assert rows(actor) == (0, 1)


def test_wrong_passwords_for_turning_off_end_before_the_account_is_locked(visit: Visit) -> None:
    actor, portal = at_settings(visit, "password", [NO])
    for _ in range(budget.WRONG):
        assert not turning_off.turn_off(actor, password="not-hers")
    with pytest.raises(CannotTell, match="No further wrong password is given"):
        turning_off.turn_off(actor, password="not-hers")
    assert not turning_off.turn_off(actor)
    with pytest.raises(CannotTell, match="No further password is given"):
        turning_off.turn_off(actor)
    assert len(portal.forms) == budget.WRONG + 1


def test_the_right_password_ends_the_row_of_wrong_ones(visit: Visit) -> None:
    actor, _ = at_settings(visit, "password", [NO, OFF])
    assert not turning_off.turn_off(actor, password="not-hers")
    assert turning_off.turn_off(actor)
    assert rows(actor) == (0, 0)


def test_wrong_passwords_at_sign_in_come_out_of_the_same_budget(visit: Visit) -> None:
    actor, portal = visit({"/sign-in": SIGN_IN, "/password": SIGN_IN_SAYS["wrong"]})
    actor.world.refused_passwords[actor.account.username] = budget.WRONG - 1
    assert navigation.sign_in_with_password(actor, "not-hers") == "sign_in_refused"
    with pytest.raises(CannotTell, match="No further wrong password is given"):
        navigation.sign_in_with_password(actor, "not-hers")
    portal.pages["/password"] = SIGN_IN_SAYS["right"]
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert rows(actor) == (0, 0)


def test_a_right_password_ends_no_row_of_wrong_codes(visit: Visit) -> None:
    actor, _ = visit({"/sign-in": SIGN_IN, "/password": SIGN_IN_SAYS["right"]})
    actor.world.refused[actor.account.username] = 4
    navigation.sign_in_with_password(actor)
    with pytest.raises(CannotTell, match="No further code is given"):
        answering.right_code(actor)


def test_an_announced_pause_is_waited_out_while_turning_off(visit: Visit) -> None:
    actor, portal = at_settings(visit, "both", [WAIT, OFF], notices=THROTTLED, wrong_code={"seconds": 7.0})
    assert turning_off.turn_off(actor)
    assert 7.0 in actor.world.clock.moves  # type: ignore[attr-defined]
    assert len(portal.forms) == 2
    assert rows(actor) == (0, 0)


def test_a_pause_that_does_not_end_is_no_refusal_to_turn_it_off(visit: Visit) -> None:
    actor, portal = at_settings(visit, "both", [WAIT], notices=THROTTLED, wrong_code={"seconds": 7.0})
    with pytest.raises(CannotTell, match="turns nothing off for a while") as told:
        turning_off.turn_off(actor)
    assert "Please wait" in told.value.cause
    assert len(portal.forms) == 2
    assert rows(actor) == (0, 0), "nothing that was right is looked at in a pause"


# --- what has no answer that is known, and what an earlier run was refused

APP = (
    "<form method=post action=/code><label>Code from the app <input name=code></label>"
    "<button>Confirm</button><button>Verify</button></form>"
)


def at_set_up(visit: Visit, answer: str, **more: Any) -> tuple[Actor, MiniPortal]:
    """Ana where the portal asks for the first code of her app, and what it answers to each."""
    actor, portal = visit({"/set-up": APP, "/code": answer}, timing=SOON, **more)
    actor.portal.go(f"{portal.url}/set-up")
    return actor, portal


def test_a_code_whose_answer_is_not_known_counts_as_refused(visit: Visit) -> None:
    actor, portal = at_set_up(visit, f"<p>This notice is not in the profile.</p>{APP}")
    for number in range(1, budget.WRONG + 1):
        with pytest.raises(CannotTell, match="neither accepted nor refused"):
            answering.give_wrong(actor, "000000")
        assert rows(actor) == (number, 0)
    with pytest.raises(CannotTell, match="No further wrong code is given"):
        answering.give_wrong(actor, "000000")
    assert len(portal.forms) == budget.WRONG


def test_a_code_that_was_never_typed_does_not_count(visit: Visit) -> None:
    actor, _ = visit({"/set-up": "<p>No place for a code.</p>"}, timing=SOON)
    actor.portal.go(f"{actor.world.url}/set-up")
    with pytest.raises(CannotTell, match="does not show"):
        answering.give_wrong(actor, "000000")
    assert rows(actor) == (0, 0)


def test_a_button_that_cannot_be_pressed_sends_no_code(visit: Visit) -> None:
    actor, _ = visit({"/set-up": APP.replace("<button>", "<button disabled>")}, timing=SOON)
    actor.portal.go(f"{actor.world.url}/set-up")
    assert answering.give_wrong(actor, "000000").notice == "not offered"
    assert rows(actor) == (0, 0)


def test_a_code_on_the_way_off_counts_also_where_the_way_ends_before_an_answer(visit: Visit) -> None:
    way = {"turn_off": [{"fill": "off_code", "with": "{code}"}, "disable", "send_again"]}
    pages: dict[str, Any] = {"/client": HEAD, "/client/security/two-factor": SETTINGS, "/off": SETTINGS}
    actor, _ = visit(pages, controls={"off_code": {"label": "Code"}}, paths=way, timing=SOON)
    actor.portal.open("two_factor")
    with pytest.raises(CannotTell, match="does not show"):
        turning_off.turn_off(actor)
    assert rows(actor) == (1, 0)


def test_a_password_without_a_known_answer_counts_where_the_form_is_still_there(visit: Visit) -> None:
    actor, portal = visit({"/sign-in": SIGN_IN, "/password": f"<p>In other words: no.</p>{SIGN_IN}"}, timing=SOON)
    for number in range(1, 5):
        with pytest.raises(CannotTell, match="Nothing that the profile knows"):
            navigation.sign_in_with_password(actor)
        assert rows(actor) == (0, number)
    with pytest.raises(CannotTell, match="No further password is given"):
        navigation.sign_in_with_password(actor)
    assert len(portal.forms) == 4


def test_a_password_that_leads_on_does_not_count_though_its_answer_is_not_known(visit: Visit) -> None:
    actor, _ = visit({"/sign-in": SIGN_IN, "/password": "<p>Welcome.</p>"}, timing=SOON)
    with pytest.raises(CannotTell, match="Nothing that the profile knows"):
        navigation.sign_in_with_password(actor)
    assert rows(actor) == (0, 0)


def test_a_wrong_password_for_a_new_backup_code_counts(visit: Visit) -> None:
    page = (
        f"{HEAD}<form method=post action=/new><label>Password to confirm<input name=password></label>"
        "<button>Generate a new backup code</button></form>"
    )
    actor, _ = visit({"/client": HEAD, "/client/security/two-factor": page, "/new": page}, timing=SOON)
    actor.portal.open("client_area")
    backup.make_new(actor, "not-hers")
    assert rows(actor) == (0, 1)


@pytest.mark.parametrize(("locks_at", "wrong"), [(3, 1), (4, 2), (5, 3), (20, 3)])
def test_a_portal_that_locks_earlier_is_given_fewer_wrong_codes(visit: Visit, locks_at: int, wrong: int) -> None:
    refused = f"<p>That code is not right. Enter the code that your app shows now.</p>{APP}"
    actor, portal = at_set_up(visit, refused, wrong_code={"locks_at": locks_at})
    for _ in range(wrong):
        answering.give_wrong(actor, "000000")
    with pytest.raises(CannotTell, match="No further wrong code is given") as told:
        answering.give_wrong(actor, "000000")
    assert "wrong_code.locks_at" in told.value.cause
    answering.give(actor, "123456")
    with pytest.raises(CannotTell, match="No further code is given"):
        answering.give(actor, "123456")
    assert len(portal.forms) == wrong + 1


def kept(actor: Actor, folder: Path) -> Journal:
    """Let Ana's account be in a journal, as one of a pool is."""
    journal = Journal({"PORTAL2FA_STATE": str(folder)})
    actor.page = Page(journal, Entry("mini", "mini.toml", actor.world.url, actor.account.username))
    actor.page.begin("time_based")
    return journal


def test_an_account_that_is_put_back_later_has_the_budget_that_the_run_left(visit: Visit, tmp_path: Path) -> None:
    actor, _ = visit({})
    kept(actor, tmp_path)
    for _ in range(2):
        budget.count(actor, "code", accepted=False)
        budget.count(actor, "password", accepted=False)
    later, _ = visit({})
    later.page = Page(Journal({"PORTAL2FA_STATE": str(tmp_path)}), actor.page.entry)
    arriving.recall(later)
    assert rows(later) == (2, 2)


def test_what_was_refused_long_ago_is_not_counted(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, _ = visit({})
    kept(actor, tmp_path)
    for _ in range(4):
        budget.count(actor, "code", accepted=False)
    actor.world.refused.clear()
    monkeypatch.setattr(clock, "since", lambda when: 3600.0)
    arriving.recall(actor)
    assert rows(actor) == (0, 0)


def test_a_code_that_is_taken_ends_the_row_of_the_journal(visit: Visit, tmp_path: Path) -> None:
    actor, _ = visit({})
    journal = kept(actor, tmp_path)
    for accepted, known in ((False, 0), (False, 2), (False, 3), (True, 0)):
        budget.count(actor, "code", accepted=accepted)
        assert journal.entries()[0][0].refused_codes == known


@pytest.mark.parametrize(("refused", "given", "with_backup"), [(0, 3, True), (1, 2, True), (3, 0, True), (4, 0, False)])
def test_one_of_the_codes_that_may_be_refused_is_left_for_the_backup_code(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, refused: int, given: int, with_backup: bool
) -> None:
    actor, _ = visit({})
    actor.world.refused[actor.account.username] = refused
    actor.scanned, actor.backup_codes = [actor.authenticator.uri] if actor.authenticator else [], ["ABCD-EFGH"]
    done: list[str] = []

    def finish(person: Actor, *, insist: bool) -> bool:
        done.append("code")
        budget.count(person, "code", accepted=False)
        return False

    def backup_code(person: Actor) -> bool:
        budget.keep(person, "code", wrong=False)
        done.append("backup code")
        return True

    monkeypatch.setattr(signing_in, "finish", finish)
    monkeypatch.setattr(turning_off, "_with_backup_code", backup_code)
    if with_backup:
        turning_off._pass_challenge(actor, "time_based_asked")
    else:
        with pytest.raises(CannotTell, match="No further code is given"):
            turning_off._pass_challenge(actor, "time_based_asked")
    assert done == [*["code"] * given, *["backup code"] * with_backup]
