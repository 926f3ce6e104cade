"""What a person needs to see the same by hand: requests without a page, and where putting the account back begins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from fixtures.giving_back import give_back
from fixtures.world import World
from steps.tasks import by_hand, forging, signing_in
from tests.steps.conftest import Visit

TOKEN = "kT3p8QhX0bLw2mZ9vR5sYc1d"


def test_a_request_without_a_page_is_told_as_a_command_with_no_cookie_and_no_value_of_a_query(visit: Visit) -> None:
    actor, portal = visit({"/near": (302, f"/there?token={TOKEN}"), "/there": "<p>there</p>"})
    signing_in.fetch(actor, f"{portal.url}/near", follow=True)
    actor.portal.context.add_cookies([{"name": "own", "value": TOKEN, "url": portal.url}])
    signing_in.fetch(actor, f"{portal.url}/there", follow=False)
    assert actor.world.recorder.collect().trail == [
        f"  curl --include {portal.url}/near",
        f"  curl --include '{portal.url}/there?token=hidden'",
        f'  curl --include --cookie "$COOKIES" {portal.url}/there',
    ]


def test_what_a_strangers_site_sends_is_told_with_the_names_of_its_fields_only(visit: Visit) -> None:
    actor, portal = visit({"/": "start", "/set": (400, "refused")})
    sent = f"password={actor.account.password}&csrf_token={TOKEN}"
    actor.notes["caught"] = forging.Sent(f"{portal.url}/set", "application/x-www-form-urlencoded", sent, "email")
    actor.portal.go(f"{portal.url}/")
    forging.send_from_a_stranger(actor)
    told = actor.world.recorder.collect().trail[-1]
    assert told.endswith(f'curl --include --cookie "$COOKIES" --data password=hidden {portal.url}/set')
    assert forging.neighbour(portal.url) in told


def test_what_a_shell_would_take_for_its_own_is_quoted() -> None:
    assert by_hand.sent("http://a.example/s?x=1&y=$(id)", ["a b"]) == (
        "curl --include --cookie \"$COOKIES\" --data 'a b=hidden' 'http://a.example/s?x=hidden&y=hidden'"
    )


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://a.example/s;jsessionid=AB12/t", "http://a.example/s;hidden/t"),
        ("http://a.example/s?TOKEN12", "http://a.example/s?hidden"),
        ("http://ana:word@a.example/s#at", "http://a.example/s#at"),
        ("http://a.example/s#t0ken", "http://a.example/s#hidden"),
        ("http://a.example/s?a=1&b#x=2", "http://a.example/s?a=hidden&hidden#x=hidden"),
        ("http://a.example/two-factor", "http://a.example/two-factor"),
    ],
)
def test_an_address_is_told_without_what_may_be_secret_in_it(address: str, told: str) -> None:
    assert by_hand.asked(address, cookies=False).replace("'", "") == f"curl --include {told}"


def test_what_puts_the_account_back_stands_below_a_line_of_its_own_and_not_below_the_last_step(visit: Visit) -> None:
    actor, _ = visit({})
    recorder = actor.world.recorder
    given: list[bool] = []
    accounts = SimpleNamespace(disposable=False, give_back=lambda account, clean: given.append(clean))
    recorder.begin_step("Then it is on")
    recorder.did("press the button")
    actor.undo = lambda: recorder.did("press the other button")
    assert give_back(cast(World, SimpleNamespace(accounts=accounts, recorder=recorder)), actor)
    assert given == [True]
    assert recorder.notes.trail == [
        "Then it is on",
        "  press the button",
        "From here Ana's account is put back as it was; nothing below was judged",
        "  press the other button",
    ]


def test_without_anything_to_put_back_no_line_says_so(visit: Visit) -> None:
    actor, _ = visit({})
    accounts = SimpleNamespace(disposable=True, give_back=lambda account, clean: None)
    actor.undo = lambda: None
    recorder = actor.world.recorder
    recorder.did("press the button")
    give_back(cast(World, SimpleNamespace(accounts=accounts, recorder=recorder)), actor)
    assert recorder.notes.trail == ["  press the button"]
