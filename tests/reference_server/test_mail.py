"""What the portal writes to its customers, and what it never writes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest

from reference_server import email_codes
from tests.reference_server.conftest import SETTINGS, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import World


def test_code_mail_says_what_it_is_for_and_hides_the_code_from_the_subject(world: World) -> None:
    account = world.account()
    world.signed_in(account).begin("email")
    mail, text = world.outbox.mails[0], world.outbox.text()
    assert mail["Subject"] == "Your sign-in code"
    assert mail["From"] == "Harbour Hosting <no-reply@harbour.example>"
    assert mail["To"] == account["email"]
    assert mail.get_content_type() == "multipart/alternative"
    assert f"Your authorization code is {world.outbox.code()}\n" in text
    assert "It expires within 10 minutes" in text
    assert f"Requested to turn on two-factor authentication for {account['email']}" in text


def test_both_parts_of_a_mail_hold_the_same_code(world: World) -> None:
    world.signed_in().begin("email")
    page = world.outbox.mails[0].get_body(("html",))
    assert page is not None
    assert world.outbox.code() in page.get_content()


def test_mail_is_dated_on_the_clock_of_its_account(world: World) -> None:
    account = world.account()
    world.set_clock(account, 2**32 + 5)
    world.signed_in(account).begin("email")
    assert parsedate_to_datetime(str(world.outbox.mails[0]["Date"])).timestamp() == 2**32 + 5


def test_every_change_is_told_without_any_secret(world: World) -> None:
    account = world.account()
    ana = world.signed_in(account).begin("time_based")
    key = ana.manual_key.replace(" ", "")
    ana.submit(f"{SETTINGS}/time-based", code=app_code(key, world.clock.at))
    codes = [ana.backup_code]
    ana.get(SETTINGS)
    ana.submit(f"{SETTINGS}/backup-code", password=account["password"])
    codes.append(ana.backup_code)
    again = world.browser().sign_in(account)
    again.get("/sign-in/backup")
    again.submit("/sign-in/backup", code=ana.backup_code)
    codes.append(again.backup_code)
    again.get(SETTINGS)
    again.submit(f"{SETTINGS}/disable", password=account["password"])
    assert world.outbox.subjects == [
        "Two-factor authentication was turned on",
        "A new backup code was made",
        "A backup code was used",
        "Two-factor authentication was turned off",
    ]
    raw = "".join(mail.as_string() for mail in world.outbox.mails)
    assert not [secret for secret in (key, *codes) if secret in raw]
    assert all("If this was not you" in world.outbox.text(index) for index in range(4))


def test_change_stands_when_its_notice_cannot_be_sent(world: World) -> None:
    ana = world.signed_in().begin("time_based")
    world.outbox.refusing = True
    ana.submit(f"{SETTINGS}/time-based", code=app_code(ana.manual_key, world.clock.at))
    assert ana.path == f"{SETTINGS}/enabled"


@pytest.mark.parametrize(("drawn", "code"), [(lambda bound: 0, "000000"), (lambda bound: bound - 1, "999999")])
def test_codes_are_all_numbers_of_six_digits(
    monkeypatch: pytest.MonkeyPatch, drawn: Callable[[int], int], code: str
) -> None:
    monkeypatch.setattr(secrets, "randbelow", drawn)
    assert email_codes.new_code(6) == code


@pytest.mark.parametrize("name", ["Ana <b>Bold</b>", "Zoë Åström", "A\u202eb"])
def test_name_is_written_as_text(world: World, name: str) -> None:
    account = world.control("/accounts", name=name)
    ana = world.signed_in(account).begin("email")
    page = world.outbox.mails[0].get_body(("html",))
    assert page is not None
    assert "<b>" not in page.get_content()
    assert name in ana.text
    assert "<b>Bold" not in (ana.page.text if ana.page else "")
