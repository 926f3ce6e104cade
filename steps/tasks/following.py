"""Following a link of help: whether what it leads to answers, and whether it is what the link is for."""

from __future__ import annotations

from urllib.parse import urljoin

from fixtures.actor import Actor
from fixtures.portal import Portal
from portal2fa.errors import CannotTell
from portal2fa.witnesses import behind
from steps.tasks import signing_in

LEADS_TO = {
    "help_link": "explanation",
    "turn_off_help_link": "turn_off_explanation",
    "support_link": "support",
    "live_chat": "chat",
}
"""The controls that lead to help, each with the notice that shows it: a working link alone may be any other one."""


def link_answers(actor: Actor, control: str) -> tuple[str, int]:
    """Where a link of the portal leads, and the status with which that answers (0 for a place on the same page)."""
    address = _address(actor.portal, control)
    if _is_here(actor.portal, address):
        return address, 0
    return address, signing_in.fetch(actor, address, follow=True).status


def leads_on(actor: Actor, control: str) -> tuple[bool, str]:
    """Whether a control of `LEADS_TO` leads to its notice, and the title of the page to which it leads.

    Raises `CannotTell` where the notice is in sight before, unless what the control leads to is on the same page.
    """
    portal, notice = actor.portal, LEADS_TO[control]
    if not _is_part_of_the_page(portal, control) and portal.sees(notice):
        raise CannotTell(
            f"What {portal.profile.described(control)} should lead to is in sight before it is followed.",
            cause=f"notices.{notice} was seen at {portal.page.url.partition('?')[0]}",
            hint=f"look at the picture, then mend notices.{notice}: it has to tell the place from others",
        )
    window = _follow(portal, control)
    there = window.wait_for(notice) is not None
    title = window.page.title()
    if window is not portal:
        window.page.close()
    if there:
        actor.world.recorder.saw(behind(control, notice))
    return there, title


def _follow(portal: Portal, control: str) -> Portal:
    """The window that shows what a control leads to: a second one for a link, the same for a button."""
    if not _href(portal, control):
        portal.control(control).first.click()
        return portal
    window = portal.sibling()
    window.go(_address(portal, control))
    return window


def _href(portal: Portal, control: str) -> str:
    return portal.wait_for_control(control).get_attribute("href") or ""


def _address(portal: Portal, control: str) -> str:
    return urljoin(portal.page.url, _href(portal, control))


def _is_here(portal: Portal, address: str) -> bool:
    return address.partition("#")[0] == portal.page.url.partition("#")[0]


def _is_part_of_the_page(portal: Portal, control: str) -> bool:
    return bool(_href(portal, control)) and _is_here(portal, _address(portal, control))
