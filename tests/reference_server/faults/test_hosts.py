"""Faulty portals beside the right one: by the host of the request, each with data of its own, and only when asked."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from reference_server.__main__ import main
from reference_server.faults.families import all_faults
from reference_server.seams import replaced
from reference_server.totp import matching_step, new_secret
from tests.reference_portal import server
from tests.reference_server.conftest import TOKEN, app_code
from tests.reference_server.faults.conftest import Portal

FAULT = "app-code-works-twice"


def signs_in_twice(portal: Portal, fault: str = "") -> bool:
    world = portal(fault)
    account = world.account("time_based")
    code = app_code(account["secret"], world.clock.at)
    assert world.browser().sign_in(account).give(code).url.path == "/client"
    return world.browser().sign_in(account).give(code).url.path == "/client"


def test_fault_is_at_its_own_host_and_nowhere_else(portal: Portal) -> None:
    assert signs_in_twice(portal, FAULT)
    assert not signs_in_twice(portal)
    assert not signs_in_twice(portal, "menu-open-from-the-start")


def test_accounts_of_one_portal_are_unknown_to_the_others(portal: Portal) -> None:
    account = portal(FAULT).account()
    assert portal(FAULT).browser().sign_in(account).is_signed_in()
    assert not portal().browser().sign_in(account).is_signed_in()


def test_unknown_fault_is_told(portal: Portal) -> None:
    browser = portal("no-such-fault").browser(headers={"X-Test-Token": TOKEN})
    assert browser.get("/").status_code == 404
    assert browser.text == "This server knows no portal called no-such-fault.\n"


def test_what_is_replaced_is_right_again_afterwards() -> None:
    secret = new_secret(20)
    with replaced({"totp.matching_step": lambda right, *given, **options: 7}):
        assert matching_step(secret, "", 59) == 7
    assert matching_step(secret, "", 59) is None


def test_process_serves_faults_by_name_and_lists_them() -> None:
    with server("--test-control", "--faults") as (_, ready):
        assert ready["faults"] == list(all_faults())
        port = httpx.URL(ready["url"]).port
        page = httpx.get(ready["url"], headers={"Host": f"{FAULT}.localhost:{port}"})
        assert page.status_code == 200
        assert httpx.get(ready["url"], headers={"Host": f"x.localhost:{port}"}).status_code == 404


def test_without_the_option_there_are_no_faults() -> None:
    with server("--test-control") as (_, ready):
        assert "faults" not in ready
        assert httpx.get(ready["url"], headers={"Host": "x.localhost"}).status_code == 200


def test_faults_need_the_test_control(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--faults"]) == 2
    assert "--faults needs --test-control" in capsys.readouterr().err


def test_faults_can_stand_beside_a_kept_database(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    with server("--test-control", "--faults", "--database", str(path)) as (_, ready):
        assert httpx.get(ready["url"], headers={"Host": f"{FAULT}.localhost"}).status_code == 200
    assert sorted(tmp_path.glob("*.sqlite3")) == [path]
