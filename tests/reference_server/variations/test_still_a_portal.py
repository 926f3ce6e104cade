"""Every variation is a portal that opens for its customers alone, and is not the right portal over again."""

from __future__ import annotations

import re

import pytest

from reference_server.variations.served import all_variations
from tests.reference_server.conftest import SETTINGS
from tests.reference_server.faults.conftest import Portal

ADDRESSES = {"/client": "/my", "/sign-in": "/login"}
PAGES = ("/sign-in", "/client", "/client/security", SETTINGS, f"{SETTINGS}/choose")
FILES = ("/static/portal.css", "/static/copy.js", "/static/variation.js")


def moved(variation: str, path: str) -> str:
    """Where the variation has a page."""
    if variation == "other-addresses":
        for old, new in ADDRESSES.items():
            path = path.replace(old, new)
    return path


def shown(portal: Portal, variation: str = "") -> str:
    """All that a signed-in customer is shown of the settings, without what differs from one account to the next."""
    world = portal(variation)
    account = world.account()
    browser = world.signed_in(account)
    texts = []
    for path in (*PAGES, *FILES):
        page = browser.get(moved(variation, path))
        texts.append(f"{page.status_code} {page.text}")
    text = "\n".join(texts).replace(account["username"], "USER")
    return re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", text)


@pytest.mark.parametrize("variation", all_variations())
def test_pages_open_for_a_customer_and_for_nobody_else(portal: Portal, variation: str) -> None:
    world = portal(variation)
    browser = world.signed_in()
    stranger = world.browser()
    for path in (moved(variation, page) for page in PAGES[1:4]):
        assert browser.get(path).status_code == 200
        assert "Ana Example" in browser.text
        assert stranger.get(path).status_code == 200
        assert "Ana Example" not in stranger.text


BEHAVES = {
    "no-front-page",
    "slow-pages",
    "no-tolerance",
    "eight-digit-mail-codes",
    "mail-code-in-two-groups",
    "mails-with-other-numbers",
    "html-only-mails",
    "late-mails",
    "interstitial",
    "other-backup-codes",
    "two-page-sign-in",
    "codes-in-one-field",
    "number-fields",
    "mail-on-request",
    "manual-key-behind-a-button",
    "no-resend",
    "backup-code-uncovered",
    "ten-backup-codes",
    "methods-together",
}
"""What differs only later than on these pages, or in what happens."""


def test_what_is_shown_differs(portal: Portal) -> None:
    right = shown(portal)
    same = {variation for variation in all_variations() if shown(portal, variation) == right}
    assert same == BEHAVES
