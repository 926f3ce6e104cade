"""How faults of pages, links, headers and forms show: each check is true of the faulty portal only."""

from __future__ import annotations

import httpx

from tests.reference_server.conftest import SETTINGS, World
from tests.reference_server.faults.people import Check, waiting


def answer(world: World, path: str) -> httpx.Response:
    return world.signed_in().get(path)


def challenge(world: World, method: str = "email") -> str:
    return waiting(world, world.account(method)).text


def refused(world: World) -> str:
    browser = waiting(world, world.account("time_based"))
    browser.give("<b>1</b>")
    return browser.text


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


def leads_elsewhere(world: World) -> bool:
    browser = world.browser()
    account = world.account()
    browser.get("/sign-in")
    form = {"csrf_token": browser.token, "email": account["username"], "password": account["password"]}
    data = {**form, "next": "https://evil.example/"}
    answered = world.run(browser.client.post("/sign-in", data=data, follow_redirects=False))
    return answered.headers["location"] == "https://evil.example/"


def foreign_form(world: World) -> bool:
    browser = world.signed_in()
    headers = {"Origin": "https://evil.example"}
    return world.run(browser.client.post(f"{SETTINGS}/choose", data={"method": "email"}, headers=headers)).is_success


def long_code(world: World) -> bool:
    browser = waiting(world, world.account("time_based"))
    try:
        browser.give("1" * 200)
    except OverflowError:
        return True
    return False


def set_up(world: World) -> str:
    return world.signed_in().begin("time_based").text


def styles(world: World) -> str:
    return answer(world, "/static/portal.css").text


CHECKS: dict[str, Check] = {
    "two-factor-entry-renamed": lambda world: "Second step" in answer(world, "/client/security").text,
    "get-started-starts-nothing": starts_nothing,
    "methods-mixed-up": mixed_up,
    "codes-not-filled-in-by-phones": lambda world: "one-time-code" not in challenge(world),
    "refusals-not-announced": lambda world: 'role="alert"' not in refused(world),
    "language-not-named": lambda world: "lang=" not in answer(world, "/").text,
    "whole-address-before-the-code": whole_address,
    "sign-in-stays-in-sight": lambda world: "<h2>Sign in</h2>" in answer(world, "/client").text,
    "pages-may-be-cached": lambda world: "Cache-Control" not in answer(world, "/client").headers,
    "pages-can-be-framed": lambda world: "frame-an" not in answer(world, "/").headers["Content-Security-Policy"],
    "no-content-policy": lambda world: "Content-Security-Policy" not in answer(world, "/").headers,
    "refusals-answered-with-200": refusal_is_200,
    "sign-in-leads-to-other-sites": leads_elsewhere,
    "forms-of-other-sites-accepted": foreign_form,
    "long-code-is-an-error": long_code,
    "typed-code-shown-as-markup": lambda world: "<b>1</b>" in refused(world),
    "secret-kept-by-the-browser": lambda world: "localStorage" in answer(world, "/static/copy.js").text,
    "qr-without-words": lambda world: 'alt=""></div>' in set_up(world),
    "controls-too-small": lambda world: "min-height: 0; padding: 0" in styles(world),
    "words-hard-to-read": lambda world: "#b8bcc0" in styles(world),
    "stranger-counts-the-visits": lambda world: "https://counter.example" in answer(world, "/client").text,
}
