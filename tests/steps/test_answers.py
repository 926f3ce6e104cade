"""Giving codes: the portal's answer to this code, not to the one before, and every code reaches the server."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fixtures.authenticator import Authenticator, KeyUri
from portal2fa.errors import CannotTell
from portal2fa.expectation import NotAsExpected
from steps import sign_in
from steps.tasks import answering, budget, codes, signing_in
from tests.steps.conftest import SECRET, SOON, Visit

REFUSED = "That code is not right. Enter the code that your app shows now."
FORM = (
    "<form method=post action=/code><label>Code from the app <input name=code {more}></label>"
    "<button>Confirm</button></form>"
)
ON = "<h1>Two-factor authentication is on</h1>"


def form(more: str = "") -> str:
    return FORM.format(more=more)


def in_page(on_answer: str) -> str:
    """A portal that asks its server in the background, and changes the page a little after the answer has come."""
    return (
        '<form onsubmit="return ask(this)"><label>Code from the app <input name=code></label>'
        "<button>Confirm</button></form><div id=note></div><script>"
        "function ask(form) { fetch('/check?code=' + form.code.value).then(r => r.text())"
        ".then(text => setTimeout(() => {"
        f" const right = text.includes('yes'); const note = document.getElementById('note'); {on_answer}"
        " }, 150)); return false; }</script>"
    )


def check(right: str) -> dict[str, object]:
    return {"/check": lambda sent: "yes" if sent.get("code") == right else "no"}


SWAPS = f"note.innerHTML = right ? '{ON}' : '<p>{REFUSED}</p>';"
KEEPS = (
    f"if (right) note.insertAdjacentHTML('beforeend', '{ON}');"
    f" else if (!note.innerText) note.innerHTML = '<p>{REFUSED}</p>';"
)


def test_a_refusal_that_still_stands_is_not_taken_for_the_next_answer(visit: Visit) -> None:
    actor, _ = visit({"/set-up": in_page(SWAPS), **check("123456")})
    actor.portal.go(f"{actor.portal.url}/set-up")
    assert not answering.give(actor, "000000").accepted
    assert answering.give(actor, "123456").accepted
    assert actor.used_codes == ["123456"]


def test_a_second_refusal_is_the_answer_to_the_second_code(visit: Visit) -> None:
    actor, portal = visit({"/set-up": in_page(SWAPS), **check("123456")})
    actor.portal.go(f"{actor.portal.url}/set-up")
    answers = [answering.give(actor, code) for code in ("000000", "000001")]
    assert [answer.accepted for answer in answers] == [False, False]
    assert portal.asked.count("/check") == 2
    assert answers[1].text == REFUSED


def test_a_refusal_that_never_goes_away_leaves_nothing_to_tell(visit: Visit) -> None:
    actor, _ = visit({"/set-up": in_page(KEEPS), **check("123456")}, timing={"answer": 2})
    actor.portal.go(f"{actor.portal.url}/set-up")
    assert not answering.give(actor, "000000").accepted
    with pytest.raises(CannotTell, match="earlier code stayed on the page") as told:
        answering.give(actor, "123456")
    assert "notices.time_based_refused" in told.value.cause


def test_a_portal_that_answers_with_nothing_known_leaves_nothing_to_tell(visit: Visit) -> None:
    actor, _ = visit({"/set-up": form(), "/code": "<p>Thank you for your code.</p>"}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/set-up")
    with pytest.raises(CannotTell, match="neither accepted nor refused") as told:
        answering.give(actor, "123456")
    assert told.value.cause.startswith("neither notices.announced_on nor ")
    assert all(f"notices.{name}" in told.value.cause for name in ("throttled", "time_based_refused"))


def test_a_refusal_that_is_in_sight_before_the_first_code_refuses_nothing(visit: Visit) -> None:
    actor, _ = visit({"/set-up": f"{form()}<p>{REFUSED}</p>", "/code": f"{form()}<p>{REFUSED}</p>"}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/set-up")
    with pytest.raises(CannotTell, match="in sight before a code was given") as told:
        answering.give(actor, "000000")
    assert "notices.time_based_refused" in told.value.cause


@pytest.mark.parametrize("comes_anew", [True, False])
def test_one_of_several_refusals_may_be_there_before_and_is_told_by_coming_anew(visit: Visit, comes_anew: bool) -> None:
    demand = "Enter a code to continue."
    notices = {"time_based_refused": [{"text": demand}, {"text": REFUSED}]}
    again = f"setTimeout(() => note.innerHTML = '<p>{demand}</p>', 150)" if comes_anew else ""
    swaps = f"note.innerHTML = ''; {again};"
    page = in_page(swaps).replace("<div id=note>", f"<div id=note><p>{demand}</p>")
    actor, _ = visit({"/set-up": page, **check("123456")}, notices=notices, timing={"answer": 2})
    actor.portal.go(f"{actor.portal.url}/set-up")
    if comes_anew:
        assert not answering.give(actor, "").accepted
    else:
        with pytest.raises(CannotTell, match="neither accepted nor refused"):
            answering.give(actor, "")


def test_a_portal_that_asks_for_the_password_again_has_not_judged_the_code(visit: Visit) -> None:
    sign_in = "<form><label>Password <input type=password></label><button>Sign in</button></form>"
    actor, _ = visit(
        {"/set-up": form(), "/code": sign_in}, notices={"sign_in_form": {"label": "Password"}}, timing=SOON
    )
    actor.portal.go(f"{actor.portal.url}/set-up")
    with pytest.raises(CannotTell, match="asked to sign in again"):
        answering.give(actor, "123456")


# A browser stops these before a portal sees them; the specification wants the portal's own answer.
@pytest.mark.parametrize(
    "attributes",
    ["required", "type=number", "maxlength=6 minlength=6", "pattern=[0-9]{6}", "type=number required min=1 max=999999"],
)
def test_no_check_of_the_page_keeps_a_code_from_the_server(visit: Visit, attributes: str) -> None:
    actor, portal = visit({"/set-up": form(attributes), "/code": f"<p>{REFUSED}</p>{form(attributes)}"})
    actor.portal.go(f"{actor.portal.url}/set-up")
    wrong = ["", "abcdef", "1234567"]
    assert [answering.give(actor, code).accepted for code in wrong] == [False] * 3
    assert portal.forms == [{"code": code} for code in wrong]


def test_the_portals_answer_is_kept_as_evidence(visit: Visit) -> None:
    actor, _ = visit({"/set-up": form(), "/code": ON})
    actor.portal.go(f"{actor.portal.url}/set-up")
    answering.give(actor, "123456")
    assert [item.text for item in actor.world.recorder.collect().evidence] == ["Two-factor authentication is on"]


def test_a_backup_code_beside_the_notice_is_kept_in_no_evidence_though_nobody_read_it(visit: Visit) -> None:
    on = "<section id=on>It is on. Your backup code: <b>QQQQ-WWWW-EEEE-RRRR</b></section>"
    actor, _ = visit({"/set-up": form(), "/code": on}, notices={"announced_on": {"css": "#on"}})
    actor.portal.go(f"{actor.portal.url}/set-up")
    assert answering.give(actor, "123456").accepted
    assert [item.text for item in actor.world.recorder.collect().evidence] == ["It is on. Your backup code: ••••"]


def test_an_account_is_given_no_code_that_might_lock_it(visit: Visit) -> None:
    actor, portal = visit({"/set-up": form(), "/code": f"<p>{REFUSED}</p>{form()}"})
    actor.portal.go(f"{actor.portal.url}/set-up")
    for _ in range(budget.WRONG):
        answering.give_wrong(actor, "000000")
    with pytest.raises(CannotTell, match="No further wrong code is given"):
        answering.give_wrong(actor, "000000")
    assert len(portal.forms) == budget.WRONG


def test_an_accepted_code_ends_a_row_of_refused_ones(visit: Visit) -> None:
    right = {"/code": lambda sent: ON if sent["code"] == "123456" else f"<p>{REFUSED}</p>{form()}"}
    actor, portal = visit({"/set-up": form(), **right})
    for code in ("000000", "000000", "123456", "000000", "000000", "123456"):
        if not portal.forms or portal.forms[-1] == {"code": "123456"}:
            actor.portal.go(f"{actor.portal.url}/set-up")
        answering.give(actor, code)
    assert len(portal.forms) == 6


# --- codes of the app


def test_a_code_that_was_taken_is_never_the_next_fresh_code(visit: Visit) -> None:
    actor, _ = visit({})
    taken = []
    for _ in range(4):
        taken.append(codes.fresh_code(actor))
        codes.note_used(actor, taken[-1])
    assert len(set(taken)) == 4
    assert actor.used_codes == taken


@pytest.mark.parametrize(("period", "at", "waits"), [(30, 0.5, 0.0), (30, 20.0, 10.5), (10, 0.5, 0.0), (10, 6.0, 4.5)])
def test_half_of_a_short_step_is_enough_for_giving_its_code(period: int, at: float, waits: float) -> None:
    phone = Authenticator(KeyUri(SECRET, "", "", "SHA1", 6, period))
    assert codes._until_fresh(phone, at, -1, 0.0) == waits


def test_no_code_is_given_in_the_last_moments_of_its_step(visit: Visit) -> None:
    actor, _ = visit({})
    codes.pass_time(actor, 28.5)
    before = codes.app(actor).code(actor.now())
    assert codes.fresh_code(actor) != before
    assert 0 <= actor.now() % 30 < 2


@pytest.mark.parametrize("distance", [-180, 180])
def test_a_code_at_a_distance_is_given_early_in_a_step_and_keeps_its_distance(visit: Visit, distance: int) -> None:
    actor, _ = visit({})
    codes.pass_time(actor, 28.5 - actor.now() % 30)
    given = codes.code_at_distance(actor, distance)
    assert 0 <= actor.now() % 30 < 2
    assert given == codes.app(actor).code(actor.now() + distance)


@pytest.mark.parametrize(
    "what",
    [
        "a code that is not shown by the app",
        "a code of another secret",
        "an empty code",
        "a code of letters",
        "a code that is one digit short",
        "a code that is one digit long",
    ],
)
def test_a_wrong_code_is_shown_by_the_app_at_no_time_near(visit: Visit, what: str) -> None:
    actor, _ = visit({})
    phone = codes.app(actor)
    near = {phone.code(actor.now() + 30 * shift) for shift in range(-10, 11)}
    assert codes.wrong_code(actor, what) not in near


def test_after_a_refusal_the_pause_of_the_portal_is_waited_out(visit: Visit) -> None:
    actor, portal = visit({"/set-up": form(), "/code": f"<p>{REFUSED}</p>{form()}"}, wrong_code={"seconds": 7.0})
    actor.portal.go(f"{actor.portal.url}/set-up")
    answering.give(actor, answering.right_code(actor))
    assert 7.0 not in actor.world.clock.moves  # type: ignore[attr-defined]
    answering.right_code(actor)
    assert 7.0 in actor.world.clock.moves  # type: ignore[attr-defined]
    assert len(portal.forms) == 1


# --- what opens


@pytest.mark.parametrize(
    ("pages", "opened"),
    [
        ({"/client": "Hello Ana Example", "/client/invoices": "Ana Example"}, ["/client", "/client/invoices"]),
        ({"/client": "<p>Balance: 12.50, with no name on it</p>"}, ["/client"]),
        ({"/client": "<h1>Sign in</h1>"}, []),
        ({"/client": "<label>Code from the app <input></label>"}, []),
        ({"/client": "<script>document.body.append('Ana Example')</script>"}, ["/client"]),
        ({"/client": (403, "Ana Example")}, []),
        ({"/client": (303, "/elsewhere"), "/elsewhere": "Ana Example"}, []),
        ({}, []),
    ],
)
def test_a_place_is_open_when_it_answers_itself_and_asks_for_nothing(
    visit: Visit, pages: dict[str, object], opened: list[str]
) -> None:
    actor, _ = visit(pages, timing={"answer": 1.0})
    assert signing_in.reachable(actor) == opened


@pytest.mark.parametrize("page", ["<p>Analytics</p><h1>Sign in</h1>", "<p>Welcome</p><h1>Sign in</h1>"])
@pytest.mark.parametrize("name", ["Ana", ""])
def test_a_sign_in_that_answers_with_200_is_not_open_for_a_short_name_or_none(
    visit: Visit, page: str, name: str
) -> None:
    actor, _ = visit({"/client": page}, timing={"answer": 1.0})
    actor.account = actor.account.model_copy(update={"name": name})
    assert signing_in.reachable(actor) == []


@pytest.mark.parametrize("asks", ["<h1>Sign in</h1>", "<label>Code from the app <input></label>"])
def test_a_request_for_a_code_that_greets_by_name_is_blamed_on_nobody(visit: Visit, asks: str) -> None:
    actor, _ = visit({"/client": f"<p>Hello Ana Example</p>{asks}"}, timing={"answer": 1.0})
    with pytest.raises(CannotTell, match="/client bears the customer's name and asks for something first") as told:
        signing_in.reachable(actor)
    assert "places.protected" in told.value.hint


def test_where_a_place_is_expected_to_open_the_name_on_it_is_enough(visit: Visit) -> None:
    actor, portal = visit({"/client": "Hello Ana Example"}, timing={"answer": 1.0})
    assert signing_in.reachable(actor, expected=True) == ["/client"]
    assert portal.asked.count("/client") == 1


def test_what_opens_is_blamed_only_where_a_request_to_sign_in_is_known_by_its_notice(visit: Visit) -> None:
    actor, _ = visit({"/client": "<p>Balance: 12.50</p>"}, timing={"answer": 1.0})
    actor.world.actors = {"Ana": actor}
    with pytest.raises(NotAsExpected) as told:
        sign_in.not_signed_in(SimpleNamespace(world=actor.world), "Ana")
    assert told.value.missing == ("notices.sign_in_form", "notices.time_based_asked")
