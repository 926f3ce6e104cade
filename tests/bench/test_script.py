"""The bare script of a whole run is written down by where things come from, and does no more than the run did."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pyotp
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser

from bench import whole, whole_page
from bench.processes import ROLES, CannotMeasure, Cost
from bench.scribe import Scribe
from bench.script import Letters, Script
from bench.sources import PERIOD, Sources
from bench.whole import Starts, Whole

SECRET, OTHER = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"
AT = 1_800_000_000.0
ANA = {"username": "ana", "email": "ana@a.example", "password": "password-of-ana", "name": "Ana Example"}


def sources(*mails: str) -> Sources:
    """Of a scenario in which Ana has an account, an app, and got these mails."""
    found = Sources(lambda address: [SimpleNamespace(all_text=lambda text=text: text, links=()) for text in mails])
    found.made(ANA)
    found.held(AT)
    found.linked(SECRET)
    return found


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("ana@a.example", ["account", 0, "email"]),
        ("password-of-ana", ["account", 0, "password"]),
        (pyotp.TOTP(SECRET).at(int(AT)), ["app", ["qr", 0], 0]),
        (pyotp.TOTP(SECRET).at(int(AT) - 3 * PERIOD), ["app", ["qr", 0], -3]),
        ("270001", ["mail", 0, 1]),
        ("not-the-password", ["as it is", "not-the-password"]),
        ("", ["as it is", ""]),
    ],
)
def test_what_is_typed_is_known_by_where_it_comes_from(typed: str, source: list[Any]) -> None:
    assert sources("Your code is 270000.", "Your code is 270001.").of(typed) == source


def to_new_address(*links: str) -> Sources:
    """Of a scenario in which Ana typed another address, at which she got a mail for each of these links."""
    mails = [SimpleNamespace(all_text=lambda text=f"270002 {link}": text, links=(link,)) for link in links]
    found = Sources(lambda address: mails if address == "new@a.example" else [])
    found.made(ANA)
    found.of("new@a.example")
    return found


def test_a_link_is_known_by_the_mail_that_holds_it() -> None:
    found = to_new_address("http://127.0.0.1:1/address/aa", "http://127.0.0.1:1/address?token=bb")
    assert found.link("/address?token=bb") == ["new@a.example", 1]
    assert found.link("/address?token=cc") is None
    assert found.of("270002") == ["mail", "new@a.example", 0]


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
def test_the_script_follows_the_link_of_its_own_mail(encoding: str) -> None:
    letters = Letters()
    for token in ("aaaa", "bbbb"):
        message, envelope = EmailMessage(), Envelope()
        message.set_content(f"Follow\nhttp://127.0.0.1:2/reset?token={token}\n", cte=encoding)
        envelope.rcpt_tos, envelope.content = ["ana@a.example"], bytes(message)
        asyncio.run(letters.handle_DATA(cast(SMTP, None), cast(Session, None), envelope))
    assert letters.link("ana@a.example", 1) == "http://127.0.0.1:2/reset?token=bbbb"


def test_a_secret_that_was_read_as_a_key_is_not_looked_for_in_a_picture() -> None:
    found = sources()
    found.read(4, "MFRG GZDF MZTW Q2LK MFRG GZDF MZTW Q2LK")
    found.linked(OTHER)
    assert found.of(pyotp.TOTP(OTHER).at(int(AT))) == ["app", ["read", 4], 0]


class _Thing:
    """Something of Playwright's, as a call comes from it."""

    def __init__(self, kind: str, page: object = None, context: object = None) -> None:
        self._type, self._page, self._browser_context = kind, page, context


def written(*calls: tuple[str, dict[str, Any]], session: bool = False, of: str = "Frame") -> list[list[Any]]:
    """What a scribe makes of calls of one page's frame, or of the page or the context itself."""
    scribe, context = Scribe(), _Thing("BrowserContext")
    page = _Thing("Page", context=context)
    scribe.begin("one", lambda address: [])
    scribe.called("/accounts", {"name": "Ana Example"}, ANA)
    scribe.sent(_Thing("Browser"), "newContext", {})
    scribe.sent(context, "newPage", {})
    if session:
        scribe.called("/session", {"username": "ana"}, {})
    for method, params in calls:
        scribe.sent({"Frame": _Thing("Frame", page), "Page": page, "BrowserContext": context}[of], method, params)
    scribe.end("one", passed=True)
    assert scribe.scenarios[0]["left_out"] == ""
    deeds: list[list[Any]] = scribe.scenarios[0]["deeds"]
    return deeds[3:]


def test_the_script_does_not_look_twice() -> None:
    field = {"selector": "field >> nth=0"}
    calls = [("waitForSelector", field), ("fill", {**field, "value": "ana@a.example"}), ("inputValue", field)]
    assert written(*calls) == [["fill", 0, "field >> nth=0", ["account", 0, "email"]]]


def test_who_is_handed_a_session_signs_in_by_the_form() -> None:
    assert written(("goto", {"url": "http://127.0.0.1:1/client/security"}), session=True) == [
        ["sign in", 0, 0, "/client/security"]
    ]


def test_what_the_keyboard_types_is_known_by_where_it_comes_from() -> None:
    assert written(("keyboardType", {"text": "ana@a.example"}), of="Page") == [["type", 0, ["account", 0, "email"]]]


def test_a_part_of_the_window_is_looked_at_by_judges_only() -> None:
    looks = ("screenshot", {"clip": {"x": 0, "y": 0, "width": 9, "height": 9}}), ("screenshot", {"fullPage": True})
    assert written(*looks, of="Page") == [["picture", 0, ""]]


def test_what_a_browser_says_of_itself_the_script_says_as_well() -> None:
    headers = [{"name": "X-Host", "value": "stranger.example"}]
    assert written(("setExtraHTTPHeaders", {"headers": headers}), of="BrowserContext") == [["headers", 0, headers]]


def test_mails_that_are_made_to_fail_fail_in_the_script_as_well() -> None:
    scribe = Scribe()
    scribe.begin("one", lambda address: [])
    scribe.called("/accounts", {"name": "Ana Example"}, ANA)
    scribe.called("/mail", {"username": "ana", "failing": True}, {"failing": True})
    scribe.end("one", passed=True)
    deeds = scribe.scenarios[0]["deeds"]
    assert deeds[1:] == [["mail", 0, True]]
    said: list[object] = []

    def post(path: str, json: object) -> SimpleNamespace:
        said.append((path, json))
        return SimpleNamespace(json=lambda: {**ANA, "username": "eve"})

    script = Script(cast(Browser, None), cast(httpx.Client, SimpleNamespace(post=post)), "", Letters())
    script.do([["account", {"name": "Ana Example", "two_factor": None}], *deeds[1:]])
    assert said[1:] == [("/mail", {"username": "eve", "failing": True})]


def test_a_call_that_is_not_known_leaves_the_scenario_out() -> None:
    scribe = Scribe()
    scribe.begin("one", lambda address: [])
    scribe.sent(_Thing("Browser"), "startTracing", {})
    scribe.end("one", passed=True)
    assert scribe.scenarios == [{"name": "one", "deeds": [], "left_out": "Browser.startTracing"}]


def cost(wall: float, cpu: float, said: str = "{}") -> Cost:
    """A command that took so long."""
    return Cost(0, said, wall, cpu, dict.fromkeys(ROLES, 0.0), 0, "PSS")


def test_a_goal_that_is_missed_is_said_to_be() -> None:
    page = whole_page.whole(Whole([cost(100, 100)], [cost(39, 80)], 112, {"a:1": "no"}), "Measured.\n")
    assert "| a whole run, wall by the script's | 0.39 | 0.40 | within |" in page
    assert "| a whole run, CPU by the script's | 0.80 | 0.75 | **above** |" in page
    assert "The script follows 111 of 112 scenarios." in page
    assert "4.00 | 3.00 | **above**" in whole_page.starts(Starts(0.2, 0.5, 2.0), "Measured.\n", 5)


def test_a_script_that_follows_too_little_is_no_yardstick(monkeypatch: pytest.MonkeyPatch) -> None:
    def pretended(command: list[str], **options: Any) -> Cost:
        if command[2] == "bench.recorded":
            left_out = '[{"name": "a", "deeds": [], "left_out": ""}, {"name": "b", "deeds": [], "left_out": ""}]'
            with open(command[3], "w", encoding="utf-8") as file:
                file.write(left_out)
        return cost(1, 1, '{"a": "a button is gone"}')

    monkeypatch.setattr(whole, "measure", pretended)
    with pytest.raises(CannotMeasure, match="cannot follow 1 of 2 scenarios"):
        next(whole.take(rounds=1, say=lambda what: None))
