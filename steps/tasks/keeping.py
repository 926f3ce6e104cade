"""What the browser keeps for the portal: cookies and storage, and which of the cookies keeps somebody signed in."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from playwright.sync_api import BrowserContext, Cookie, Page, Route

from fixtures import awaiting
from fixtures.actor import Actor
from fixtures.portal import Portal
from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import at_once, looking, signing_in, waiting

_STORES = """() => {
    if (origin === 'null') return {};
    const all = store => Object.keys(store).map(name => `${name} ${store.getItem(name)}`).join(' ');
    return { 'local storage': all(localStorage), 'session storage': all(sessionStorage) };
}"""
"""Entries are asked for by `getItem`: one that is called like a method of the store is found by nothing else.

A frame without an origin of its own may keep nothing.
"""

_ANSWERED_SECONDS = 10.0
"""Patience with what the window had asked for: a reply that never ends, as of a long poll, is not waited for."""
_QUIET_SECONDS = 0.5
"""What was just asked for is not yet known to be under way; so long Playwright's `networkidle` waits as well."""


@dataclass(frozen=True, slots=True)
class SetCookie:
    """A cookie as the portal set it: its name and its attributes in lower case (RFC 6265 section 4.1)."""

    name: str
    attributes: dict[str, str]


def places_with(actor: Actor, secret: str) -> list[str]:
    """What the browser keeps that holds `secret`, plain or in an encoding that hides nothing."""
    return [where for where, text in _kept(actor).items() if any(looking.holds(form, secret) for form in _read(text))]


def _kept(actor: Actor) -> dict[str, str]:
    context = actor.portal.context
    actor.portal.page.wait_for_load_state()  # until then the scripts may be missing that keep things
    stores = [frame.evaluate(_STORES) for frame in actor.portal.page.frames]
    kept = {name: " ".join(one[name] for one in stores if one) for name in stores[0]}
    kept |= {f"the cookie {cookie['name']}": cookie["value"] for cookie in context.cookies()}
    databases = [origin.get("indexedDB", []) for origin in context.storage_state(indexed_db=True)["origins"]]
    return kept | {"a database of the browser": json.dumps(databases)}


def _read(text: str) -> Iterator[str]:
    """A text as it is, and as it reads when percent signs and base64 are undone."""
    plain = unquote(text)
    yield plain
    for word in plain.replace('"', " ").replace(".", " ").split():
        padded = word.replace("-", "+").replace("_", "/") + "=" * (-len(word) % 4)
        try:
            yield base64.b64decode(padded, validate=True).decode()
        except ValueError:  # it is no base64, or no text
            continue


def keepers(actor: Actor) -> list[SetCookie]:
    """The cookies without which the person is no longer signed in, as the portal set them.

    Raises `CannotTell` where none is: the portal keeps the sign-in elsewhere, or shows what is behind it to anybody.
    """
    heard = _set_by_the_portal(actor)  # first: what a window heard cannot be asked for once it is closed
    needed = []
    with _on_trial(actor.portal) as cookies:
        for cookie in actor.portal.context.cookies(actor.portal.url):
            cookies.put([other for other in cookies.kept if _named(other) != _named(cookie)])
            if not signing_in.reachable(actor, expected=True):
                needed.append(cookie["name"])
    if not needed:
        raise CannotTell(
            "No cookie keeps the person signed in.",
            cause="without each of them places still opened",
            hint="mend places.protected: it may list places that anybody can open",
        )
    return [heard.get(name, SetCookie(name, {})) for name in needed]


@dataclass(frozen=True)
class _Cookies:
    """The cookies of a browser, some of which are taken away for a while."""

    context: BrowserContext
    kept: list[Cookie]

    def put(self, cookies: list[Cookie]) -> None:
        """Let the browser have these and no others."""
        self.context.clear_cookies()
        self.context.add_cookies(cookies)  # type: ignore[arg-type]  # what is read can be written, says Playwright


@contextlib.contextmanager
def _on_trial(portal: Portal) -> Iterator[_Cookies]:
    """All cookies, which come back at the end.

    Meanwhile nothing that the window asks for by itself reaches the portal: without a cookie it would be somebody
    else's, and its answer could set another one.
    """
    window = portal.page
    portal.fall_silent()
    window.route(at_once.ANYWHERE, _abort)
    try:
        _wait_for_answers(window)
        cookies = _Cookies(portal.context, portal.context.cookies())
        try:
            yield cookies
        finally:
            cookies.put(cookies.kept)
    finally:
        window.unroute(at_once.ANYWHERE, _abort)


def _wait_for_answers(window: Page) -> None:
    since = clock.moment()

    def is_quiet() -> bool:
        nonlocal since
        if not awaiting.answered(window):
            since = clock.moment()
        return clock.moment() - since >= _QUIET_SECONDS

    waiting.until(is_quiet, _ANSWERED_SECONDS)


def _named(cookie: Cookie) -> tuple[str | None, ...]:
    """What makes a cookie this one (RFC 6265 section 5.3): the rest may change with each answer."""
    return cookie.get("name"), cookie.get("domain"), cookie.get("path")


def _abort(route: Route) -> None:
    route.abort()


def _set_by_the_portal(actor: Actor) -> dict[str, SetCookie]:
    """Every cookie that an answer set, as the last one did; one that a script set is not among them."""
    lines = [line for answer in actor.listen().answers for line in answer.header_values("set-cookie")]
    return {one.name: one for one in map(_parse, lines)}


def _parse(line: str) -> SetCookie:
    pair, *rest = line.split(";")
    attributes = {
        key.strip().lower(): value.strip().lower() for key, _, value in (part.partition("=") for part in rest)
    }
    return SetCookie(pair.partition("=")[0].strip(), attributes)
