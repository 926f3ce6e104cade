"""Whose account an app files a secret under, as the key URI format has it: `issuer:account`, or `account` alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.authenticator import parse_key_uri
from portal2fa.expectation import NotAsExpected
from portal2fa.profile_accounts import Account
from steps import authenticator
from tests.steps.conftest import Visit

RIGHT = [
    "Shop:ana.abel",
    "Shop:ana@a.example",
    "Shop%3Aana.abel",
    "Shop:%20ANA@A.example",
    "Shop:ana.abel@shop.example",
    "Shop:Ana%20Abel%20(ana@a.example)",
    "ana.abel",
    "ana@a.example",
]
WRONG = [
    "Shop:",
    "Shop:TOTP0001A2B3",
    "Shop:customer",
    "Shop:ben@a.example",
    "Shop:jo.ana@a.example",
    "Shop:ana.abelson",
    "Shop:ana@a.example.org",
    "Shop",
]


def named(visit: Visit, label: str) -> None:
    """Judge a QR code with that label, scanned by Ana, whose username is none of her address."""
    actor, _ = visit({})
    actor.account = Account(username="ana.abel", password="p", email="ana@a.example", name="Ana Abel")
    actor.scanned.append(parse_key_uri(f"otpauth://totp/{label}?secret={'A' * 32}&issuer=Shop"))
    world: Any = actor.world
    world.actors, world.current = {"Ana": actor}, actor
    authenticator.names_both(SimpleNamespace(world=world))


@pytest.mark.parametrize("label", RIGHT)
def test_username_or_address_name_the_account_with_or_without_the_issuer_before_them(visit: Visit, label: str) -> None:
    named(visit, label)


@pytest.mark.parametrize("label", WRONG)
def test_any_other_label_does_not_name_the_account(visit: Visit, label: str) -> None:
    with pytest.raises(NotAsExpected, match=r"the account to be called ana\.abel or ana@a\.example"):
        named(visit, label)
