"""What a portal offers besides the way itself: help, support, stores, and the places behind the sign-in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Goal
from portal2fa.errors import CannotTell
from portal2fa.origins import place_below
from steps.tasks import following
from steps.tasks.drafting import entering
from steps.tasks.drafting.walker import Walker, place_of

_STORES = {"google_play": ("play.google.com",), "app_store": ("apps.apple.com", "itunes.apple.com")}
_HELP: dict[str, tuple[Goal, tuple[str, ...]]] = {
    "help_link": (goals.WHAT_IS_IT, ("off", "choice", "front", "sign_in")),
    "turn_off_help_link": (goals.HOW_TO_TURN_OFF, ("off", "on", "front", "sign_in")),
}
_CONTACT: dict[str, tuple[Goal, tuple[str, ...]]] = {
    "support_link": (goals.SUPPORT, ("sign_in", "asked_time_based", "asked_email")),
    "live_chat": (goals.LIVE_CHAT, ("sign_in", "front")),
}
_UNSEEN = {
    "manual_key": "no QR code was seen",
    "backup_replacement": "no backup code was used",
    "turn_off_password": "no password was asked for",
    "turn_off": "no way to switch it off was found",
    "resend": "nothing speaks of a new code",
}
"""What is said of a capability that nothing was found of."""
_PROTECTED = ("they show the customer's name, and nothing of it to somebody who is not signed in",)
_NAMES_PAGE = re.compile(r"[A-Za-z_]+=[A-Za-z_-]{2,24}")
_DEEDS = ("sign_out", "harmful", "enable", "disable", "change", "confirm", "cancel", "resend", "request_mail", "agree")
_PLACES = 6
"""So many further places behind the sign-in are enough."""


def learn_stores(walker: Walker, page: Snapshot) -> None:
    """Find the links to the app in the stores, by where they lead, on the page that is open now."""
    for control, hosts in _STORES.items():
        if walker.draft.value("controls", control) is not None:
            continue
        for element in page.of_kind("link"):
            if urlsplit(element.href).hostname in hosts:
                walker.control(control, element, sure=True, why=(f"it leads to {urlsplit(element.href).hostname}",))
                break


def conclude(walker: Walker) -> None:
    """Say of what the walk would have come across that it is not offered."""
    both = all(walker.draft.value("controls", control) is not None for control in _STORES)
    if both:
        walker.offer("store_links", True, "links to both stores were found", by="controls.google_play")
    else:
        walker.lack("store_links", "no links to both stores")
        for control in _STORES:
            walker.draft.drop("controls", control)
    for capability, why in _UNSEEN.items():
        if walker.draft.value("capabilities", capability) is None:
            walker.lack(capability, why)


def learn_help(walker: Walker) -> None:
    """Find the ways to explanations on the pages where people look for them who are signed in."""
    _learn_links(walker, _HELP)


def learn_contact(walker: Walker) -> None:
    """Find the ways to support and chat, in a fresh browser: who cannot sign in looks for them."""
    walker.actor.fresh_browser()
    _learn_links(walker, _CONTACT)


def _learn_links(walker: Walker, links: dict[str, tuple[Goal, tuple[str, ...]]]) -> None:
    for name, (goal, pages) in links.items():
        found = next((page for page in _known(walker, pages) if walker.best(goal, page)), None)
        if found is not None and _point(walker, name, goal, found):
            walker.offer(name, True, "its words say so", sure=False, by=f"controls.{name}")
        else:
            walker.lack(name, "nothing that says so and leads to a heading of its own")


def _known(walker: Walker, names: Iterable[str]) -> list[Snapshot]:
    return [walker.pages[name] for name in names if name in walker.pages]


def _point(walker: Walker, name: str, goal: Goal, page: Snapshot) -> bool:
    """Point at it on a page that can be opened by its address."""
    again = walker.go(page.url.removeprefix(walker.actor.portal.url))
    candidate = walker.best(goal, again)
    if candidate is None:
        return False
    if not _leads_on(walker, following.LEADS_TO[name], candidate.element, again):
        return False
    found = walker.best(goal, walker.go(page.url.removeprefix(walker.actor.portal.url)))
    if found is None:
        return False
    try:
        walker.control(name, found.element, why=found.reasons)
    except CannotTell as error:  # the rest of the draft can do without
        walker.remark(str(error))
        return False
    return True


def _leads_on(walker: Walker, notice: str, element: Element, before: Snapshot) -> bool:
    """Note the heading of what a link or button leads to; whether it has one that is nowhere before it."""
    place = place_below(walker.actor.portal.url, element.href)
    inside = place and element.href.partition("#")[0] != before.url.partition("#")[0]
    after = walker.go(place) if inside else walker.press(element, before)
    known = {found.text for page in (before, walker.pages["sign_in"]) for found in page.of_kind("heading")}
    headings = [found for found in after.of_kind("heading") if found.text not in known]
    anchor = element.href.partition("#")[2]
    there = [found for found in headings if anchor and anchor in (found.element_id, found.css.partition(" ")[0][1:])]
    heading = next(iter([*there, *headings]), None)
    pointer = walker.point(heading, alone=False) if heading is not None else None
    if pointer is not None:
        walker.put("notices", notice, pointer, heading, why=("it is the heading of what the link leads to",))
    return pointer is not None


def learn_places(walker: Walker) -> None:
    """List the places that only somebody who is signed in may see: those of the way, and some of the menus."""
    own = _own(walker)
    found = [place for place in dict.fromkeys(own) if place]
    for path in (*_beside(walker), *_in_menus(walker)):
        if path not in found and not entering.is_personal(walker, path):
            found.append(path)
    opened = [place for place in found[: len(set(own)) + _PLACES] if _is_protected(walker, place)]
    if opened:
        walker.put("places", "protected", opened, sure=True, why=_PROTECTED)
        walker.put("places", "revisit", opened, why=("the places behind the sign-in",))
    else:
        walker.gap("places", "protected", f"of {', '.join(found)} none opens only after a sign-in")


def spare_set_up(walker: Walker, page: Snapshot) -> None:
    """Take the page where a set-up begins out of what is asked for before the code: that may end the sign-in."""
    own = _own(walker)
    place, listed = place_of(page.url), walker.draft.value("places", "protected") or []
    if place in listed and place not in own:
        rest, shown = [other for other in listed if other != place], walker.picture_of("places.protected")
        walker.put("places", "protected", rest, sure=True, why=_PROTECTED, shown=shown)


def _own(walker: Walker) -> list[str | None]:
    """The places of the way itself, as far as they are known."""
    return [walker.draft.value("places", name) for name in ("client_area", "security_settings", "two_factor")]


def _in_menus(walker: Walker) -> list[str]:
    """Where the menus of the client area lead."""
    menus = [e for e in walker.pages["client_area"].of_kind("link") if e.landmark in ("nav", "header")]
    return [path for element in menus if (path := _inside(walker, element))]


def _beside(walker: Walker) -> list[str]:
    """Where the settings lead, first to what lies in the same folder as they do; never by what may switch them off."""
    page = walker.pages["security_settings"]
    folder = place_of(page.url).rpartition("/")[0] + "/"
    links = [e for e in page.of_kind("link") if e.landmark in ("main", "") or _inside(walker, e).startswith(folder)]
    near = [_inside(walker, e) for e in links if not walker.words.says("disable", e.words)]
    return sorted(filter(None, near), key=lambda path: folder == "/" or not path.startswith(folder))


def _inside(walker: Walker, element: Element) -> str:
    """The place of the portal to which a link leads; empty for what leads out, away, or is open to everybody."""
    place = place_below(walker.actor.portal.url, element.href)
    away = walker.words.says("sign_out", element.words) or walker.words.says("harmful", element.words)
    public = element.href in {e.href for e in walker.pages["sign_in"].elements}
    return place if _is_plain(walker, place) and not away and not public else ""


def _is_plain(walker: Walker, place: str) -> bool:
    """Whether opening a place does nothing but show it: a query may name a page, by words of no deed."""
    query = place.partition("?")[2]
    named = all(_NAMES_PAGE.fullmatch(part) for part in query.split("&")) if query else "?" not in place
    return named and "#" not in place and not any(walker.words.says(topic, query) for topic in _DEEDS)


def _is_protected(walker: Walker, place: str) -> bool:
    """Whether a place shows the customer's name, and does not show itself to a stranger."""
    address = walker.actor.portal.url + place
    if walker.actor.world.guard.stops(address):
        return False
    try:
        return _opens(walker, walker.actor.portal.context, address) and not _opens_to_stranger(walker, address)
    except Error:  # it takes too long, for example: then nothing is known of it
        return False


def _opens(walker: Walker, context: BrowserContext, address: str, *, naming: str = "") -> bool:
    """Whether a browser gets a page at an address at once, in which the customer's name stands if it is given."""
    answer = walker.actor.world.browser.requests(context).get(address, max_redirects=0)
    return answer.status == 200 and naming in answer.text()


def _opens_to_stranger(walker: Walker, address: str) -> bool:
    """Whether a page that names the customer comes to somebody who is not signed in."""
    patience = walker.actor.world.profile.timing.answer
    stranger = walker.actor.world.browser.context(walker.actor.screen, timeout=patience)
    try:
        return _opens(walker, stranger, address, naming=walker.actor.account.name)
    finally:
        stranger.close()
