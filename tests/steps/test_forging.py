"""What a stranger's site sends, and a request that names somebody else: made of what the portal's page sends."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote, urlencode

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from portal2fa.journal import Entry, Journal, Page
from portal2fa.profile_accounts import Account
from steps.tasks import forging
from steps.tasks.forging import neighbour, renamed, unmarked
from tests.steps.conftest import MiniPortal, Visit

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


def caught(actor: Actor, portal: MiniPortal) -> None:
    """Ana is where a form would begin the set-up of mailed codes, and what it sends is known."""
    form = "application/x-www-form-urlencoded"
    actor.notes["caught"] = forging.Sent(f"{portal.url}/set", form, "method=email", "email")
    actor.portal.go(f"{portal.url}/")


@pytest.mark.timeout(90)
def test_what_answers_a_stranger_may_be_slow_to_be_shown(visit: Visit) -> None:
    actor, portal = visit({"/": "start", "/set": lambda sent: (400, "refused " * 2000)})
    caught(actor, portal)
    for _ in range(12):
        forging.send_from_a_stranger(actor)
    assert portal.forms == [{"method": "email"}] * 12


def test_what_a_stranger_may_have_switched_on_is_put_back(visit: Visit, tmp_path: Path) -> None:
    kept: list[int] = []

    def switch_on(sent: dict[str, str]) -> str:
        kept.append(len(journal.entries()[0]))
        return "on at once"

    actor, portal = visit({"/": "start", "/set": switch_on})
    journal = Journal({"PORTAL2FA_STATE": str(tmp_path / "state")})
    actor.page = Page(journal, Entry("mini", "mini.toml", portal.url, actor.account.username))
    caught(actor, portal)
    forging.send_from_a_stranger(actor)
    assert kept == [1], "the account is in the journal before anything is sent"
    assert journal.entries()[0][0].methods == ("email",)
    assert actor.undo is not None


def named(name: str) -> Actor:
    """Somebody else of whom only the account matters."""
    account = Account(username="ana@a.example", password="a-password", name=name)
    return cast("Actor", SimpleNamespace(account=account, entry=lambda key: f"accounts.pool[1].{key}"))


IN = "<p>Signed in</p>"
SHOWN: dict[str, dict[str, Any]] = {
    "places": {"client_area": "/client"},
    "notices": {"signed_in": {"text": "Signed in"}},
    "timing": {"answer": 2.0},
}


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f"{IN}<p>Invoices of Ana</p>", True),
        (f"{IN}<iframe srcdoc='<p>Invoices of Ana</p>'></iframe>", True),
        (f"{IN}<p>Analytics</p>", False),
    ],
)
def test_another_customer_is_shown_where_her_name_stands_as_a_word(visit: Visit, page: str, shown: bool) -> None:
    actor, _ = visit({"/client": page}, **SHOWN)
    assert forging.shows(actor, named("Ana")) is shown


@pytest.mark.parametrize(
    ("name", "page", "reason"),
    [("", IN, "own name cannot be told"), ("Ana", "<p>Please wait</p>", "another customer cannot be told")],
)
def test_that_nobody_else_is_shown_is_not_told_without_a_name_or_a_known_page(
    visit: Visit, name: str, page: str, reason: str
) -> None:
    actor, _ = visit({"/client": page}, **SHOWN)
    with pytest.raises(CannotTell, match=reason):
        forging.shows(actor, named(name))
