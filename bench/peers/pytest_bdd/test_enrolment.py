"""The sentences of the journey."""

from __future__ import annotations

from pytest_bdd import given, parsers, scenarios, then, when

from bench.walk import Walk

scenarios("features")


@given("Ana has an account without two-factor sign-in")
def _account(ana: Walk) -> None:
    ana.has_an_account()


@given("she has an authenticator app on her phone")
def _app() -> None:
    """Nothing is to be done before the code is scanned."""


@when("she signs in with her password")
def _sign_in(ana: Walk) -> None:
    ana.signs_in()


@when("she opens the menu behind her name")
def _menu(ana: Walk) -> None:
    ana.opens_the_menu()


@when(parsers.parse('she goes to "{place}"'))
def _go_to(ana: Walk, place: str) -> None:
    ana.goes_to(place)


@when("she asks to turn it on")
def _turn_on(ana: Walk) -> None:
    ana.asks_to_turn_it_on()


@when("she starts to set up time-based tokens")
def _set_up(ana: Walk) -> None:
    ana.starts_to_set_up()


@when("she scans the portal's QR code with her authenticator app")
def _scan(ana: Walk) -> None:
    ana.scans()


@when("she gives the code shown by the app")
def _code(ana: Walk) -> None:
    ana.gives_the_code()


@then("two-factor sign-in is on")
def _on(ana: Walk) -> None:
    ana.is_on()


@then("she is given a backup code")
def _backup_code(ana: Walk) -> None:
    ana.has_a_backup_code()


@then("a fresh browser needs time-based tokens to sign in as Ana")
def _fresh_browser(ana: Walk) -> None:
    ana.needs_a_code_elsewhere()
    ana.end()
