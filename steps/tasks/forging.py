"""Requests that the portal's own pages did not send so: a stranger's site sends them, or they name somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from playwright.sync_api import BrowserContext, Error, Route

from fixtures import contents
from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import at_once, by_hand, looking, navigation, requesting, sending, setting_up, signing_in, turning_off

_MARK = re.compile(r"[\w+/=.:-]{16,}")
"""What a portal may have put into a form to know it by: no stranger can guess so many signs."""
_FORM = "application/x-www-form-urlencoded"
_OWN = ("origin", "referer")
"""Headers by which a portal knows what its own pages send, beside those that scripts add."""
_SEND = """([url, fields]) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: url });
    form.append(...fields.map(([name, value]) => Object.assign(document.createElement('input'), { name, value })));
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
}"""
"""What any site can make a browser send, with the portal's cookies and without a question before."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as the portal's page was about to send it."""

    url: str
    type: str
    body: str
    begins: str = ""
    """The method whose set-up it would begin, where it would."""
    verb: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)
    """What the portal may know its own pages by, beside the type."""


def catch_start(actor: Actor, method: str) -> None:
    """Ask for the set-up of a method, and keep back what would begin it; the portal never hears of it."""
    caught = _caught(actor, f"start_{method}", begins=method)
    if not caught:
        raise CannotTell("Nothing that a stranger's site could send begins the set-up.", cause="no request changes it")
    actor.notes["caught"] = caught[0]


def catch_wish(actor: Actor) -> None:
    """Ask for a new code, and keep back what would ask the portal for it."""
    caught = _caught(actor, "resend")
    if not caught:
        raise CannotTell(
            "Nothing that a program could send asks for a new code.",
            cause="no request that changes something followed when a new code was asked for",
            hint="look at the picture, then mend paths.resend of the profile",
        )
    actor.notes["caught"] = caught[0]


def _caught(actor: Actor, path: str, begins: str = "") -> list[Sent]:
    """What the pages were about to send on a path by which a code is asked for."""
    caught: list[Sent] = []

    def keep(route: Route) -> None:
        request = route.request
        own = {name: value for name, value in request.headers.items() if name in _OWN or name.startswith("x-")}
        form = request.headers.get("content-type", _FORM)
        caught.append(Sent(request.url, form, request.post_data or "", begins, request.method, own))
        route.fulfill(status=204)  # browsers stay where they are then (RFC 9110 section 15.3.5)

    requesting.expect_code(actor)
    actor.world.recorder.did("keep back from the portal what the next steps send")
    _walking(actor, keep, lambda: actor.portal.walk(path))
    return caught


def send_as_caught(actor: Actor, times: int) -> None:
    """Send what was caught so many times over, with all that the portal's own page had put into it."""
    caught: Sent = actor.notes["caught"]
    headers = {**caught.headers, "content-type": caught.type}
    fields = [name for name, _ in parse_qsl(caught.body, keep_blank_values=True)]
    for _ in range(times):
        actor.world.recorder.did(by_hand.sent(caught.url, fields))
        signing_in.send_once(actor, caught.url, method=caught.verb, headers=headers, data=caught.body)


def send_from_a_stranger(actor: Actor) -> None:
    """Let a page of another site send what was caught, but for the marks that only the portal's pages know.

    A portal that takes it may have switched the method on by that alone, so the account is put back afterwards.
    Its window is left to be closed with the browser: Chromium may never close one that is about to show an answer.
    """
    caught: Sent = actor.notes["caught"]
    if not caught.type.startswith(_FORM):
        raise CannotTell("The portal begins the set-up by no form, and a stranger's site can send nothing else.")
    window, site = actor.portal.context.new_page(), neighbour(actor.portal.url)
    fields = unmarked(caught.body, set(actor.values.values()))
    actor.world.recorder.did(f"from a page of {site}: {by_hand.sent(caught.url, [name for name, _ in fields])}")
    window.route(f"{site}/**", lambda route: route.fulfill(content_type="text/html", body="<title>A site</title>"))
    setting_up.put_back_afterwards(actor, caught.begins)
    try:
        window.goto(f"{site}/")
        with window.expect_response(caught.url):
            window.evaluate(_SEND, [caught.url, fields])
    except Error as error:
        raise CannotTell("The stranger's site could not send it.", cause=str(error).splitlines()[0]) from error


def neighbour(url: str) -> str:
    """A site of somebody else on the portal's own host: to it the browser's cookies are sent along, whatever they say.

    So nothing but the portal's own look at a request protects it.
    """
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{port + 1 if port < 65_535 else port - 1}"


def unmarked(body: str, own: Collection[str]) -> list[tuple[str, str]]:
    """The fields of a form without the marks of the portal; what the person typed, among `own`, is none."""
    fields = parse_qsl(body, keep_blank_values=True)
    return [(name, value) for name, value in fields if value in own or not _MARK.fullmatch(value)]


def start_from_the_portal(actor: Actor, method: str) -> None:
    """Begin the same set-up as customers do; raises `CannotTell` where it takes more than what was caught."""
    sent = len(_changing(actor))
    setting_up.start(actor, method)
    if len(_changing(actor)) != sent + 1:
        raise CannotTell("The set-up takes more than one request, so that one of them did nothing proves nothing.")


def _changing(actor: Actor) -> list[str]:
    return [one.url for one in actor.listen().requests if one.method not in at_once.LOOKS]


def turn_off_naming(actor: Actor, other: Actor) -> None:
    """Ask to turn two-factor sign-in off, with `other` named in the request wherever it names the person."""
    navigation.reach(actor, "two_factor")
    _naming(actor, other, lambda: turning_off.turn_off(actor))


def give_code_naming(actor: Actor, other: Actor) -> None:
    """Give the right code where a sign-in waits for it, with `other` named in the same way."""
    _naming(actor, other, lambda: sending.give_right(actor))


def shows(actor: Actor, other: Actor) -> bool:
    """Whether the client area, as the browser of a person opens it, holds the name of `other`.

    Raises `CannotTell` where `other` has no name, and where nothing says what was opened.
    """
    looking.must_have_a_name(other)
    portal, known = actor.portal, ("signed_in", "sign_in_form", *navigation.challenges(actor))
    portal.open("client_area")
    if portal.wait_for(*known) is None:
        raise CannotTell(
            "Whether the client area shows another customer cannot be told.",
            cause=f"none of {', '.join(f'notices.{name}' for name in known)} came in time",
            hint="look at the picture, then mend these notices or places.client_area",
            missing=[f"notices.{name}" for name in known],
        )
    return other.account.is_named_in(contents.of(portal.page).words)


def _naming(actor: Actor, other: Actor, walk: Callable[[], object]) -> None:
    own = {"username": actor.account.username, "email": actor.values["email"]}
    names = {own[key]: other.values[key] for key in own}

    def change(route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        url = urlunsplit(parts._replace(path=renamed(parts.path, names), query=renamed(parts.query, names)))
        route.fallback(url=url, post_data=renamed(request.post_data or "", names))

    actor.world.recorder.did("name another customer in what the next steps send, wherever it names the person")
    _walking(actor, change, walk)


def renamed(text: str, names: dict[str, str]) -> str:
    """A text that names others, also where the names are written as in addresses and forms."""
    for own, other in names.items():
        for written in (str, lambda name: quote(name, safe=""), lambda name: quote(name, safe="@")):
            text = text.replace(written(own), written(other))
    return text


def _walking(actor: Actor, handle: Callable[[Route], None], walk: Callable[[], object]) -> None:
    """Walk with every request that changes something handed to `handle`; that the way ends there is no matter."""
    context: BrowserContext = actor.portal.context
    handled: list[str] = []

    def look(route: Route) -> None:
        if at_once.changes(route):
            handled.append(route.request.url)
            handle(route)
        else:
            route.fallback()

    context.route(at_once.ANYWHERE, look)
    try:
        walk()
    except CannotTell:
        if not handled:
            raise
    finally:
        context.unroute(at_once.ANYWHERE, look)
