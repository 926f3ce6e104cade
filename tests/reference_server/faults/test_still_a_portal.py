"""Every faulty portal is still a portal: it opens, customers sign in, and what the fault is not about goes on."""

from __future__ import annotations

import pytest

from reference_server.faults.families import all_faults
from tests.reference_server.conftest import SETTINGS, Browser, World, app_code
from tests.reference_server.faults.conftest import Portal


@pytest.mark.parametrize("fault", all_faults())
def test_pages_open_and_a_password_signs_in(portal: Portal, fault: str) -> None:
    world = portal(fault)
    account = world.account()
    browser = world.browser()
    for path in ("/", "/sign-in", "/help/two-factor", "/static/portal.css", "/static/copy.js"):
        assert browser.get(path).status_code == 200
    browser.sign_in(account)
    for path in ("/client", "/client/services", "/client/invoices", "/client/security", SETTINGS):
        assert browser.get(path).status_code == 200
        assert "Ana" in browser.text
    assert browser.get("/no-such-page").status_code == 404


def by_app(world: World) -> Browser:
    account = world.account("time_based")
    browser = world.browser().sign_in(account)
    browser.give(app_code(account["secret"], world.clock.at))
    return browser


def by_mail(world: World) -> Browser:
    browser = world.browser().sign_in(world.account("email"))
    if world.outbox.mails:
        browser.give(world.outbox.code())
    return browser


def by_backup_code(world: World) -> Browser:
    account = world.account("time_based")
    browser = world.browser().sign_in(account)
    browser.get("/sign-in/backup")
    browser.submit("/sign-in/backup", code=account["backup_code"])
    return browser


WAYS = {"app": by_app, "mail": by_mail, "backup code": by_backup_code}

CLOSED = {
    "server-clock-five-minutes-slow": {"app"},
    "sign-in-mail-only-when-asked-again": {"mail"},
    "backup-code-never-works": {"backup code"},
}
"""What a fault closes, as that is what it is."""


@pytest.mark.parametrize("fault", all_faults())
def test_each_way_to_sign_in_is_open_but_for_what_the_fault_is_about(portal: Portal, fault: str) -> None:
    world = portal(fault)
    shut = {way for way, sign_in in WAYS.items() if not sign_in(world).is_signed_in()}
    assert shut == CLOSED.get(fault, set())
