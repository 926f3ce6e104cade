"""The limit on wrong codes: shared by all codes of an account, and reset by nothing but time or a right code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reference_server.conftest import SETTINGS, app_code, wrong_for

if TYPE_CHECKING:
    from tests.reference_server.conftest import Browser, World

LOCKED = "Too many wrong codes. Try again in 15 minutes."


def wrong(world: World, browser: Browser, account: dict[str, str], times: int) -> list[int]:
    code = app_code(account["secret"], world.clock.at + 3600) if account["secret"] else "000000"
    if not account["secret"] and world.outbox.code() == code:
        code = wrong_for(code)
    return [browser.give(code).status_code for _ in range(times)]


@pytest.mark.parametrize("two_factor", ["time_based", "email"])
def test_fifth_wrong_code_closes_the_door_even_to_a_right_one(world: World, two_factor: str) -> None:
    account = world.account(two_factor)
    ana = world.browser().sign_in(account)
    assert wrong(world, ana, account, 5) == [422, 422, 422, 422, 429]
    assert ana.alert == LOCKED
    right = app_code(account["secret"], world.clock.at) if account["secret"] else world.outbox.code()
    assert ana.give(right).status_code == 429
    assert not ana.is_signed_in()


@pytest.mark.parametrize(("later", "accepted"), [(899, False), (900, True), (901, True)])
def test_door_opens_after_fifteen_minutes(world: World, later: int, accepted: bool) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    wrong(world, ana, account, 5)
    world.clock.at += later
    ana.give(app_code(account["secret"], world.clock.at))
    assert ana.is_signed_in() is accepted


def test_new_session_does_not_reset_the_count(world: World) -> None:
    account = world.account("time_based")
    wrong(world, world.browser().sign_in(account), account, 3)
    assert wrong(world, world.browser().sign_in(account), account, 2) == [422, 429]


def test_new_mail_does_not_reset_the_count(world: World) -> None:
    account = world.account("email")
    ana = world.browser().sign_in(account)
    wrong(world, ana, account, 4)
    ana.submit("/sign-in/challenge/resend")
    assert wrong(world, ana, account, 1) == [429]
    ana.submit("/sign-in/challenge/resend")
    assert ana.give(world.outbox.code()).status_code == 429


def test_backup_codes_count_together_with_the_others(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    wrong(world, ana, account, 4)
    ana.get("/sign-in/backup")
    assert ana.submit("/sign-in/backup", code="ABCD-EFGH-JKLM-NPQR").status_code == 429
    assert ana.submit("/sign-in/backup", code=account["backup_code"]).status_code == 429
    assert ana.alert == LOCKED


def test_right_code_resets_the_count(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    wrong(world, ana, account, 4)
    assert ana.give(app_code(account["secret"], world.clock.at)).url.path == "/client"
    assert wrong(world, world.browser().sign_in(account), account, 4) == [422] * 4


def test_wrong_codes_older_than_fifteen_minutes_do_not_count(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    wrong(world, ana, account, 4)
    world.clock.at += 900
    assert wrong(world, ana, account, 1) == [422]


def test_lock_of_one_account_is_not_felt_by_another(world: World) -> None:
    account, other = world.account("time_based"), world.account("time_based")
    wrong(world, world.browser().sign_in(account), account, 5)
    ben = world.browser().sign_in(other)
    assert ben.give(app_code(other["secret"], world.clock.at)).url.path == "/client"


def test_wrong_codes_while_setting_up_count_as_well(world: World) -> None:
    ana = world.signed_in().begin("email")
    code = wrong_for(world.outbox.code())
    answers = [ana.submit(f"{SETTINGS}/email", code=code).status_code for _ in range(5)]
    assert answers == [422] * 4 + [429]
    assert ana.submit(f"{SETTINGS}/email", code=world.outbox.code()).status_code == 429


def test_parallel_guesses_are_all_counted(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    code = app_code(account["secret"], world.clock.at + 3600)
    answers = [answer.status_code for answer in ana.submit_together("/sign-in/challenge", 20, code=code)]
    assert (answers.count(422), answers.count(429)) == (4, 16)
