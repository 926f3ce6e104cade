"""The places, links and signs that a draft takes hold for every account, and for nothing else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal2fa.drafting import goals
from steps.tasks.drafting import asking, entering, keeping, offering
from tests.steps.conftest import MiniPortal, Visit, held_up
from tests.steps.drafts import CLIENT_AREA, FORM, Drafting, begin

FOOT = "<footer><a href=/help>How to turn off</a> <a href=/help#chat>Live chat</a></footer>"


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana at a portal whose sign-in leads to an address of her own."""
    started = begin(visit, tmp_path)
    started.pages |= {
        "/in": (303, "/home/ana@a.example"),
        "/home/ana@a.example": CLIENT_AREA,
        "/settings/2fa": "<h1>Two-factor authentication</h1>"
        "<a href=/news>News</a><a href=/settings/mail>Mail</a><a href=/settings/none>Remove</a>",
        "/settings/mail": CLIENT_AREA,
    }
    return started


def come_in(drafting: Drafting) -> None:
    """Sign in, and learn the name."""
    entering.sign_in(drafting.walker, drafting.walker.actor.values["password"])
    entering.learn_name(drafting.walker, drafting.walker.pages["answer"])


def test_the_client_area_is_what_leads_everybody_to_theirs(drafting: Drafting) -> None:
    drafting.pages["/"] = (303, "/home/ana@a.example")
    drafting.pages["/login"] = FORM
    drafting.walker.put("places", "sign_in", "/login")
    come_in(drafting)
    assert drafting.walker.draft.value("places", "client_area") == "/"
    assert drafting.walker.draft.value("controls", "name") == {"role": "button", "name": "{name}"}


def test_an_address_of_the_account_alone_is_only_likely(drafting: Drafting) -> None:
    come_in(drafting)
    found = drafting.walker.draft.entries["places.client_area"]
    assert (found.value, found.certainty) == ("/home/ana@a.example", "likely")


def test_what_lies_beside_the_settings_is_protected_like_them(drafting: Drafting) -> None:
    walker = drafting.walker
    come_in(drafting)
    walker.pages["security_settings"] = walker.go("/settings/2fa")
    assert offering._beside(walker) == ["/settings/mail", "/news"]


def test_no_other_port_or_host_is_asked_whether_a_place_is_protected(drafting: Drafting) -> None:
    walker = drafting.walker
    come_in(drafting)
    other = MiniPortal({"/": CLIENT_AREA})
    portal = walker.actor.portal.url
    elsewhere = (f"{portal}@{urlsplit(other.url).netloc}/", f"{portal}1/", f"{portal}.evil.example/")
    try:
        drafting.pages["/settings/2fa"] = "".join(f"<a href={address}>Panel</a>" for address in elsewhere)
        walker.pages["security_settings"] = walker.go("/settings/2fa")
        assert not offering._is_protected(walker, elsewhere[0].removeprefix(portal))
        assert other.asked == []
        assert offering._beside(walker) == []
    finally:
        other.close()


def test_a_place_that_does_not_answer_in_time_is_not_said_to_be_protected(drafting: Drafting) -> None:
    come_in(drafting)
    drafting.pages |= held_up()
    context = drafting.walker.actor.portal.context
    context.set_default_timeout(300)
    assert not offering._is_protected(drafting.walker, "/late")
    context.set_default_timeout(20_000)
    drafting.walker.go("/now")


def test_where_a_set_up_begins_is_not_asked_for_before_the_code(drafting: Drafting) -> None:
    walker = drafting.walker
    walker.put("places", "two_factor", "/settings/2fa")
    walker.put("places", "protected", ["/settings/2fa", "/settings/mail"], sure=True)
    for place in ("/settings/2fa", "/news", "/settings/mail"):
        offering.spare_set_up(walker, walker.go(place))
    found = walker.draft.entries["places.protected"]
    assert (found.value, found.certainty) == (["/settings/2fa"], "sure")


def test_a_link_of_help_leads_to_the_heading_at_its_anchor(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages |= {
        "/front": FOOT,
        "/help": "<h1>Help</h1><h2>How to turn off</h2><section id=chat><h2>Chat now</h2></section>",
    }
    for control, goal in (("turn_off_help_link", goals.HOW_TO_TURN_OFF), ("live_chat", goals.LIVE_CHAT)):
        assert offering._point(walker, control, goal, walker.go("/front"))
    assert walker.draft.value("notices", "turn_off_explanation") == {"role": "heading", "name": "Help"}
    assert walker.draft.value("notices", "chat") == {"role": "heading", "name": "Chat now"}


def test_of_two_links_of_one_name_the_one_at_the_foot_is_pointed_at(drafting: Drafting) -> None:
    walker = drafting.walker
    both = "<nav><a href=/write>Contact us</a></nav><footer id=foot><a href=/write>Contact us</a></footer>"
    drafting.pages |= {"/front": both, "/write": "<h1>Write to us</h1>"}
    assert offering._point(walker, "support_link", goals.SUPPORT, walker.go("/front"))
    assert walker.draft.value("controls", "support_link") == {"css": "#foot > a"}
    assert walker.draft.value("notices", "support") == {"role": "heading", "name": "Write to us"}


def test_a_heading_in_the_words_of_the_link_to_it_is_none_that_was_there_before(drafting: Drafting) -> None:
    walker = drafting.walker
    drafting.pages |= {"/front": FOOT, "/help": f"<h1>How to turn off</h1>{FOOT}"}
    assert offering._point(walker, "turn_off_help_link", goals.HOW_TO_TURN_OFF, walker.go("/front"))
    assert walker.draft.value("notices", "turn_off_explanation") == {"role": "heading", "name": "How to turn off"}


def test_a_sign_in_that_asks_for_a_code_is_told_from_the_set_up_that_does(drafting: Drafting) -> None:
    walker = drafting.walker
    field = "<label>Code <input name=code></label><button>Verify</button>"
    drafting.pages |= {"/set-up": f"<h1>Set it up</h1>{field}", "/asked": f"<h1>Login verification</h1>{field}"}
    walker.pages["set_up_time_based"] = walker.go("/set-up")
    walker.pages["asked_time_based"] = walker.go("/asked")
    asking.learn_asked(walker, ["time_based"])
    assert walker.draft.value("notices", "time_based_asked") == {"role": "heading", "name": "Login verification"}


def test_what_only_a_deed_brought_into_sight_does_not_tell_a_challenge(drafting: Drafting) -> None:
    walker = drafting.walker
    heading = "<h1>Login verification</h1>"
    drafting.pages |= {"/asked": f"<p role=status>A verification code was sent</p>{heading}", "/still": heading}
    walker.pages["asked_email"] = walker.go("/asked")
    walker.pages["still_asked_email"] = walker.go("/still")
    asking.learn_asked(walker, ["email"])
    assert walker.draft.value("notices", "email_asked") == {"role": "heading", "name": "Login verification"}


@pytest.mark.parametrize(
    ("after_each", "path"),
    [
        (["<a href=/>Done</a>", "<a href=/>Done</a>"], ["done"]),
        (["<a href=/>Done</a>", ""], [{"press": "done", "optional": True}]),
        (["", "<a href=/>Done</a>"], [{"press": "done", "optional": True}]),
    ],
)
def test_a_way_out_is_optional_only_where_not_every_set_up_ends_with_it(
    drafting: Drafting, after_each: list[str], path: list[object]
) -> None:
    walker = drafting.walker
    for end in after_each:
        drafting.pages["/on"] = f"<h1>It is on</h1><main>{end}</main>"
        keeping.learn_way_out(walker, walker.go("/on"))
        walker.pages["on"] = walker.see()
    assert walker.draft.value("paths", "finish") == path


def test_a_sign_in_that_stands_in_a_menu_of_the_front_is_found(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    menu = "<p id=more hidden><a href=/>Log in</a> <a href=/join>Register</a></p>"
    drafting.pages["/start"] = f"<nav><button onclick='more.hidden = false'>Account</button>{menu}</nav>"
    walker = drafting.walker
    walker.draft.entries.clear()
    entering.find_sign_in(walker, "/start")
    assert walker.draft.value("paths", "client_area") == ["client_area", "sign_in_entry"]
    assert walker.draft.value("controls", "client_area") == {"role": "button", "name": "Account"}
    assert walker.draft.value("controls", "sign_in_entry") == {"role": "link", "name": "Log in"}
    assert walker.draft.value("places", "front") == "/start"
    assert walker.draft.value("places", "sign_in") == "/"
