"""What went between the browser and the web: addresses, strangers, and what answers say of themselves in headers."""

from __future__ import annotations

import contextlib
import re
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Error, Response

from fixtures.actor import Actor
from fixtures.portal import DOWN
from portal2fa.errors import CannotTell
from steps.tasks import looking

_TOLD = ("document", "xhr", "fetch")
"""Kinds of answers in which a portal tells people something of theirs."""
DISCREET = (
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "origin",
    "origin-when-cross-origin",
)
"""The values of `Referrer-Policy` by which no other site is told the path."""
_DRAWINGS = """found => found.map(e => [e, ...e.querySelectorAll('*')]
    .flatMap(one => [...one.attributes].map(attribute => attribute.value)).filter(value => value.length >= 60))"""
"""Long values of attributes: no words of the page are as long."""
_WEB = ("http", "https", "ws", "wss")


def strangers(actor: Actor) -> list[str]:
    """The hosts beyond the portal's own that were asked for anything since somebody listens."""
    addresses = [request.url for request in actor.listen().requests]
    asked = [one for one in addresses if urlsplit(one).scheme in _WEB and not actor.world.guard.allows(one)]
    return sorted({urlsplit(one).netloc for one in asked})


def addresses_with(actor: Actor, secrets: list[str]) -> list[str]:
    """The places, without what follows, whose addresses carry any of `secrets`."""
    found = [request.url for request in actor.listen().requests]
    carriers = [one for one in found if any(looking.holds(unquote(one), secret) for secret in secrets)]
    return sorted({urlsplit(one).path for one in carriers})


def answer_in_sight(actor: Actor) -> Response:
    """The answer that made the page in sight."""
    page = actor.portal.page
    made = [one for one in _own_answers(actor) if one.request.is_navigation_request() and one.frame == page.main_frame]
    if not made:
        raise CannotTell("The answer that made what is in sight was not heard.")
    return made[-1]


def answers_with(actor: Actor, secret: str) -> list[Response]:
    """Every answer that holds `secret`, or may: what made the page in sight counts, unless a script put it there.

    That is where another answer holds it, and what made the page can be read and has it neither in words nor drawn.
    """
    made = answer_in_sight(actor)
    others = [one for one in _own_answers(actor) if one is not made and looking.holds(_text(one) or "", secret)]
    return others if others and not _may_hold(actor, made, secret) else [made, *others]


def _may_hold(actor: Actor, made: Response, secret: str) -> bool:
    text = _text(made)
    if text is None:
        return True
    words = re.sub(r"<[^>]*>", "", text)
    return any(looking.holds(one, secret) for one in (text, words)) or any(one in text for one in _drawings(actor))


def _drawings(actor: Actor) -> list[str]:
    """What the QR code in sight is drawn by: paths, and pictures that stand in an address."""
    if "qr_code" not in actor.portal.profile.controls:
        return []
    drawn: list[list[str]] = actor.portal.control("qr_code").evaluate_all(_DRAWINGS)
    return [value for values in drawn for value in values]


def may_be_kept(answer: Response) -> bool:
    """Whether a browser or a proxy may keep an answer (RFC 9111 section 5.2.2.5)."""
    directives = re.split(r"\s*,\s*", header(answer, "cache-control").lower())
    return "no-store" not in directives


def header(answer: Response, name: str) -> str:
    """The value of a header; empty where there is none, several in one line as HTTP has it."""
    return answer.headers.get(name, "").replace("\n", ", ").strip()


def errors(actor: Actor) -> list[str]:
    """What the portal answered with an error of its own, and with which status; being away is none."""
    broken = [one for one in actor.listen().answers if one.status >= 500 and one.status not in DOWN]
    return [f"{urlsplit(one.url).path} answered with status {one.status}" for one in broken]


def policies(answer: Response) -> list[dict[str, list[str]]]:
    """The content policies of an answer, each as its directives with their sources."""
    told = (policy.split(";") for policy in header(answer, "content-security-policy").split(","))
    words = ([directive.split() for directive in policy if directive.strip()] for policy in told)
    return [{name.lower(): sources for name, *sources in policy} for policy in words if policy]


def says_what_may_run(policy: dict[str, list[str]]) -> bool:
    """Whether a policy lists or marks what may be run, and keeps plug-ins and other bases out."""
    scripts = policy.get("script-src", policy.get("default-src"))
    marked = any(source.startswith(("'nonce-", "'sha")) for source in scripts or ())
    loose = set() if marked else {"*", "http:", "https:", "'unsafe-inline'"}
    objects = policy.get("object-src", policy.get("default-src"))
    return scripts is not None and not loose & set(scripts) and objects == ["'none'"] and "base-uri" in policy


def _own_answers(actor: Actor) -> list[Response]:
    return [
        one
        for one in actor.listen().answers
        if one.request.resource_type in _TOLD
        and actor.world.guard.allows(one.url)
        and one.status not in range(300, 400)
    ]


def _text(answer: Response) -> str | None:
    """What an answer says; None where the browser has forgotten it, as it does when it goes elsewhere."""
    with contextlib.suppress(Error, UnicodeDecodeError):
        return answer.text()
    return None
