"""Links of help: they answer, and what they lead to is what they are for, not just any page that works."""

from __future__ import annotations

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import following
from tests.steps.conftest import SOON, Page, Visit

NAME = "What is Two-Factor Authentication (2FA)?"
EXPLAINED = "<h1>What is two-factor authentication?</h1>"


def at_page(visit: Visit, html: str, **pages: Page) -> Actor:
    """Ana at a page, in a portal with some more pages."""
    actor, _ = visit({"/page": html, **{f"/{name}": page for name, page in pages.items()}}, timing=SOON)
    actor.portal.go(f"{actor.portal.url}/page")
    return actor


@pytest.mark.parametrize(
    ("href", "status"), [("/help", 200), ("/gone", 404), ("help", 200), ("#faq", 0), ("/page#faq", 0)]
)
def test_where_a_link_leads_is_asked(visit: Visit, href: str, status: int) -> None:
    actor = at_page(visit, f'<a href="{href}">{NAME}</a>', help="help")
    address, answered = following.link_answers(actor, "help_link")
    assert address.startswith(actor.portal.url)
    assert answered == status


def test_a_link_that_leads_to_its_notice_is_the_right_one(visit: Visit) -> None:
    actor = at_page(visit, f"<a href=/help>{NAME}</a>", help=EXPLAINED)
    here = actor.portal.page.url
    assert following.leads_on(actor, "help_link") == (True, "Mini")
    assert "notices.explanation behind controls.help_link" in actor.world.recorder.findings.seen
    assert actor.portal.page.url == here


def test_a_working_link_to_another_page_proves_nothing(visit: Visit) -> None:
    actor = at_page(visit, f"<a href=/support>{NAME}</a>", support="<h1>Write to us</h1>")
    assert following.leads_on(actor, "help_link") == (False, "Mini")
    assert "notices.explanation behind controls.help_link" not in actor.world.recorder.findings.seen


def test_what_is_in_sight_before_a_link_is_followed_does_not_show_where_it_leads(visit: Visit) -> None:
    actor = at_page(visit, f"{EXPLAINED}<a href=/help>{NAME}</a>", help=EXPLAINED)
    with pytest.raises(CannotTell, match="in sight before it is followed") as told:
        following.leads_on(actor, "help_link")
    assert "notices.explanation" in told.value.cause


def test_a_part_of_the_same_page_may_be_in_sight_before(visit: Visit) -> None:
    actor = at_page(visit, f"<a href=#help>{NAME}</a><div id=help>{EXPLAINED}</div>")
    assert following.leads_on(actor, "help_link")[0]


def test_a_button_is_pressed(visit: Visit) -> None:
    chat = "<h2 hidden>Chat with us</h2><button onclick=\"document.querySelector('h2').hidden=false\">Chat</button>"
    actor, _ = visit({"/": chat}, timing=SOON, controls={"live_chat": [{"role": "button", "name": "Chat"}]})
    actor.portal.open("front")
    assert following.leads_on(actor, "live_chat")[0]
