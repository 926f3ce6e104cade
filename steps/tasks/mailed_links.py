"""Links that a portal mails: the one that leads on, and how much of it nobody could guess."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from portal2fa.errors import CannotTell
from steps.tasks import mail, waiting


def await_link(actor: Actor, known: int) -> str:
    """The link in the first mail with one after the `known` mails of the scenario; raises `CannotTell` without."""
    return await_link_for(actor, lambda: mail.new_mails(actor)[known:], actor.values["email"])


def await_link_for(actor: Actor, new: Callable[[], list[Mail]], address: str) -> str:
    """The link in the newest mail with one that `new` gives, of those to `address`; raises `CannotTell` without."""
    mails = waiting.until(
        lambda: [one for one in new() if one.links],
        actor.world.profile.mailbox.seconds,
        pause=actor.world.mailbox.pause,
    )
    if not mails:
        raise CannotTell(
            f"No mail with a link reached {actor.name} within {actor.world.profile.mailbox.seconds} seconds.",
            cause=f"it was looked for in the mails to {address}",
            hint="check that the portal sends to the mailbox of the profile, and that mailbox.seconds is long enough",
        )
    actor.notes["links_of_the_mail"] = mails[-1].links
    return _kept(actor, mails[-1], _leading_on(actor, mails[-1]))


def _leading_on(actor: Actor, found: Mail) -> str:
    """The one link that leads to the portal and fits the pattern of the profile; raises `CannotTell` otherwise."""
    pattern = actor.world.profile.mailbox.link_pattern
    links = dict.fromkeys(link for link in found.links if re.search(pattern, link))
    own = [link for link in links if actor.world.guard.allows(link)] or list(links)
    if len(own) != 1:
        raise CannotTell(
            f'The mail "{found.subject}" holds {len(own)} links that may lead on.',
            cause="a link is taken that leads to the portal and fits mailbox.link_pattern",
            hint="mend mailbox.link_pattern of the profile so that it fits that one alone",
        )
    return own[0]


def _kept(actor: Actor, found: Mail, link: str) -> str:
    """The link, with the mail kept for the report and what is secret in it masked there."""
    recorder = actor.world.recorder
    recorder.secret(link.removeprefix(actor.portal.url))
    if actor.world.profile.mailbox.link_pattern:
        recorder.used("mailbox.link_pattern")
    mail.keep(actor, found)
    return link


def bits_of_its_own(link: str, other: str) -> float:
    """How much a link holds at most that another one does not: by the longest piece that is only in it."""
    pieces = [piece for piece in _pieces(link) if piece not in _pieces(other)]
    return max((len(piece) * math.log2(_alphabet(piece)) for piece in pieces), default=0.0)


def longest_piece(link: str) -> str:
    """What most likely makes a link one of its own."""
    return max(_pieces(link), key=len, default="")


def _pieces(link: str) -> list[str]:
    return re.findall(r"[\w~-]+", link)


def _alphabet(piece: str) -> int:
    """How many different signs there may be in a piece, by those that are in it: digits, hexadecimal, small, all."""
    fitting = [(r"\d+", 10), (r"[\da-fA-F-]+", 16), (r"[\da-z]+|[\dA-Z]+", 36)]
    return next((signs for pattern, signs in fitting if re.fullmatch(pattern, piece)), 64)
