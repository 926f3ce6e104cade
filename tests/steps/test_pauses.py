"""Portals that want a pause after wrong codes, and the budget of wrong codes: a pause is no refusal."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.journal import unkept
from steps.tasks import answering, budget, codes, doubts, navigation, sending, signing_in, turning_off
from tests.steps.conftest import ROOT, SOON, MiniPortal, Visit

REFUSED = "That code is not right. Enter the code that your app shows now."
REFUSED_AT_SIGN_IN = "That code is not right."
WAIT = "Too many attempts. Please wait."
THROTTLED = {"throttled": [{"text": "Please wait", "exact": False}]}
FORM = (
    "<form method=post action=/code><label>Code from the app <input name=code></label>"
    "<button>Confirm</button><button>Verify</button></form>"
)
ON = "<h1>Two-factor authentication is on</h1>"
SIGN_IN = (
    "<h1>Sign in</h1><form method=post action=/password><label>Email address<input name=username></label>"
    "<label>Password<input name=password></label><button>Sign in</button></form>"
)
SIGNED_IN = "<header><details><summary>Ana Example</summary></details></header>"


class Pausing:
    """Takes the present code of Ana's app; after a wrong one it looks at nothing until `seconds` have passed."""

    def __init__(self, seconds: float, *, says: str = WAIT, right: str = ON, refused: str = REFUSED) -> None:
        self.form = FORM
        self.seconds, self.says, self.right, self.refused = seconds, says, right, refused
        self.open_from = 0.0
        self.looked_at: list[str] = []
        self.actor: Any = None

    def __call__(self, sent: dict[str, str]) -> str:
        """The page that answers a code."""
        now = self.actor.world.clock.at
        if now < self.open_from:
            return f"<p>{self.says}</p>{self.form}"
        self.looked_at.append(sent["code"])
        if sent["code"] == codes.app(self.actor).code(now):
            return self.right
        self.open_from = now + self.seconds
        return f"<p>{self.refused}</p>{FORM}"


def at_set_up(visit: Visit, pausing: Callable[[dict[str, str]], str], **changes: Any) -> tuple[Any, MiniPortal]:
    actor, portal = visit({"/set-up": FORM, "/code": pausing}, **changes)
    pausing.actor = actor  # type: ignore[attr-defined]
    actor.portal.go(f"{portal.url}/set-up")
    return actor, portal


def at_challenge(visit: Visit, pausing: Callable[[dict[str, str]], str], **changes: Any) -> tuple[Any, MiniPortal]:
    pages = {"/sign-in": SIGN_IN, "/password": FORM, "/code": pausing}
    actor, portal = visit(pages, **changes)
    pausing.actor = actor  # type: ignore[attr-defined]
    signing_in.from_fresh_browser(actor)
    return actor, portal


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


# --- the budget


@pytest.mark.parametrize("give", [answering.give, answering.give_wrong, lambda actor, _: answering.give_right(actor)])
def test_no_code_of_any_kind_goes_beyond_the_budget(visit: Visit, give: Callable[[Any, str], object]) -> None:
    pausing = Pausing(0, says=REFUSED)
    actor, portal = at_set_up(visit, pausing)
    pausing.open_from = 1e18
    told = ""
    for _ in range(9):
        try:
            give(actor, "000000")
        except CannotTell as error:
            told = error.what
    assert "code is given to ana@a.example, so that it is not locked" in told
    assert len(portal.forms) == (3 if give is answering.give_wrong else 4), "lock-outs begin at five"


def test_backup_codes_come_out_of_the_same_budget(visit: Visit) -> None:
    form = (
        "<form method=post action=/backup><label>Backup code<input name=code></label>"
        "<button>Sign in with backup code</button></form>"
    )
    refused = f"<p>That backup code is not right.</p>{form}"
    actor, portal = visit({"/challenge": form, "/backup": refused}, timing=SOON)
    actor.portal.go(f"{portal.url}/challenge")
    actor.world.refused[actor.account.username] = 2
    answering.give_wrong_backup_code(actor, "AAAA-BBBB")
    with pytest.raises(CannotTell, match="No further wrong code"):
        answering.give_wrong_backup_code(actor, "AAAA-BBBB")
    assert not answering.give_backup_code(actor, "AAAA-BBBB").accepted
    with pytest.raises(CannotTell, match="No further code"):
        answering.give_backup_code(actor, "AAAA-BBBB")
    assert len(portal.forms) == 2


def test_codes_are_given_where_the_budget_is_kept_only() -> None:
    """A walk that types a code elsewhere would go around it; turning off gives one right code, and no more."""
    found: list[str] = []
    for path in sorted([*(ROOT / "steps").rglob("*.py"), *(ROOT / "fixtures").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="walk"), keywords=given):
                    found += [path.name for keyword in given if keyword.arg in ("code", "backup_code")]
    assert found == ["answering.py", "answering.py", "sending.py", "turning_off.py"]


@pytest.mark.parametrize(("refused", "wrong"), [(3, True), (4, False)])
def test_codes_whose_answer_is_read_elsewhere_are_within_the_budget_too(
    visit: Visit, refused: int, wrong: bool
) -> None:
    actor, _ = visit({})
    actor.world.refused[actor.account.username] = refused
    with pytest.raises(CannotTell, match="No further"):
        sending.send(actor, "sign_in_time_based", "123456", wrong=wrong)


def test_what_is_no_yes_counts_as_a_refusal_until_one_comes(visit: Visit) -> None:
    form = "<form><label>Code from the app<input name=code></label><button>Verify</button></form>"
    actor, portal = visit({"/challenge": form})
    for notice in (None, "sign_in_form"):
        actor.portal.go(f"{portal.url}/challenge")
        sending.send(actor, "sign_in_time_based", "123456", wrong=True)
        assert not sending.answered(actor, notice, "signed_in")
    assert actor.world.refused[actor.account.username] == 2
    assert sending.answered(actor, "signed_in", "signed_in")
    assert actor.world.refused[actor.account.username] == 0


def test_turning_off_is_given_no_code_beyond_the_budget_either(visit: Visit) -> None:
    actor, _ = visit({})
    actor.world.refused[actor.account.username] = 4
    with pytest.raises(CannotTell, match="No further code"):
        answering.right_code(actor)


# --- a pause after what somebody else did wrong


def beside(actor: Any, what: str = "code") -> None:
    """Somebody else of the run gives a wrong code or password now, from the same address."""
    ben = "ben@a.example"
    other = SimpleNamespace(world=actor.world, account=SimpleNamespace(username=ben), page=unkept(ben))
    budget.count(other, what, accepted=False)  # type: ignore[arg-type]


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


# --- a silent pause after a wrong password


class Doorman:
    """Takes Ana's password; after a wrong one it refuses every password until `seconds` have passed."""

    def __init__(self, seconds: float, right: str, refused: str, field: str = "password") -> None:
        self.seconds, self.right, self.refused, self.field = seconds, right, refused, field
        self.open_from = 0.0
        self.actor: Any = None

    def __call__(self, sent: dict[str, str]) -> str:
        """The page that answers a password."""
        now = self.actor.world.clock.at
        if sent[self.field] == self.actor.account.password:
            return self.right if now >= self.open_from else self.refused
        self.open_from = now + self.seconds
        return self.refused


NOT_RIGHT = f"<p>The email address or password is not right.</p>{SIGN_IN}"


def at_the_door(visit: Visit, seconds: float) -> tuple[Any, MiniPortal, Doorman]:
    doorman = Doorman(seconds, SIGNED_IN, NOT_RIGHT)
    actor, portal = visit({"/sign-in": SIGN_IN, "/password": doorman})
    doorman.actor = actor
    return actor, portal, doorman


def test_a_right_password_refused_in_a_silent_pause_after_a_wrong_one_is_given_again(visit: Visit) -> None:
    actor, portal, _ = at_the_door(visit, 4)
    assert navigation.sign_in_with_password(actor, "not-hers") == "sign_in_refused"
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert len(portal.forms) == 3
    assert any("right password" in said for said in actor.world.recorder.findings.remarks)
    assert doubts.after_a_wrong_password("sign_in") in actor.world.recorder.findings.seen


def test_a_right_password_that_stays_refused_after_a_wrong_one_is_refused_and_rests_on_the_pause(visit: Visit) -> None:
    actor, portal, _ = at_the_door(visit, 1e9)
    navigation.sign_in_with_password(actor, "not-hers")
    assert navigation.sign_in_with_password(actor) == "sign_in_refused"
    assert len(portal.forms) == 3
    (entry,) = doubts.of_a_password(actor, "sign_in")
    assert "wrong_code.seconds" in entry
    assert entry not in actor.world.recorder.findings.seen


def test_a_right_password_refused_after_none_is_refused_at_once(visit: Visit) -> None:
    actor, portal, doorman = at_the_door(visit, 0)
    doorman.open_from = 1e18
    assert navigation.sign_in_with_password(actor) == "sign_in_refused"
    assert len(portal.forms) == 1
    assert doubts.of_a_password(actor, "sign_in") == ()


def test_a_right_password_refused_in_the_pause_after_one_of_another_account_is_given_again(visit: Visit) -> None:
    actor, portal, doorman = at_the_door(visit, 0)
    doorman.open_from = actor.world.clock.at + 4
    beside(actor, "password")
    assert navigation.sign_in_with_password(actor) == "signed_in"
    assert len(portal.forms) == 2


def test_no_right_password_is_given_again_beyond_the_budget(visit: Visit) -> None:
    actor, portal, doorman = at_the_door(visit, 0)
    doorman.open_from = 1e18
    actor.world.refused_passwords[actor.account.username] = budget.WRONG
    assert navigation.sign_in_with_password(actor) == "sign_in_refused"
    assert len(portal.forms) == 1


def test_a_right_password_for_turning_off_refused_in_a_silent_pause_is_given_again(visit: Visit) -> None:
    settings = (
        f"{SIGNED_IN}<form method=post action=/off><label>Password<input name=password></label>"
        "<button>Disable Two-Factor Authentication</button></form>"
    )
    off = f"{SIGNED_IN}<p>Two-factor authentication was turned off.</p>"
    doorman = Doorman(4, off, f"{settings}<p>That password is not right.</p>")
    actor, portal = visit({"/client": SIGNED_IN, "/client/security/two-factor": settings, "/off": doorman})
    doorman.actor = actor
    actor.portal.open("two_factor")
    assert not turning_off.turn_off(actor, password="not-hers")
    assert turning_off.turn_off(actor)
    assert len(portal.forms) == 3
    assert doubts.after_a_wrong_password("turn_off") in actor.world.recorder.findings.seen
