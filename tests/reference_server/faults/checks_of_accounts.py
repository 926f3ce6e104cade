"""How faults of backup codes, sessions, settings and limits show: each check is true of the faulty portal only."""

from __future__ import annotations

from tests.reference_server.conftest import SETTINGS, World, app_code
from tests.reference_server.faults.people import (
    Check,
    waiting,
    with_backup_code,
    with_factor,
)

LIMIT = 5
"""Wrong codes that the right portal stands."""


def needs_capitals(world: World) -> bool:
    account = world.account("email")
    return not with_backup_code(waiting(world, account), account["backup_code"].lower()).is_signed_in()


def known_browser(world: World) -> bool:
    account = world.account("email")
    browser = world.browser()
    browser.client.cookies.set("known_browser", "yes", domain=world.origin.removeprefix("http://"))
    return browser.sign_in(account).is_signed_in()


def cancelled_and_confirmed(world: World) -> bool:
    browser = world.signed_in().begin("time_based")
    secret, token = browser.manual_key, browser.token
    browser.get(SETTINGS)
    data = {"csrf_token": token, "code": app_code(secret, world.clock.at)}
    return str(world.run(browser.client.post(f"{SETTINGS}/time-based", data=data)).url).endswith("/enabled")


def strangers_factor_off(world: World) -> bool:
    mallory, ana = with_factor(world, "email"), with_factor(world, "email")
    mallory.browser.get(SETTINGS)
    fields = {"password": mallory.account["password"], "username": ana.username}
    mallory.browser.submit(f"{SETTINGS}/disable", **fields)
    return waiting(world, ana.account).is_signed_in()


CHECKS: dict[str, Check] = {
    "backup-code-needs-capitals": needs_capitals,
    "known-browsers-by-an-unsigned-cookie": known_browser,
    "cancelled-set-up-can-be-confirmed": cancelled_and_confirmed,
    "anybodys-factor-can-be-turned-off": strangers_factor_off,
}
