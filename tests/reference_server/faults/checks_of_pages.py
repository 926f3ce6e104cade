"""How faults of pages, links, headers and forms show: each check is true of the faulty portal only."""

from __future__ import annotations

import httpx

from tests.reference_server.conftest import SETTINGS, World
from tests.reference_server.faults.people import Check, waiting


def answer(world: World, path: str) -> httpx.Response:
    return world.signed_in().get(path)


def whole_address(world: World) -> bool:
    account = world.account("email")
    return account["username"] in waiting(world, account).text


def starts_nothing(world: World) -> bool:
    return world.signed_in().begin("time_based").path == f"{SETTINGS}/choose"


def mixed_up(world: World) -> bool:
    return world.signed_in().begin("time_based").path == f"{SETTINGS}/email"


def refusal_is_200(world: World) -> bool:
    browser = waiting(world, world.account("time_based"))
    return browser.give("123").status_code == 200


def foreign_form(world: World) -> bool:
    browser = world.signed_in()
    headers = {"Origin": "https://evil.example"}
    return world.run(browser.client.post(f"{SETTINGS}/choose", data={"method": "email"}, headers=headers)).is_success


CHECKS: dict[str, Check] = {
    "two-factor-entry-renamed": lambda world: "Second step" in answer(world, "/client/security").text,
    "get-started-starts-nothing": starts_nothing,
    "methods-mixed-up": mixed_up,
    "whole-address-before-the-code": whole_address,
    "sign-in-stays-in-sight": lambda world: "<h2>Sign in</h2>" in answer(world, "/client").text,
    "refusals-answered-with-200": refusal_is_200,
    "forms-of-other-sites-accepted": foreign_form,
}
