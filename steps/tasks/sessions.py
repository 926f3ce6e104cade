"""What a browser holds of a sign-in: kept and brought back, left alone, or shown to the portal in another way."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from fixtures.actor import Actor
from fixtures.portal import Portal
from portal2fa.errors import CannotTell
from steps.tasks import navigation, signing_in

_DRAWN_SECONDS = 2.0
"""How long a page to which somebody goes back may take to draw itself."""


def keep(actor: Actor) -> None:
    """Take down all cookies that the browser holds now."""
    actor.notes["kept_cookies"] = actor.portal.context.cookies()


def opened_with_kept(actor: Actor) -> list[str]:
    """What opens in a browser that holds nothing but what was kept; the old window is kept."""
    kept, window = actor.portal, actor.fresh_browser()
    window.context.add_cookies(actor.notes["kept_cookies"])
    opened = signing_in.reachable(actor)
    actor.shut(window)
    actor.look_through(kept)
    return opened


def open_another(actor: Actor) -> None:
    """Go on in a fresh browser, and leave the present one as it is."""
    actor.notes["other_window"] = actor.portal
    actor.fresh_browser()


def opened_in_the_other(actor: Actor) -> list[str]:
    """What opens in the browser that was left; the present window is kept."""
    kept = actor.portal
    actor.look_through(actor.notes["other_window"])
    opened = signing_in.reachable(actor)
    actor.look_through(kept)
    return opened


def opened_by_header(actor: Actor) -> list[str]:
    """What opens for name and password in a header (RFC 7617), as programs give them; the window is kept."""
    kept, window = actor.portal, actor.fresh_browser()
    given = base64.b64encode(f"{actor.values['username']}:{actor.account.password}".encode()).decode()
    addresses = window.addresses("protected")
    window.context.set_extra_http_headers({"Authorization": f"Basic {given}"})
    opened = []
    for address in addresses:
        window.go(address)
        seen = window.wait_for("signed_in", "sign_in_form", *navigation.challenges(actor))
        opened += [urlsplit(address).path] if seen == "signed_in" else []
    actor.look_through(kept)
    return opened


def complete_anew(actor: Actor) -> bool:
    """Whether a fresh sign-in with the second factor opens what lies behind the sign-in."""
    signing_in.from_fresh_browser(actor)
    actor.answer = None
    return signing_in.finish(actor)


def sign_out(actor: Actor) -> None:
    """From the client area, by the portal's own way; raises `CannotTell` where it does not end at a sign-in."""
    actor.portal.open("client_area")
    actor.portal.wait_for("signed_in")
    actor.portal.walk("sign_out")
    signing_in_again = actor.portal.wait_for("sign_in_form", seconds=2) or "signed_in" not in _shown(actor)
    if not signing_in_again:
        raise CannotTell("The sign-out did not lead out.", hint="mend paths.sign_out of the profile")


def shown_of_the_account(actor: Actor) -> str:
    """What in sight tells whose account it is, or that somebody is signed in; empty where nothing does."""
    portal = actor.portal
    if portal.wait_for("signed_in", "sign_in_form", seconds=_DRAWN_SECONDS) == "signed_in":
        return "that somebody is signed in"
    return "the name" if actor.account.is_named_in(portal.page.inner_text("body")) else ""


def sign_in_again(actor: Actor) -> None:
    """Give the right password in the browser in use, with all that it keeps."""
    actor.answer = None
    navigation.sign_in_with_password(actor)


def borrow(actor: Actor, browser: Portal) -> None:
    """Look through somebody else's browser from now on."""
    actor.look_through(Portal(browser.context, actor.world.profile, browser.url, actor.values, actor.world.recorder))


def _shown(actor: Actor) -> list[str]:
    return ["signed_in"] if actor.portal.sees("signed_in") else []
