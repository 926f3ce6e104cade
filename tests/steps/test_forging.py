"""What a stranger's site sends, and a request that names somebody else: made of what the portal's page sends."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from steps.tasks import forging
from steps.tasks.forging import neighbour, renamed, unmarked
from tests.steps.conftest import Visit

TOKEN = "kT3p8QhX0bLw2mZ9vR5sYc1d"


@pytest.mark.parametrize(
    ("portal", "site"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081"),
        ("https://portal.example", "https://portal.example:444"),
        ("http://[::1]:65535/base", "http://[::1]:65534"),
    ],
)
def test_the_stranger_is_a_neighbour_on_the_same_host(portal: str, site: str) -> None:
    assert neighbour(portal) == site


def test_no_mark_of_the_portal_is_sent_and_all_else_is() -> None:
    body = urlencode({"csrf_token": TOKEN, "method": "email", "agreed": "", "password": "a-password-of-many-signs"})
    sent = unmarked(body, {"a-password-of-many-signs"})
    assert sent == [("method", "email"), ("agreed", ""), ("password", "a-password-of-many-signs")]


@pytest.mark.parametrize("written", [str, lambda name: quote(name, safe=""), lambda name: quote(name, safe="@")])
def test_another_customer_is_named_however_the_name_is_written(written: type[str]) -> None:
    text = f"user={written('ben+shop@a.example')}&x=1"
    assert renamed(text, {"ben+shop@a.example": "ana@a.example"}) == f"user={written('ana@a.example')}&x=1"


def test_a_request_that_names_nobody_stays_as_it_is() -> None:
    assert renamed("password=p&csrf_token=t", {"ben@a.example": "ana@a.example"}) == "password=p&csrf_token=t"


@pytest.mark.timeout(90)
def test_what_answers_a_stranger_may_be_slow_to_be_shown(visit: Visit) -> None:
    actor, portal = visit({"/": "start", "/set": lambda sent: (400, "refused " * 2000)})
    actor.notes["caught"] = forging._Sent(f"{portal.url}/set", "application/x-www-form-urlencoded", "method=email")
    actor.portal.go(f"{portal.url}/")
    for _ in range(12):
        forging.send_from_a_stranger(actor)
    assert portal.forms == [{"method": "email"}] * 12
