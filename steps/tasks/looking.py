"""Looking closely: where the name stands, what covers it, and whether a secret shows up again."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from playwright.sync_api import Error, Page
from playwright.sync_api import TimeoutError as TooLate

from fixtures import contents
from fixtures.actor import Actor
from fixtures.authenticator import normal_secret, read_qr
from fixtures.portal import Portal
from portal2fa.errors import CannotTell
from steps.tasks import waiting

_MEASURE = """e => {
  const box = e.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {x, y, width: box.width, height: box.height, right: box.right, bottom: box.bottom, left: box.x, top: box.y,
          screen: [innerWidth, innerHeight], rtl: getComputedStyle(document.documentElement).direction === 'rtl',
          covered: !(top && (top === e || e.contains(top) || top.contains(e) && top.innerText === e.innerText))};
}"""

_UNSEEN_PIXELS = 1.0
"""How far something may stand out over the edge of the screen and still be in sight: layouts round to parts of pixels.
"""

_DRAWN_SECONDS = 5.0
"""How long a page may take to draw itself before it is read."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a control stands, as shares of the screen from the top left; all between 0 and 1 when in sight."""

    across: float
    """Centre, from the left edge (from the right edge on a right-to-left page)."""
    down: float
    in_sight: bool
    covered: bool


def position(actor: Actor, control: str) -> Position:
    """Measure a control on the unscrolled page."""
    actor.portal.page.evaluate("scrollTo(0, 0)")
    box = actor.portal.wait_for_control(control).evaluate(_MEASURE)
    width, height = box["screen"]
    across = box["x"] / width
    beyond = max(-box["left"], -box["top"], box["right"] - width, box["bottom"] - height)
    return Position(
        across=1 - across if box["rtl"] else across,
        down=box["y"] / height,
        in_sight=beyond <= _UNSEEN_PIXELS and box["width"] > 0 and box["height"] > 0,
        covered=box["covered"],
    )


def must_have_a_name(actor: Actor) -> None:
    """Raise `CannotTell` where the profile does not say how the account is called: no name stands everywhere."""
    if not actor.account.name:
        raise CannotTell(
            "Whether the portal shows the customer's own name cannot be told.",
            cause=f"{actor.entry('name')} is empty",
            hint="give the account the name that the portal shows to whoever is signed in",
        )


@dataclass(frozen=True)
class Names:
    """Whose names the control that the profile calls `name` holds."""

    text: str
    own: bool
    strangers: bool
    """Whether that of another account of this scenario stands there, and not as a part of the actor's own."""


def names(actor: Actor) -> Names:
    """What the control `name` holds, once it is there."""
    text = actor.portal.wait_for_control("name").inner_text()
    others = [other.account for other in actor.world.actors.values() if other is not actor]
    own = actor.account.is_named_in(text) and all(actor.account.named_beside(other, text) for other in others)
    return Names(text, own, any(other.named_beside(actor.account, text) for other in others))


def name_position(actor: Actor) -> Position:
    """Where the customer's name stands; raises `CannotTell` when the control that should hold it holds another text."""
    must_have_a_name(actor)
    if not actor.account.is_named_in(actor.portal.wait_for_control("name").inner_text()):
        raise CannotTell(
            "What the profile takes for the customer's own name does not hold it.",
            cause="controls.name was found without the name of the account",
            hint=f"look at the picture, then mend controls.name, or {actor.entry('name')}",
        )
    return position(actor, "name")


def stays_covered(actor: Actor) -> bool:
    """Whether something lies over the customer's name for as long as an answer may take.

    What an application shows while it loads goes away by itself.
    """
    return not waiting.on_page(actor.portal, lambda: not name_position(actor).covered)


def revisit(actor: Actor) -> dict[str, str]:
    """Everything that the portal shows again, as text.

    Looked at are the page in sight, asked for again and by going back, the addresses at which secrets were shown, and
    all settings.
    Visible text and values count, what a QR code on the page says, and the markup, where a secret may be hidden, all of
    every frame.
    """
    portal = actor.portal
    shown = {}
    _load_again(portal)
    shown["the same page, loaded again"] = _everything(actor)
    portal.go(portal.addresses("client_area")[0])  # only to come back from there
    with contextlib.suppress(Error):
        portal.page.go_back()
    shown["the page before, by going back"] = _everything(actor)
    for address in dict.fromkeys([*actor.shown_at, *portal.addresses("revisit")]):
        response = portal.go(address)
        if response is not None and response.status >= 400 and address not in actor.shown_at:
            raise CannotTell(
                f"{address.removeprefix(portal.url)} does not open, so that nothing is shown there proves nothing.",
                cause=f"places.revisit: the portal answered with status {response.status}",
                hint="mend places.revisit of the profile",
            )
        if response is None or response.ok:
            portal.answered("revisit", address)
        shown[address.removeprefix(portal.url)] = _everything(actor)
    return shown


def _load_again(portal: Portal) -> None:
    """Ask for the page in sight once more, by its address.

    A reload would send the form again that the page may be the answer to, and so make new secrets in place of those
    that are looked for.  Only where a part after # belongs to the address does nothing but a reload load anything.
    """
    if "#" in portal.page.url:
        portal.page.reload()
    else:
        portal.go(portal.page.url)


def _let_draw(page: Page) -> None:
    """Let a page with scripts fetch and draw what it shows; one that never rests is read as it stands after a while."""
    if len(page.frames) == 1 and page.evaluate("document.scripts.length") == 0:
        return
    with contextlib.suppress(TooLate):
        page.wait_for_function("() => document.body.innerText.trim() !== ''", timeout=1000 * _DRAWN_SECONDS)
    with contextlib.suppress(TooLate):
        page.wait_for_load_state("networkidle", timeout=1000 * _DRAWN_SECONDS)


def _everything(actor: Actor) -> str:
    page = actor.portal.page
    _let_draw(page)
    found, picture = contents.of(page), read_qr(page.screenshot(full_page=True)) or ""
    return "\n".join([found.markup, found.words, found.values, picture])


def addresses_used(actor: Actor) -> list[str]:
    """The address of the page in sight and of everything that it and its frames fetched."""
    actor.portal.page.wait_for_load_state()  # what is still under way is not listed
    script = "[location.href, ...performance.getEntriesByType('resource').map(e => e.name)]"
    return [str(address) for frame in actor.portal.page.frames for address in frame.evaluate(script)]


def places_showing(shown: dict[str, str], secret: str) -> list[str]:
    """The places whose content holds `secret`, however it is grouped or written."""
    return [place for place, text in shown.items() if holds(text, secret)]


def holds(text: str, secret: str) -> bool:
    """Whether `text` holds `secret`, however it is grouped or written."""
    return normal_secret(secret) in normal_secret(text)
