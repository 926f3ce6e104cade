"""What fits on a narrow screen, and whether the picture with the QR code is named in words."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.authenticator import read_qr
from portal2fa.errors import CannotTell
from steps.tasks import waiting

_NARROW = 320
"""CSS pixels: a desktop screen of 1280 at 400 % (WCAG 2.2, success criterion 1.4.10)."""
_BEYOND = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"
_PICTURES = "img, svg, canvas, [role=img]"
_NAME = """e => (e.getAttribute('aria-label') || e.getAttribute('alt') || e.getAttribute('title')
    || (e.getAttribute('aria-labelledby') || '').split(/\\s+/).map(id => document.getElementById(id)?.innerText || '')
        .join('')
    || e.querySelector(':scope > title')?.textContent || '').trim()"""


def too_wide(actor: Actor) -> int:
    """By how many CSS pixels the page in sight is wider than a narrow screen; the window is as wide as before then."""
    page = actor.portal.page
    size = page.viewport_size
    if size is None:
        raise CannotTell("The window cannot be made narrow.")
    page.set_viewport_size({"width": _NARROW, "height": size["height"]})
    beyond = int(page.evaluate(_BEYOND))
    page.set_viewport_size(size)
    return max(0, beyond)


def name_of_the_qr_code(actor: Actor) -> str:
    """The words that name the picture in which a QR code can be read, wherever that is; empty where there are none."""
    pictures = waiting.on_page(actor.portal, lambda: _with_a_code(actor))
    if not pictures:
        raise CannotTell(
            "No picture with a QR code is in sight.", hint="look at the picture: paths.start_time_based may lack a step"
        )
    return max(pictures, key=len)


def _with_a_code(actor: Actor) -> list[str]:
    pictures = [frame.locator(_PICTURES).filter(visible=True) for frame in actor.portal.page.frames]
    return [f" {one.evaluate(_NAME)}" for found in pictures for one in found.all() if read_qr(one.screenshot())]
