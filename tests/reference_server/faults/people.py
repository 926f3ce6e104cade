"""What customers do on a portal, in one call each, for the checks of its faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.reference_server.conftest import SETTINGS, Browser, World, app_code, wrong_for

Check = Callable[[World], bool]
"""Tells whether a portal deviates in one way."""


@dataclass
class Customer:
    """An account with a second factor, and a browser that is signed in to it."""

    account: dict[str, Any]
    browser: Browser
    secret: str = ""
    backup_code: str = ""

    @property
    def username(self) -> str:
        """The address that the account is called by."""
        return str(self.account["username"])


def with_factor(world: World, method: str) -> Customer:
    """A customer who turned a method on through the pages."""
    account = world.account()
    return turned_on(world, Customer(account, world.signed_in(account)), method)


def turned_on(world: World, customer: Customer, method: str) -> Customer:
    """Turn a method on in the customer's browser."""
    browser = customer.browser.begin(method)
    if method == "time_based":
        customer.secret = browser.manual_key
        browser.submit(f"{SETTINGS}/time-based", code=app_code(customer.secret, world.clock.at))
    else:
        browser.submit(f"{SETTINGS}/email", code=world.outbox.code())
    customer.backup_code = browser.backup_code
    return customer


def turned_off(customer: Customer) -> Customer:
    """Turn it off with the password."""
    customer.browser.get(SETTINGS)
    customer.browser.submit(f"{SETTINGS}/disable", password=customer.account["password"])
    return customer


def waiting(world: World, account: dict[str, Any], next_path: str = "") -> Browser:
    """A fresh browser that gave the password."""
    return world.browser().sign_in(account, next_path)


def with_backup_code(browser: Browser, code: str) -> Browser:
    """Give a backup code where a code is asked for."""
    browser.get("/sign-in/backup")
    browser.submit("/sign-in/backup", code=code)
    return browser


def tried(world: World, browser: Browser, secret: str, times: int) -> Browser:
    """Give so many wrong codes of the app."""
    for _ in range(times):
        browser.give(wrong_for(app_code(secret, world.clock.at)))
    return browser
