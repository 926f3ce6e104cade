"""Signing in: password, second factor, replay, and what a stranger may learn."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from reference_server.routes_sign_in import safe_next
from tests.reference_server.conftest import SETTINGS, app_code, wrong_for

if TYPE_CHECKING:
    from tests.reference_server.conftest import World

CHALLENGE = "/sign-in/challenge"


def test_password_alone_signs_in_without_a_second_factor(world: World) -> None:
    assert world.browser().sign_in(world.account()).path == "/client"


@pytest.mark.parametrize("two_factor", ["time_based", "email"])
def test_password_alone_does_not_sign_in_with_a_second_factor(world: World, two_factor: str) -> None:
    ana = world.browser().sign_in(world.account(two_factor))
    assert ana.path == CHALLENGE
    assert not ana.is_signed_in()
    for path in ("/client", "/client/security", SETTINGS, f"{SETTINGS}/choose", f"{SETTINGS}/enabled"):
        assert ana.get(path).url.path == CHALLENGE


def test_unknown_address_and_wrong_password_look_alike(world: World) -> None:
    account = world.account()
    known, unknown = world.browser(), world.browser()
    known.get("/sign-in")
    unknown.get("/sign-in")
    one = known.submit("/sign-in", email=account["username"], password="guessed")
    other = unknown.submit("/sign-in", email="nobody@customers.example", password="guessed")
    assert known.alert == "The email address or password is not right."
    assert one.status_code == other.status_code == 422
    without = [
        text.replace(b.token, "").replace(name, "")
        for text, b, name in (
            (known.text, known, account["username"]),
            (unknown.text, unknown, "nobody@customers.example"),
        )
    ]
    assert without[0] == without[1]


def test_address_is_accepted_in_capitals(world: World) -> None:
    account = world.account()
    assert world.browser().sign_in({**account, "username": f" {account['username'].upper()} "}).path == "/client"


@pytest.mark.parametrize(("away", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_app_may_be_one_step_off(world: World, away: int, accepted: bool) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    ana.give(app_code(account["secret"], world.clock.at + away))
    assert ana.is_signed_in() is accepted
    assert ana.alert == ("" if accepted else "That code is not right.")


@pytest.mark.parametrize("away", [0, -30])
def test_app_code_is_not_accepted_again_nor_an_older_one(world: World, away: int) -> None:
    account = world.account("time_based")
    world.browser().sign_in(account).give(app_code(account["secret"], world.clock.at))
    again = world.browser().sign_in(account)
    assert again.give(app_code(account["secret"], world.clock.at + away)).status_code == 422
    world.clock.at += 30
    again.give(app_code(account["secret"], world.clock.at))
    assert again.is_signed_in()


def test_code_that_confirmed_the_enrolment_does_not_sign_in(world: World) -> None:
    account = world.account()
    ana = world.signed_in(account).begin("time_based")
    key = ana.manual_key
    code = app_code(key, world.clock.at)
    ana.submit(f"{SETTINGS}/time-based", code=code)
    again = world.browser().sign_in(account)
    assert again.give(code).status_code == 422
    assert again.give(app_code(key, world.clock.at + 30)).url.path == "/client"


def test_same_app_code_from_ten_places_at_once_is_accepted_once(world: World) -> None:
    account = world.account("time_based")
    browsers = [world.browser().sign_in(account) for _ in range(10)]
    code = app_code(account["secret"], world.clock.at)

    async def together() -> list[int]:
        posts = [
            b.client.post(CHALLENGE, data={"csrf_token": b.token, "code": code}, follow_redirects=False)
            for b in browsers
        ]
        return [answer.status_code for answer in await asyncio.gather(*posts)]

    assert world.run(together()).count(303) == 1
    assert [browser.is_signed_in() for browser in browsers].count(True) == 1


@pytest.mark.parametrize("two_factor", ["time_based", "email"])
def test_same_code_sent_ten_times_by_one_browser_is_accepted_once(world: World, two_factor: str) -> None:
    account = world.account(two_factor)
    ana = world.browser().sign_in(account)
    code = app_code(account["secret"], world.clock.at) if account["secret"] else world.outbox.code()
    answers = ana.submit_together(CHALLENGE, 10, code=code)
    assert [answer.headers.get("location") for answer in answers].count("/client") == 1


def test_mailed_code_signs_in_once(world: World) -> None:
    account = world.account("email")
    ana = world.browser().sign_in(account)
    code = world.outbox.code()
    assert ana.give(code).url.path == "/client"
    again = world.browser().sign_in(account)
    if world.outbox.code() != code:  # one in a million
        assert again.give(code).status_code == 422
        assert again.alert == "That code is not right or has expired."
    assert again.give(world.outbox.code()).url.path == "/client"


@pytest.mark.parametrize(("age", "accepted"), [(599, True), (600, False), (601, False)])
def test_mailed_code_lives_for_less_than_ten_minutes(world: World, age: int, accepted: bool) -> None:
    account = world.account("email")
    world.set_clock(account, 1_900_000_000)
    ana = world.browser().sign_in(account)
    world.set_clock(account, 1_900_000_000 + age)
    ana.give(world.outbox.code())
    assert ana.is_signed_in() is accepted


def test_code_mailed_for_another_purpose_does_not_sign_in(world: World) -> None:
    account = world.account()
    setting_up = world.signed_in(account).begin("email")
    code = world.outbox.code()
    setting_up.submit(f"{SETTINGS}/email", code=code)
    again = world.browser().sign_in(account)
    if world.outbox.code() != code:  # one in a million
        assert again.give(code).status_code == 422
    assert again.give(world.outbox.code()).url.path == "/client"


def test_mail_that_cannot_be_sent_is_told_on_the_challenge(world: World) -> None:
    account = world.account("email")
    world.outbox.refusing = True
    ana = world.browser().sign_in(account)
    assert ana.alert == "We could not send the email. Nothing was changed; please try again later."
    world.outbox.refusing = False
    ana.submit(f"{CHALLENGE}/resend")
    assert ana.give(world.outbox.code()).url.path == "/client"


def test_cancelled_sign_in_needs_the_password_again(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    ana.get("/sign-in")
    assert ana.get(CHALLENGE).url.path == "/sign-in"


def test_sign_in_leads_on_to_the_page_that_was_asked_for(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser()
    assert str(ana.get("/client/invoices").url).endswith("/sign-in?next=/client/invoices")
    ana.sign_in(account, "/client/invoices")
    assert ana.give(app_code(account["secret"], world.clock.at)).url.path == "/client/invoices"


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/", "//evil.example/client", "/\\evil.example", "/client//evil", "/client/../x", "/sign-out",
     "/client\n", "javascript:alert(1)", "/client?x=//e", "client", " /client"],
)  # fmt: skip
def test_no_other_place_can_be_led_to(world: World, path: str) -> None:
    assert safe_next(path) == ""
    assert world.browser().sign_in(world.account(), path).path == "/client"


def test_wrong_passwords_for_an_address_are_limited(world: World) -> None:
    ana = world.browser()
    ana.get("/sign-in")
    answers = [ana.submit("/sign-in", email="a@b.example", password="x").status_code for _ in range(11)]
    assert answers == [422] * 9 + [429] * 2


def test_wrong_code_leaves_the_visitor_at_the_challenge(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    right = app_code(account["secret"], world.clock.at)
    ana.give(wrong_for(right))
    assert (ana.path, ana.alert) == (CHALLENGE, "That code is not right.")
    assert ana.give(right).url.path == "/client"
