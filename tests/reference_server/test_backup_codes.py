"""The backup code: shown once, used once, replaced, and never mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reference_server import backup_codes
from tests.reference_server.conftest import SETTINGS, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import Browser, World

BACKUP = "/sign-in/backup"
DOWNLOAD = f"{SETTINGS}/backup-code/download"


def enabled(world: World) -> tuple[Browser, dict[str, str]]:
    """A browser that has just turned it on and sees the backup code."""
    account = world.account()
    ana = world.signed_in(account).begin("time_based")
    ana.submit(f"{SETTINGS}/time-based", code=app_code(ana.manual_key, world.clock.at))
    return ana, account


def use(world: World, account: dict[str, str], code: str) -> Browser:
    ana = world.browser().sign_in(account)
    ana.get(BACKUP)
    ana.submit(BACKUP, code=code)
    return ana


@pytest.mark.parametrize("two_factor", ["time_based", "email"])
def test_backup_code_signs_in_and_is_replaced(world: World, two_factor: str) -> None:
    account = world.account(two_factor)
    ana = use(world, account, account["backup_code"])
    assert "Your backup code was used" in ana.text
    new = ana.backup_code
    assert new != account["backup_code"]
    assert ana.is_signed_in()
    again = use(world, account, account["backup_code"])
    assert again.alert == "That backup code is not right."
    assert not again.is_signed_in()
    assert use(world, account, new).is_signed_in()


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaced", "joined"])
def test_way_of_typing_does_not_matter(world: World, typed: str) -> None:
    account = world.account("time_based")
    code = account["backup_code"]
    ways = {"lower": code.lower(), "spaced": code.replace("-", " "), "joined": code.replace("-", "")}
    assert use(world, account, ways.get(typed, typed.format(code))).is_signed_in()


@pytest.mark.parametrize("between", [" ", "-", "\t", "\r\n", "\u00a0", "\u2010", "\u2011", "\u2013"])
def test_whatever_mail_and_word_processors_put_between_groups_does_not_matter(between: str) -> None:
    assert backup_codes.normalise(between.join(["ABCD", "EFGH", ""])) == "ABCDEFGH"


def test_same_backup_code_from_ten_places_at_once_is_accepted_once(world: World) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    answers = ana.submit_together(BACKUP, 10, code=account["backup_code"])
    there = f"{SETTINGS}/new-backup-code"
    assert [answer.headers.get("location") for answer in answers].count(there) == 1


def test_backup_code_is_shown_once(world: World) -> None:
    ana, _ = enabled(world)
    assert ana.backup_code
    assert ana.get(f"{SETTINGS}/enabled").url.path == SETTINGS
    assert ana.backup_code == ""


def test_backup_code_is_shown_on_its_own_page_only(world: World) -> None:
    account = world.account("time_based")
    ana = world.signed_in(account)
    ana.get(SETTINGS)
    form = {"csrf_token": ana.token, "password": account["password"]}
    world.run(ana.client.post(f"{SETTINGS}/backup-code", data=form, follow_redirects=False))
    assert ana.get(f"{SETTINGS}/enabled").url.path == SETTINGS


def test_backup_code_shown_at_enrolment_signs_in(world: World) -> None:
    ana, account = enabled(world)
    assert use(world, account, ana.backup_code).is_signed_in()


def test_download_holds_the_code_and_is_not_kept_by_the_browser(world: World) -> None:
    ana, _ = enabled(world)
    code, ticket = ana.backup_code, ana.text.split('name="ticket" value="')[1].split('"')[0]
    file = ana.submit(DOWNLOAD, ticket=ticket)
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["cache-control"] == "no-store"
    assert f"\n{code}\n" in file.text


@pytest.mark.parametrize("end", ["other ticket", "no ticket", "left", "ten minutes", "before", "shown again"])
def test_download_ends_with_its_page(world: World, end: str) -> None:
    ana, _ = enabled(world)
    ticket, token = ana.text.split('name="ticket" value="')[1].split('"')[0], ana.token
    if end == "left":
        ana.get(SETTINGS)
    if end == "shown again":
        ana.get(f"{SETTINGS}/enabled")
    world.clock.at += {"ten minutes": 600, "before": -1}.get(end, 0)
    given = {"other ticket": "x", "no ticket": ""}.get(end, ticket)
    assert ana.submit(DOWNLOAD, csrf_token=token, ticket=given).status_code == 410


def test_new_code_needs_the_password_and_ends_the_old_one(world: World) -> None:
    account = world.account("time_based")
    ana = world.signed_in(account)
    ana.get(SETTINGS)
    assert ana.submit(f"{SETTINGS}/backup-code", password="guessed").status_code == 422
    assert ana.alert == "That password is not right."
    ana.submit(f"{SETTINGS}/backup-code", password=account["password"])
    new = ana.backup_code
    assert not use(world, account, account["backup_code"]).is_signed_in()
    assert use(world, account, new).is_signed_in()


def test_backup_code_is_dead_after_turning_off_and_on_again(world: World) -> None:
    ana, account = enabled(world)
    old = ana.backup_code
    ana.get(SETTINGS)
    ana.submit(f"{SETTINGS}/disable", password=account["password"])
    ana.begin("email")
    ana.submit(f"{SETTINGS}/email", code=world.outbox.code())
    assert not use(world, account, old).is_signed_in()


def test_code_has_at_least_64_bits_and_no_look_alikes() -> None:
    assert len(backup_codes.ALPHABET) == len(set(backup_codes.ALPHABET)) == 32
    assert not set("IO01") & set(backup_codes.ALPHABET)
    codes = {backup_codes.normalise(backup_codes.new_code(16)) for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {16}
