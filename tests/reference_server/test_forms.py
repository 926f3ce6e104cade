"""Forms: only from our own pages, and nothing that is typed breaks the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reference_server.conftest import SETTINGS, app_code

if TYPE_CHECKING:
    from tests.reference_server.conftest import World

POSTS = [
    f"{SETTINGS}/choose",
    f"{SETTINGS}/disable",
    f"{SETTINGS}/backup-code",
    f"{SETTINGS}/backup-code/download",
    f"{SETTINGS}/time-based",
    f"{SETTINGS}/email",
    f"{SETTINGS}/email/resend",
    "/sign-out",
]
ODD = [
    "",
    " ",
    "0" * 5,
    "0" * 60_000,
    "12345\uff16",  # a full-width six
    "١٢٣٤٥٦",
    "\x00\x00",
    "🙂🙃",
    "' OR 1=1 --",
    "<script>",
    "{{7*7}}",
    "-12345",
    "1e5",
    "\u202e123456",
    "%00",
    "null",
]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", ["", "guessed", "é"])
def test_form_without_its_token_is_refused(world: World, path: str, token: str) -> None:
    account = world.account("time_based")
    ana = world.signed_in(account)
    ana.get(SETTINGS)
    assert ana.submit(path, csrf_token=token, password=account["password"]).status_code == 403
    assert "This form is no longer valid" in ana.text
    assert ana.is_signed_in()
    assert "is on" in ana.get(SETTINGS).text


@pytest.mark.parametrize("path", ["/sign-in/challenge", "/sign-in/backup", "/sign-in/challenge/resend", "/sign-in"])
def test_sign_in_forms_without_their_token_are_refused(world: World, path: str) -> None:
    account = world.account("time_based")
    ana = world.browser().sign_in(account)
    code = app_code(account["secret"], world.clock.at)
    assert ana.submit(path, csrf_token="guessed", code=code).status_code == 403


def test_token_of_another_session_is_refused(world: World) -> None:
    ana, eve = world.signed_in(), world.signed_in()
    eve.get(SETTINGS)
    ana.get("/client")
    assert ana.submit("/sign-out", csrf_token=eve.token).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://portal.test", 200),
        ("http://PORTAL.test", 200),
        ("https://portal.test", 403),
        ("http://portal.test:8080", 403),
        ("http://evil.example", 403),
        ("http://portal.test.evil.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_form_from_another_origin_is_refused(world: World, origin: str, status: int) -> None:
    ana = world.signed_in()
    ana.get(f"{SETTINGS}/choose")
    ana.client.headers["Origin"] = origin
    assert ana.submit(f"{SETTINGS}/choose", method="time_based").status_code == status


@pytest.mark.parametrize("code", ODD)
def test_odd_codes_are_wrong_codes(world: World, code: str) -> None:
    account = world.account("time_based")
    at_door = world.browser().sign_in(account)
    assert at_door.give(code).status_code == 422
    at_door.get("/sign-in/backup")
    assert at_door.submit("/sign-in/backup", code=code).status_code == 422
    for method, path in (("time_based", "time-based"), ("email", "email")):
        setting_up = world.signed_in().begin(method)
        assert setting_up.submit(f"{SETTINGS}/{path}", code=code).status_code == 422


@pytest.mark.parametrize("text", ODD)
def test_odd_names_and_passwords_are_wrong_ones(world: World, text: str) -> None:
    ana = world.browser()
    ana.get("/sign-in")
    assert ana.submit("/sign-in", email=text, password=text).status_code in (413, 422)
    account = world.account("time_based")
    ben = world.signed_in(account)
    ben.get(SETTINGS)
    assert ben.submit(f"{SETTINGS}/disable", password=text).status_code in (413, 422)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 403), (b"\xff\xfe\x00", 403), (b"csrf_token=%ff%fe", 403), (b"=" * 70_000, 413), (b"&" * 60_000, 403)],
)
def test_body_that_is_no_form_is_refused(world: World, body: bytes, status: int) -> None:
    ana = world.signed_in()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert world.run(ana.client.post(f"{SETTINGS}/choose", content=body, headers=headers)).status_code == status


def test_typed_address_is_shown_as_text(world: World) -> None:
    ana = world.browser()
    ana.get("/sign-in")
    page = ana.submit("/sign-in", email='"><script>alert(1)</script>', password="x")
    assert "<script>alert" not in page.text
