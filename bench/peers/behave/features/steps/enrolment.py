"""The sentences of the journey."""

from __future__ import annotations

from behave import given, then, when
from behave.runner import Context


@given("Ana has an account without two-factor sign-in")
def step_account(context: Context) -> None:
    """A fresh account."""
    context.ana.has_an_account()


@given("she has an authenticator app on her phone")
def step_app(context: Context) -> None:
    """Nothing is to be done before the code is scanned."""


@when("she signs in with her password")
def step_sign_in(context: Context) -> None:
    """By the form."""
    context.ana.signs_in()


@when("she opens the menu behind her name")
def step_menu(context: Context) -> None:
    """In the header."""
    context.ana.opens_the_menu()


@when('she goes to "{place}"')
def step_go_to(context: Context, place: str) -> None:
    """By a link."""
    context.ana.goes_to(place)


@when("she asks to turn it on")
def step_turn_on(context: Context) -> None:
    """By a button."""
    context.ana.asks_to_turn_it_on()


@when("she starts to set up time-based tokens")
def step_set_up(context: Context) -> None:
    """Choose the method."""
    context.ana.starts_to_set_up()


@when("she scans the portal's QR code with her authenticator app")
def step_scan(context: Context) -> None:
    """From pixels."""
    context.ana.scans()


@when("she gives the code shown by the app")
def step_code(context: Context) -> None:
    """The one of now."""
    context.ana.gives_the_code()


@then("two-factor sign-in is on")
def step_on(context: Context) -> None:
    """The portal says so."""
    context.ana.is_on()


@then("she is given a backup code")
def step_backup_code(context: Context) -> None:
    """The portal shows it."""
    context.ana.has_a_backup_code()


@then("a fresh browser needs time-based tokens to sign in as Ana")
def step_fresh_browser(context: Context) -> None:
    """The second sign-in."""
    context.ana.needs_a_code_elsewhere()
    context.ana.end()
