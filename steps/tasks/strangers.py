"""What somebody from outside may try: a frame around the portal, a link that leads away, another name for it."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from playwright.sync_api import Request

from fixtures import contents
from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from portal2fa.origins import place_below
from steps.tasks import navigation, sending, signing_in

NAME = "stranger.example"
"""A host that is nobody's (RFC 2606 section 3)."""
_GOES_ON = (
    "next",
    "goto",
    "return",
    "return_to",
    "returnUrl",
    "redirect",
    "redirect_to",
    "redirect_uri",
    "continue",
    "url",
)
"""How portals call the place to go on to after a sign-in."""
_NAMES = {
    "X-Forwarded-Host": NAME,
    "X-Host": NAME,
    "X-Original-Host": NAME,
    "X-Forwarded-Server": NAME,
    "Forwarded": f"host={NAME}",
}
"""The headers in which a portal may be called by another name: those of RFC 7239 section 5.3, and those before it."""
_REDIRECTS = range(300, 400)
_REFUSED = "ERR_BLOCKED_BY_RESPONSE"
"""What Chromium says where a portal does not let itself be framed."""


def frame(actor: Actor) -> str:
    """Show the page in sight inside of a page of nobody's; the address that is shown there, empty if it is refused.

    Raises `CannotTell` where the browser shows nothing for another reason.
    """
    address, window = actor.portal.page.url, actor.portal.context.new_page()
    failed: list[str] = []

    def note(request: Request) -> None:
        failed.append(request.failure or "")

    window.on("requestfailed", note)
    try:
        window.set_content(f'<iframe src="{html.escape(address)}"></iframe>')
        shown = window.frames[-1].url
    finally:
        window.close()
    if place_below(actor.portal.url, shown):
        return shown
    if not any(_REFUSED in reason for reason in failed):
        raise CannotTell("Nothing came into the frame.", cause=f"the browser said: {', '.join(failed) or 'nothing'}")
    return ""


def sign_in_by_link(actor: Actor) -> None:
    """Sign in where a link leads that asks to go on to a stranger's site, by every name that portals have for that."""
    portal = actor.fresh_browser()
    _note_redirects(actor)
    place = portal.addresses("sign_in")[0]
    wishes = dict(parse_qsl(urlsplit(place).query)) | dict.fromkeys(
        [*_GOES_ON, *_asked_by_the_portal(actor)], f"https://{NAME}/"
    )
    portal.go(f"{place.partition('?')[0]}?{urlencode(wishes)}")
    portal.walk("sign_in")
    if portal.wait_for("signed_in", *navigation.challenges(actor)) in navigation.challenges(actor):
        sending.give_right(actor)


def _note_redirects(actor: Actor) -> None:
    """Note where answers lead, also those that the browser does not follow, as it says nothing else of them.

    A content policy that keeps forms from being led away is heeded by some browsers only.
    """
    led: list[str] = actor.notes.setdefault("led", [])
    below = actor.portal.context.new_cdp_session(actor.portal.page)

    def note(answer: dict[str, Any]) -> None:
        led.extend(value for name, value in answer["headers"].items() if name.lower() == "location")

    below.on("Network.responseReceivedExtraInfo", note)
    below.send("Network.enable")


def led_to(actor: Actor) -> list[str]:
    """Where the portal or its pages led to the stranger's site since somebody listens; not every browser follows."""
    heard = actor.listen()
    asked = [*actor.notes.get("led", []), *(asked.url for asked in heard.requests)]
    asked += [urljoin(one.url, one.headers.get("location", "")) for one in heard.answers if one.status in _REDIRECTS]
    return sorted({address for address in asked if urlsplit(address).hostname == NAME})


def _asked_by_the_portal(actor: Actor) -> list[str]:
    """How this portal calls the place to go on to, as it does where somebody comes who is not signed in."""
    names = []
    for address in actor.portal.addresses("protected"):
        location = signing_in.fetch(actor, address, follow=False).headers.get("location", "")
        names += [name for name, _ in parse_qsl(urlsplit(urljoin(address, location)).query)]
    return names


def call_by_another_name(actor: Actor) -> None:
    """From now on every request says that the portal was asked for by a stranger's name."""
    actor.portal.context.set_extra_http_headers(_NAMES)


def links_to_the_name(links: Iterable[str]) -> list[str]:
    """Those of `links` that lead to the stranger's site."""
    return sorted({link for link in links if urlsplit(link).hostname == NAME})


def places_with_the_name(actor: Actor) -> list[str]:
    """Where the stranger's name has come to: what the app was told, and what is in sight or behind it."""
    told = {"the app": actor.scanned[-1].text, "the screen": contents.of(actor.portal.page).markup}
    return [where for where, text in told.items() if NAME in text]
