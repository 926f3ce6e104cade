"""What the browser keeps for the portal: cookies and storage, and which of the cookies keeps somebody signed in."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import looking, signing_in

_STORES = """() => {
    if (origin === 'null') return {};
    const all = store => Object.keys(store).map(name => `${name} ${store.getItem(name)}`).join(' ');
    return { 'local storage': all(localStorage), 'session storage': all(sessionStorage) };
}"""
"""Entries are asked for by `getItem`: one that is called like a method of the store is found by nothing else.

A frame without an origin of its own may keep nothing.
"""


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
    context = actor.portal.context
    needed = []
    for cookie in context.cookies(actor.portal.url):
        context.clear_cookies(name=cookie["name"], domain=cookie["domain"], path=cookie["path"])
        if not signing_in.reachable(actor, expected=True):
            needed.append(cookie["name"])
        context.add_cookies([cookie])  # type: ignore[list-item]  # what is read can be written, says Playwright
    if not needed:
        raise CannotTell(
            "No cookie keeps the person signed in.",
            cause="without each of them places still opened",
            hint="mend places.protected: it may list places that anybody can open",
        )
    return [heard.get(name, SetCookie(name, {})) for name in needed]


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
