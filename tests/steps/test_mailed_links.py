"""Mailed links: which one leads on, how much of it is its own, and which address is asked for instead of another."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.mailbox.mail import Mail
from portal2fa.errors import CannotTell
from portal2fa.profile_mailbox import Mailbox
from steps.tasks import mailed_links, moving, resetting

PORTAL = "https://portal.example"


def somebody(links: tuple[str, ...], **mailbox: Any) -> tuple[Any, Mail]:
    """Who got a mail with these links."""
    profile = SimpleNamespace(mailbox=Mailbox(**mailbox))
    guard = SimpleNamespace(allows=lambda address: address.startswith(PORTAL))
    found = Mail("1", ("ana@a.example",), "A new password", (), links=links)
    return SimpleNamespace(world=SimpleNamespace(profile=profile, guard=guard)), found


def test_of_a_link_to_the_portal_and_one_elsewhere_the_first_leads_on() -> None:
    actor, found = somebody((f"{PORTAL}/reset/x", "https://shop.example/", f"{PORTAL}/reset/x"))
    assert mailed_links._leading_on(actor, found) == f"{PORTAL}/reset/x"


def test_a_link_that_leads_elsewhere_is_taken_where_there_is_no_other() -> None:
    actor, found = somebody(("https://stranger.example/reset/x",))
    assert mailed_links._leading_on(actor, found) == "https://stranger.example/reset/x"


def test_of_several_the_pattern_of_the_profile_tells_which() -> None:
    links = (f"{PORTAL}/", f"{PORTAL}/reset/x")
    with pytest.raises(CannotTell, match="holds 2 links"):
        mailed_links._leading_on(*somebody(links))
    assert mailed_links._leading_on(*somebody(links, link_pattern="/reset/")) == f"{PORTAL}/reset/x"
    with pytest.raises(CannotTell, match="holds 0 links"):
        mailed_links._leading_on(*somebody(links, link_pattern="/nowhere/"))


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [
        ("/reset/1234", "/reset/1235", 13),
        ("/reset/beef", "/reset/cafe", 16),
        ("/reset/abcdefgh", "/reset/abcdefgi", 41),
        ("/reset/Ab_-efghijklmnop", "/reset/Ab_-efghijklmnoq", 96),
        ("/reset/NA/1234?next=/client", "/reset/NA/9999?next=/client", 13),
        ("/reset/same", "/reset/same", 0),
    ],
)
def test_bits_are_those_of_the_longest_piece_that_the_other_link_lacks(one: str, other: str, bits: int) -> None:
    assert int(mailed_links.bits_of_its_own(PORTAL + one, PORTAL + other)) == bits


@pytest.mark.parametrize(
    ("address", "pattern"),
    [
        ("ana@portal.example", r"ana\+[0-9a-f]{8}@portal\.example"),
        ("qa+ana@portal.example", r"qa\+ana-[0-9a-f]{8}@portal\.example"),
    ],
)
def test_another_address_is_one_of_the_same_mailbox(address: str, pattern: str) -> None:
    assert re.fullmatch(pattern, moving.another_address(address))
    assert moving.another_address(address) != moving.another_address(address)


def test_a_new_password_has_signs_of_every_kind_and_is_no_other() -> None:
    password = resetting.new_password()
    assert len(password) >= 15
    assert all(re.search(kind, password) for kind in ("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9]"))
    assert resetting.new_password() != password
