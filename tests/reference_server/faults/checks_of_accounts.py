"""How faults of backup codes, sessions, settings and limits show: each check is true of the faulty portal only."""

from __future__ import annotations

import base64

from tests.reference_server.conftest import SETTINGS, Browser, World, app_code, wrong_for
from tests.reference_server.faults.people import (
    Check,
    Customer,
    tried,
    turned_off,
    waiting,
    with_backup_code,
    with_factor,
)

LIMIT = 5
"""Wrong codes that the right portal stands."""


def new_backup_code(customer: Customer, password: str = "") -> str:
    customer.browser.get(SETTINGS)
    customer.browser.submit(f"{SETTINGS}/backup-code", password=password or customer.account["password"])
    return customer.browser.backup_code


def file_for_ever(world: World) -> bool:
    browser = with_factor(world, "time_based").browser
    ticket = browser.text.split('name="ticket" value="')[1].split('"')[0]
    world.clock.at += 3000
    try:
        return browser.submit(f"{SETTINGS}/backup-code/download", ticket=ticket).status_code == 200
    finally:
        world.clock.at -= 3000


def old_beside_new(world: World) -> bool:
    customer = with_factor(world, "email")
    assert new_backup_code(customer) != customer.backup_code
    return with_backup_code(waiting(world, customer.account), customer.backup_code).is_signed_in()


def strangers_backup_code(world: World) -> bool:
    one, other = world.account("time_based"), world.account("time_based")
    return with_backup_code(waiting(world, one), other["backup_code"]).is_signed_in()


def six_characters(world: World) -> bool:
    return len(with_factor(world, "email").backup_code.replace("-", "")) == 6


def needs_capitals(world: World) -> bool:
    account = world.account("email")
    return not with_backup_code(waiting(world, account), account["backup_code"].lower()).is_signed_in()


def nothing_off_after_backup_code(world: World) -> bool:
    account = world.account("email")
    customer = Customer(account, with_backup_code(waiting(world, account), account["backup_code"]))
    return turned_off(customer).browser.status == ""


def no_way_to_backup(world: World) -> bool:
    return "/sign-in/backup" not in waiting(world, world.account("email")).text


def known_browser(world: World) -> bool:
    account = world.account("email")
    browser = world.browser()
    browser.client.cookies.set("known_browser", "yes", domain=world.origin.removeprefix("http://"))
    return browser.sign_in(account).is_signed_in()


def any_password_asks(world: World) -> bool:
    account = world.account("time_based")
    return waiting(world, {**account, "password": "wrong"}).path == "/sign-in/challenge"


def same_session(world: World) -> bool:
    account = world.account("time_based")
    browser = waiting(world, account)
    before = browser.cookie
    browser.give(app_code(account["secret"], world.clock.at))
    assert browser.is_signed_in()
    return browser.cookie == before


def others_stay(world: World) -> bool:
    customer = with_factor(world, "email")
    other = world.signed_in(customer.account)
    turned_off(customer)
    return other.is_signed_in()


def signed_out_and_in(world: World) -> bool:
    browser = world.signed_in()
    cookie = browser.cookie
    browser.get("/client")
    browser.submit("/sign-out")
    return world.browser(cookie=cookie).is_signed_in()


def never_ends(world: World) -> bool:
    account = world.account()
    browser = world.signed_in(account)
    world.set_clock(account, world.clock.at + 10**6)
    return browser.is_signed_in()


def cancelled_and_confirmed(world: World) -> bool:
    browser = world.signed_in().begin("time_based")
    secret, token = browser.manual_key, browser.token
    browser.get(SETTINGS)
    data = {"csrf_token": token, "code": app_code(secret, world.clock.at)}
    return str(world.run(browser.client.post(f"{SETTINGS}/time-based", data=data)).url).endswith("/enabled")


def any_password_makes_a_code(world: World) -> bool:
    return new_backup_code(with_factor(world, "email"), "wrong") != ""


def strangers_factor_off(world: World) -> bool:
    mallory, ana = with_factor(world, "email"), with_factor(world, "email")
    mallory.browser.get(SETTINGS)
    fields = {"password": mallory.account["password"], "username": ana.username}
    mallory.browser.submit(f"{SETTINGS}/disable", **fields)
    return waiting(world, ana.account).is_signed_in()


def untold(subject: str, world: World) -> bool:
    customer = with_factor(world, "email")
    new_backup_code(customer)
    turned_off(customer)
    account = world.account("email")
    with_backup_code(waiting(world, account), account["backup_code"])
    return not any(subject in one for one in world.outbox.subjects)


def refused_for_long(browser: Browser) -> bool:
    return browser.page is not None and browser.page.status_code == 429


def codes_without_limit(world: World) -> bool:
    account = world.account("time_based")
    return not refused_for_long(tried(world, waiting(world, account), account["secret"], LIMIT))


def passwords_without_limit(world: World) -> bool:
    account = {**world.account(), "password": "wrong"}
    browser = world.browser()
    for _ in range(10):
        browser.sign_in(account)
    return not refused_for_long(browser)


def forgotten_with_the_mail(world: World) -> bool:
    browser = waiting(world, world.account("email"))
    for _ in range(LIMIT - 1):
        browser.give(wrong_for(world.outbox.code()))
    browser.submit("/sign-in/challenge/resend")
    browser.give(wrong_for(world.outbox.code()))
    return not refused_for_long(browser)


def forgotten_with_the_sign_in(world: World) -> bool:
    account = world.account("time_based")
    tried(world, waiting(world, account), account["secret"], LIMIT - 1)
    return not refused_for_long(tried(world, waiting(world, account), account["secret"], 1))


def backup_codes_uncounted(world: World) -> bool:
    browser = waiting(world, world.account("time_based"))
    for _ in range(LIMIT):
        with_backup_code(browser, "AAAA-AAAA-AAAA-AAAA")
    return not refused_for_long(browser)


def backup_codes_apart(world: World) -> bool:
    account = world.account("time_based")
    browser = tried(world, waiting(world, account), account["secret"], LIMIT - 1)
    with_backup_code(browser, "AAAA-AAAA-AAAA-AAAA")
    return not refused_for_long(browser)


def lock_tells(world: World) -> bool:
    account = world.account("time_based")
    browser = tried(world, waiting(world, account), account["secret"], LIMIT)
    wrong = tried(world, browser, account["secret"], 1).alert
    browser.give(app_code(account["secret"], world.clock.at))
    return browser.alert != wrong


def locked_for_good(world: World) -> bool:
    account = world.account("time_based")
    browser = tried(world, waiting(world, account), account["secret"], LIMIT)
    later = world.clock.at + 1800
    world.set_clock(account, later)
    browser.give(app_code(account["secret"], later))
    return not browser.is_signed_in()


def mails_without_limit(world: World) -> bool:
    browser = waiting(world, world.account("email"))
    for _ in range(5):
        browser.submit("/sign-in/challenge/resend")
    return not refused_for_long(browser)


def by_header(world: World) -> bool:
    account = world.account("time_based")
    credentials = base64.b64encode(f"{account['username']}:{account['password']}".encode()).decode()
    return world.browser(headers={"Authorization": f"Basic {credentials}"}).is_signed_in()


def owner_signed_out(world: World) -> bool:
    account = world.account()
    owner, stranger = world.signed_in(account), world.browser()
    for _ in range(11):
        stranger.sign_in({**account, "password": "wrong"})
    return not owner.is_signed_in()


CHECKS: dict[str, Check] = {
    "backup-code-file-for-ever": file_for_ever,
    "old-backup-code-works-beside-the-new-one": old_beside_new,
    "backup-code-of-another-customer-works": strangers_backup_code,
    "backup-code-of-six-characters": six_characters,
    "backup-code-needs-capitals": needs_capitals,
    "backup-code-turns-nothing-off": nothing_off_after_backup_code,
    "no-way-to-the-backup-code": no_way_to_backup,
    "known-browsers-by-an-unsigned-cookie": known_browser,
    "password-not-checked-where-a-code-follows": any_password_asks,
    "session-kept-when-the-code-is-given": same_session,
    "other-browsers-stay-signed-in": others_stay,
    "signed-out-sessions-live-on": signed_out_and_in,
    "sessions-never-end": never_ends,
    "cancelled-set-up-can-be-confirmed": cancelled_and_confirmed,
    "new-backup-code-without-the-password": any_password_makes_a_code,
    "anybodys-factor-can-be-turned-off": strangers_factor_off,
    "no-notice-when-turned-on": lambda world: untold("turned on", world),
    "no-notice-when-turned-off": lambda world: untold("turned off", world),
    "no-notice-of-a-used-backup-code": lambda world: untold("backup code was used", world),
    "no-notice-of-a-new-backup-code": lambda world: untold("new backup code", world),
    "wrong-codes-without-limit": codes_without_limit,
    "wrong-passwords-without-limit": passwords_without_limit,
    "new-mail-forgets-wrong-codes": forgotten_with_the_mail,
    "new-sign-in-forgets-wrong-codes": forgotten_with_the_sign_in,
    "wrong-backup-codes-not-counted": backup_codes_uncounted,
    "wrong-backup-codes-counted-apart": backup_codes_apart,
    "lock-tells-right-codes": lock_tells,
    "lock-without-end": locked_for_good,
    "mails-without-limit": mails_without_limit,
    "password-alone-by-basic-authentication": by_header,
    "stranger-signs-the-owner-out": owner_signed_out,
}
