"""Turning two-factor sign-in off."""

from __future__ import annotations

from typing import Any

from behave import then, when

from portal2fa.expectation import expect
from steps.tasks import doubts, navigation, setting_up, turning_off
from steps.words import person


@when("{who:Person} turns two-factor sign-in off")
def turns_off(context: Any, who: str) -> None:
    """From the settings, every method that is on, with whatever the portal asks for."""
    actor = person(context, who)
    actor.notes["turned_off"] = turning_off.turn_all_off(actor)


@when("{who:Person} tries to turn two-factor sign-in off with {which:WrongPassword} password")
def tries_to_turn_off(context: Any, who: str, which: str) -> None:
    """From the settings, with a password that is not the account's."""
    actor = person(context, who)
    navigation.reach(actor, "two_factor")
    turning_off.turn_off(actor, password="" if which == "an empty" else "not-" + actor.account.password)
    actor.notes["tried_off"] = True


@when("{who:Person} turns two-factor sign-in off and on again with {method:Method}")
def off_and_on(context: Any, who: str, method: str) -> None:
    """The whole way back and there again; the backup code from before is remembered."""
    actor = person(context, who)
    if actor.backup_codes:
        actor.notes["used_backup_code"] = actor.backup_codes[-1]
    turning_off.turn_all_off(actor)
    setting_up.turn_on(actor, method)


@then("with the right password {who:Person} turns it off")
def right_password(context: Any, who: str) -> None:
    """The positive control of a refused password."""
    actor = person(context, who)
    path = doubts.way_off(actor)
    turned_off = turning_off.turn_off(actor)
    in_doubt = (*doubts.of_path(actor, path), *doubts.of_a_password(actor, path))
    expect(turned_off, expected="it to be turned off", seen="it was refused", missing=in_doubt)
