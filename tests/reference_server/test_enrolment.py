"""Switching two-factor authentication on: what is shown, what confirms it, and what leaves it off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.reference_server.conftest import SETTINGS, app_code, wrong_for

if TYPE_CHECKING:
    from tests.reference_server.conftest import Browser, World

APP = f"{SETTINGS}/time-based"
MAIL = f"{SETTINGS}/email"
OFF, ON = "Two-factor authentication is off", "Two-factor authentication is on"


def state(browser: Browser) -> str:
    return OFF if OFF in browser.get(SETTINGS).text else ON


def test_right_app_code_turns_it_on_and_shows_a_backup_code(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    ana.submit(APP, code=app_code(ana.manual_key, world.clock.at))
    assert ana.path == f"{SETTINGS}/enabled"
    assert re.fullmatch(r"([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}", ana.backup_code)
    assert state(ana) == ON
    assert "Method: Time Based Tokens" in ana.text


def test_wrong_app_code_leaves_it_off_and_the_secret_the_same(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    key, right = ana.manual_key, app_code(ana.manual_key, world.clock.at)
    assert ana.submit(APP, code=wrong_for(right)).status_code == 422
    assert ana.alert == "That code is not right. Enter the code that your app shows now."
    assert ana.manual_key == key
    assert ana.submit(APP, code=f" {right[:3]} {right[3:]} ").url.path == f"{SETTINGS}/enabled"


@pytest.mark.parametrize(("away", "on"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_app_may_be_one_step_off_while_confirming(world: World, away: int, on: bool) -> None:
    ana = world.signed_in().begin("time_based")
    ana.submit(APP, code=app_code(ana.manual_key, world.clock.at + away))
    assert (state(ana) == ON) is on


def test_secret_is_in_groups_of_four_and_in_no_address(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", ana.manual_key)
    assert ana.manual_key.replace(" ", "") not in ana.text
    assert ana.get(APP).text.count("data:image/svg+xml") == 1


def test_cancelling_forgets_the_secret(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    key, token = ana.manual_key, ana.token
    ana.get(SETTINGS)
    ana.submit(APP, csrf_token=token, code=app_code(key, world.clock.at))
    assert ana.path == f"{SETTINGS}/choose"
    assert state(ana) == OFF
    assert ana.begin("time_based").manual_key != key


def test_starting_again_offers_a_fresh_secret_and_ends_the_old_one(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    old = ana.manual_key
    ana.begin("time_based")
    assert ana.manual_key != old
    ana.submit(APP, code=app_code(old, world.clock.at))
    assert state(ana) == OFF


def test_reload_shows_the_same_secret(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    key = ana.manual_key
    ana.get(APP)
    assert ana.manual_key == key


def test_secret_that_was_not_confirmed_in_half_an_hour_is_gone(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    key = ana.manual_key
    world.clock.at += 1800
    ana.submit(APP, code=app_code(key, world.clock.at))
    assert state(ana) == OFF


def test_secret_of_one_session_is_not_confirmed_by_another(world: World) -> None:
    account = world.account()
    one, other = world.signed_in(account), world.signed_in(account)
    key = one.begin("time_based").manual_key
    other.get(f"{SETTINGS}/choose")
    other.submit(APP, code=app_code(key, world.clock.at))
    assert state(other) == OFF


def test_same_confirmation_sent_ten_times_at_once_succeeds_once(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    answers = ana.submit_together(APP, 10, code=app_code(ana.manual_key, world.clock.at))
    assert [answer.headers.get("location", "") for answer in answers].count(f"{SETTINGS}/enabled") == 1


def test_mailed_code_turns_it_on(world: World) -> None:
    ana = world.signed_in().begin("email")
    assert ana.path == MAIL
    ana.submit(MAIL, code=world.outbox.code())
    assert ana.path == f"{SETTINGS}/enabled"
    assert state(ana) == ON
    assert "Method: Email Two-Factor Authentication" in ana.text


@pytest.mark.parametrize(("age", "on"), [(0, True), (599, True), (600, False), (601, False), (-1, False)])
def test_mailed_code_is_accepted_for_less_than_ten_minutes(world: World, age: int, on: bool) -> None:
    account = world.account()
    sent = 1_900_000_000
    world.set_clock(account, sent)
    ana = world.signed_in(account).begin("email")
    world.set_clock(account, sent + age)
    ana.submit(MAIL, code=world.outbox.code())
    assert ana.alert == ("" if on else "That code is not right or has expired.")
    assert (state(ana) == ON) is on


def test_new_mailed_code_ends_the_one_before(world: World) -> None:
    ana = world.signed_in().begin("email")
    first = world.outbox.code()
    ana.submit(f"{MAIL}/resend")
    assert ana.status == "We sent a new code. The one before no longer works."
    if world.outbox.code() != first:  # one in a million
        assert ana.submit(MAIL, code=first).status_code == 422
    assert ana.submit(MAIL, code=world.outbox.code()).url.path == f"{SETTINGS}/enabled"


def test_mailed_code_works_only_in_the_session_that_asked(world: World) -> None:
    account = world.account()
    one, other = world.signed_in(account), world.signed_in(account)
    one.begin("email")
    code = world.outbox.code()
    other.begin("email")
    assert other.submit(MAIL, code=code).status_code == 422
    assert one.submit(MAIL, code=code).url.path == f"{SETTINGS}/enabled"


@pytest.mark.parametrize("one_account_only", [True, False])
def test_mail_that_cannot_be_sent_leaves_it_off(world: World, one_account_only: bool) -> None:
    account = world.account()
    ana = world.signed_in(account)
    world.outbox.refusing = not one_account_only
    world.control("/mail", username=account["username"], failing=one_account_only)
    ana.begin("email")
    assert ana.alert == "We could not send the email. Nothing was changed; please try again later."
    assert state(ana) == OFF
    world.outbox.refusing = False
    world.control("/mail", username=account["username"], failing=False)
    assert ana.begin("email").path == MAIL


def test_new_mailed_code_has_a_life_of_its_own(world: World) -> None:
    ana = world.signed_in().begin("email")
    world.clock.at += 500
    ana.submit(f"{MAIL}/resend")
    world.clock.at += 599
    assert ana.submit(MAIL, code=world.outbox.code()).url.path == f"{SETTINGS}/enabled"


@pytest.mark.parametrize("method", ["time_based", "email"])
def test_nothing_of_an_enrolment_is_left_when_it_is_cancelled_or_confirmed(world: World, method: str) -> None:
    async def left() -> list[tuple[int, ...]]:
        pending = (
            "SELECT (SELECT count(*) FROM sessions WHERE pending_method IS NOT NULL OR pending_sealed IS NOT NULL)"
        )
        rows = await world.app.state.portal.store.reader.execute_fetchall(
            f"{pending}, (SELECT count(*) FROM email_codes)"
        )
        return [tuple(row) for row in rows]

    ana = world.signed_in().begin(method)
    ana.get(SETTINGS)
    assert world.run(left()) == [(0, 0)]
    ana.begin(method)
    assert world.run(left()) != [(0, 0)]
    app = method == "time_based"
    ana.submit(APP if app else MAIL, code=app_code(ana.manual_key, world.clock.at) if app else world.outbox.code())
    assert world.run(left()) == [(0, 0)]


def test_code_before_stays_alive_when_the_new_one_cannot_be_sent(world: World) -> None:
    ana = world.signed_in().begin("email")
    world.outbox.refusing = True
    assert ana.submit(f"{MAIL}/resend").status_code == 503
    world.outbox.refusing = False
    assert ana.submit(MAIL, code=world.outbox.code()).url.path == f"{SETTINGS}/enabled"


def test_five_mails_in_ten_minutes_are_sent_and_no_sixth(world: World) -> None:
    ana = world.signed_in().begin("email")
    for _ in range(4):
        assert ana.submit(f"{MAIL}/resend").status_code == 200
    assert ana.submit(f"{MAIL}/resend").status_code == 429
    assert ana.alert == "Too many emails. Wait a few minutes."
    assert len(world.outbox.mails) == 5
    world.clock.at += 600
    assert ana.submit(f"{MAIL}/resend").status_code == 200


def test_turning_on_and_off_ends_the_other_sessions_but_not_this_one(world: World) -> None:
    account = world.account()
    ana, elsewhere = world.signed_in(account), world.signed_in(account)
    ana.begin("time_based")
    ana.submit(APP, code=app_code(ana.manual_key, world.clock.at))
    assert (ana.is_signed_in(), elsewhere.is_signed_in()) == (True, False)
    elsewhere = world.signed_in(account)
    ana.get(SETTINGS)
    ana.submit(f"{SETTINGS}/disable", password=account["password"])
    assert (ana.is_signed_in(), elsewhere.is_signed_in()) == (True, False)


def test_turning_off_asks_for_the_password(world: World) -> None:
    account = world.account("time_based")
    ana = world.signed_in(account)
    ana.get(SETTINGS)
    assert "Click Here to Enable" not in ana.text
    assert ana.submit(f"{SETTINGS}/disable", password="guessed").status_code == 422
    assert ana.alert == "That password is not right."
    assert state(ana) == ON
    ana.submit(f"{SETTINGS}/disable", password=account["password"])
    assert ana.status == "Two-factor authentication was turned off."
    assert OFF in ana.text
    assert "Disable Two-Factor Authentication" not in ana.text
    assert world.browser().sign_in(account).path == "/client"


def test_enabled_account_is_sent_away_from_enrolment(world: World) -> None:
    ana = world.signed_in(world.account("email"))
    for path in ("choose", "time-based", "email"):
        assert ana.get(f"{SETTINGS}/{path}").url.path == SETTINGS


def test_no_method_chosen_is_told(world: World) -> None:
    ana = world.signed_in()
    ana.get(f"{SETTINGS}/choose")
    assert ana.submit(f"{SETTINGS}/choose").status_code == 422
    assert ana.alert == "Choose a method first."
