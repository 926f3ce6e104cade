"""A forgotten password: asking for a new one by mail, and choosing it where the mailed link leads."""

from __future__ import annotations

import secrets

from fixtures import contents
from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import doubts, looking, mail, mailed_links, navigation, strangers

_ASK, _CHOOSE = "ask_for_new_password", "choose_new_password"
_ANSWERS = ("new_password_mailed", "new_password_asked", "new_password_chosen", "reset_link_refused")
"""What the portal says on the way; none of it is at the sign-in, where the way begins."""


def ask(actor: Actor, *, stranger: bool = False) -> None:
    """Have a link to a new password mailed, asked for in a fresh browser; maybe under a stranger's name."""
    known = len(mail.new_mails(actor))
    actor.fresh_browser()
    if stranger:
        strangers.call_by_another_name(actor)
    _ask_with(actor, actor.values["email"])
    if actor.portal.wait_for("new_password_mailed", denied_by=["new_password_chosen"]) is None:
        raise CannotTell(
            "The portal did not say that it mails a way to a new password.",
            cause="notices.new_password_mailed was not seen",
            hint=f"look at the picture, then mend the notice, or paths.{_ASK}",
        )
    doubts.reached(actor, _ASK)
    actor.notes.setdefault("links", []).append(mailed_links.await_link(actor, known))


def _ask_with(actor: Actor, address: str) -> None:
    actor.portal.open("sign_in")
    doubts.see_away(actor, _ANSWERS, "a new password was asked for")
    actor.portal.walk(_ASK, email=address)


def ask_with_both(actor: Actor) -> None:
    """Ask with the person's own address, then in a fresh browser with one that nobody has; both answers are noted."""
    ask(actor)
    own = answer_in_sight(actor, actor.values["email"])
    domain = actor.values["email"].partition("@")[2]
    nobody = f"nobody-{secrets.token_hex(6)}@{domain}"
    actor.fresh_browser()
    _ask_with(actor, nobody)
    actor.portal.wait_for("new_password_mailed")
    actor.notes["answers"] = (own, answer_in_sight(actor, nobody))


def answer_in_sight(actor: Actor, address: str) -> str:
    """What the portal says in its own words, without the address that was given to it."""
    return " ".join(contents.of(actor.portal.page).words.replace(address, "…").split())


def choose(actor: Actor, link: str) -> bool:
    """Choose a new password where a link leads; whether the portal took it.  Raises `CannotTell` without an answer.

    The browser that did it stays in use, so that what it opens afterwards can be seen.
    """
    portal = actor.fresh_browser()
    portal.go(link)
    met = portal.wait_for("new_password_asked", "reset_link_refused", denied_by=["new_password_chosen"])
    if met == "reset_link_refused":
        return False
    if met is None:
        raise _unanswered("new_password_asked", "reset_link_refused")
    password = new_password()
    actor.world.recorder.secret(password)
    portal.walk(_CHOOSE, new_password=password)
    said = portal.wait_for("new_password_chosen", "reset_link_refused", "signed_in", *navigation.challenges(actor))
    if said is None:
        raise _unanswered("new_password_chosen", "reset_link_refused")
    if said != "reset_link_refused":
        doubts.reached(actor, _CHOOSE)
        actor.change_password(password)
    return said != "reset_link_refused"


def choose_by_the_newest(actor: Actor) -> None:
    """The same by the link that was mailed last, which the portal has to take; raises `CannotTell` otherwise."""
    if not choose(actor, actor.notes["links"][-1]):
        raise CannotTell(
            "The portal refused the link that it had just mailed.",
            cause="notices.reset_link_refused was seen",
            hint="look at the picture; the notice has to be out of sight where a link counts",
        )


def places_with_the_link(actor: Actor) -> list[str]:
    """Where on the screen, or behind it, what makes the newest link one is to be found."""
    token = mailed_links.longest_piece(actor.notes["links"][-1].removeprefix(actor.portal.url))
    found = contents.of(actor.portal.page)
    shown = {"the screen": found.words, "what is behind it": found.markup}
    return [where for where, text in shown.items() if looking.holds(text, token)]


def new_password() -> str:
    """One that the rules of most portals take: long, with letters of both cases, digits and another sign."""
    return f"New-{secrets.token_urlsafe(15)}-7a"


def _unanswered(*notices: str) -> CannotTell:
    return CannotTell(
        "The portal did not answer the wish for a new password.",
        cause=f"neither notices.{' nor notices.'.join(notices)} was seen",
        hint=f"look at the picture, then mend these notices, or paths.{_CHOOSE}",
    )
