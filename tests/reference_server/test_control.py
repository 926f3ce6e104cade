"""The test control: invisible without its token, exact with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reference_server.app import create_app
from reference_server.settings import Settings
from tests.reference_server.conftest import TOKEN, HeldClock, Outbox, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import World

PATHS = ["/_test/accounts", "/_test/session", "/_test/clock", "/_test/mail"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", [None, "", "guessed", TOKEN + "x"])
def test_without_the_token_there_is_nothing(world: World, path: str, token: str | None) -> None:
    headers = {} if token is None else {"X-Test-Token": token}
    answer = world.run(world.browser(headers=headers).client.post(path, json={}))
    assert answer.status_code == 404


def test_server_without_control_has_no_such_routes(tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path / "x.sqlite3", cheap_passwords=True), HeldClock(), Outbox())
    assert not [route for route in app.routes if getattr(route, "path", "") == "/_test"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/accounts", {"two_factor": "sms"}, 400),
        ("/accounts", {"name": "x" * 81}, 400),
        ("/accounts", [], 400),
        ("/session", {"username": "nobody"}, 404),
        ("/session", {}, 404),
        ("/session", {"username": 5}, 404),
        ("/clock", {"username": "nobody", "offset": 1}, 404),
        ("/mail", {"username": "nobody"}, 404),
    ],
)
def test_wrong_request_is_told_apart(world: World, path: str, body: Any, status: int) -> None:
    browser = world.browser(headers={"X-Test-Token": TOKEN})
    answer = world.run(browser.client.post(f"/_test{path}", json=body))
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize("time", [{"offset": "5"}, {"offset": 1e300}, {"at": -1}, {"at": True}, {"offset": -1e10}])
def test_impossible_time_is_refused(world: World, time: dict[str, Any]) -> None:
    browser = world.browser(headers={"X-Test-Token": TOKEN})
    body = {"username": world.account()["username"], **time}
    assert world.run(browser.client.post("/_test/clock", json=body)).status_code == 400


def test_accounts_differ_and_say_how_to_sign_in(world: World) -> None:
    one, other = world.account("time_based"), world.account("email")
    assert one["username"] != other["username"]
    assert one["username"] == one["email"]
    assert (bool(one["secret"]), bool(other["secret"])) == (True, False)
    assert one["backup_code"]
    assert other["backup_code"]
    ana = world.browser().sign_in(one)
    assert ana.give(app_code(one["secret"], world.clock.at)).url.path == "/client"


def test_a_closed_account_is_gone_with_all_that_belonged_to_it(world: World) -> None:
    account, other = world.account("time_based"), world.account()
    ana, ben = world.signed_in(account), world.signed_in(other)
    headers = {"X-Test-Token": TOKEN}
    close = world.browser(headers=headers).client.delete
    answer = world.run(close("/_test/accounts", params={"username": account["username"]}))
    assert (answer.status_code, answer.json()) == (200, {"username": account["username"]})
    assert not ana.is_signed_in()
    assert not world.browser().sign_in(account).is_signed_in()
    assert ben.is_signed_in()
    assert world.run(close("/_test/accounts", params={"username": account["username"]})).status_code == 404
    assert world.run(world.browser().client.delete("/_test/accounts")).status_code == 404


def test_clock_of_one_account_moves_alone(world: World) -> None:
    account, other = world.account("time_based"), world.account("time_based")
    moved = world.control("/clock", username=account["username"], offset=90_000.5)
    assert moved == {"now": world.clock.at + 90_000.5, "offset": 90_000.5, "at": None}
    ana, ben = world.browser().sign_in(account), world.browser().sign_in(other)
    assert ana.give(app_code(account["secret"], world.clock.at)).status_code == 422
    assert ana.give(app_code(account["secret"], moved["now"])).url.path == "/client"
    assert ben.give(app_code(other["secret"], world.clock.at)).url.path == "/client"


def test_clock_can_stand_still_and_be_asked(world: World) -> None:
    account = world.account()
    world.set_clock(account, 2**31)
    world.clock.at += 500
    browser = world.browser(headers={"X-Test-Token": TOKEN})
    answer = world.run(browser.client.get("/_test/clock", params={"username": account["username"]}))
    assert answer.json() == {"now": 2**31, "offset": 0, "at": 2**31}
