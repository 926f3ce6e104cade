"""Another mail address for an account: asking for it, following the link that comes there, and who is written to."""

from __future__ import annotations

import secrets

from fixtures.actor import Actor
from fixtures.mailbox.mail import Mail
from portal2fa import clock
from portal2fa.errors import CannotTell
from steps.tasks import budget, doubts, mail, mailed_links, navigation, settling, signing_in, waiting

_ASK, _CONFIRM = "change_address", "confirm_address"
_ANSWERS = ("address_link_mailed", "address_refused", "address_changed")
"""What the portal says on the way; none of it is in the settings, where the way begins."""


def ask(actor: Actor, password: str | None = None) -> str:
    """Ask for another address where the person is signed in, maybe with another password; the address."""
    portal, address = actor.portal, another_address(actor.values["email"])
    actor.notes.setdefault("mails_at_the_old", len(_mails(actor, actor.values["email"])))
    actor.notes["known_at_the_other"] = len(_mails(actor, address))
    budget.keep(actor, "password", wrong=password is not None)
    navigation.reach(actor, "security_settings")
    doubts.see_away(actor, _ANSWERS, "another address was asked for")
    portal.walk(_ASK, new_email=address, **({"password": password} if password is not None else {}))
    said = portal.wait_for("address_link_mailed", "address_refused")
    budget.count(actor, "password", accepted=said == "address_link_mailed")
    if said is None:
        raise CannotTell(
            "The portal did not answer the wish for another address.",
            cause="neither notices.address_link_mailed nor notices.address_refused was seen",
            hint=f"look at the picture, then mend these notices, or paths.{_ASK}",
        )
    return address


def ask_rightly(actor: Actor) -> None:
    """The same with the person's password; the window that asked is kept, as the link may count there alone."""
    actor.notes["other_address"] = ask(actor)
    actor.notes["asked_in"] = actor.portal


def await_link(actor: Actor) -> str:
    """The link in the mail to the other address; raises `CannotTell` where none comes."""
    address, known = actor.notes["other_address"], actor.notes["known_at_the_other"]
    link = mailed_links.await_link_for(actor, lambda: _mails(actor, address)[known:], address)
    doubts.reached(actor, _ASK)
    return link


def follow(actor: Actor) -> bool:
    """Follow the link where it was asked for; whether the address was changed then."""
    link = await_link(actor)
    actor.look_through(actor.notes["asked_in"])
    actor.portal.go(link)
    actor.portal.walk(_CONFIRM)
    changed = actor.portal.wait_for("address_changed") is not None
    if changed:
        doubts.reached(actor, _CONFIRM)
        actor.notes["old_address"] = actor.values["email"]
        actor.change_address(actor.notes["other_address"], known=actor.notes["known_at_the_other"])
    return changed


def move(actor: Actor) -> None:
    """The whole way to another address, which the portal has to let the person go; raises `CannotTell` otherwise."""
    ask_rightly(actor)
    if not follow(actor):
        raise CannotTell(
            "The address was not changed.",
            cause=f"notices.address_changed was not seen after paths.{_CONFIRM}",
            hint="look at the picture, then mend one of the two",
        )


def another_address(address: str) -> str:
    """An address that no account has, in the same mailbox where that knows plus-addresses (RFC 5233 section 1)."""
    local, _, domain = address.partition("@")
    return f"{local}{'-' if '+' in local else '+'}{secrets.token_hex(4)}@{domain}"


def mails_to(actor: Actor, address: str) -> list[Mail]:
    """The mails to an address that nobody had before, once late ones had time to come."""
    settling.mails(actor)
    return _mails(actor, address)


def receivers_of_a_code(actor: Actor) -> set[str]:
    """Sign in from a fresh browser; everybody who is sent the code then, nobody where the portal asks for none.

    Raises `CannotTell` where it asks for one, and no mail with one comes to any address of the person.
    """
    addresses = {actor.values["email"], actor.notes["other_address"], actor.notes.get("old_address", "")} - {""}
    known = len(actor.world.mailbox.everything())

    def came() -> list[Mail]:
        fresh = mail.with_code(actor, actor.world.mailbox.everything()[known:])
        return [one for one in fresh if addresses & set(one.recipients)]

    asked = signing_in.from_fresh_browser(actor)
    actor.answer, actor.notes["asked_for"] = None, asked
    if asked != "email_asked":
        return set()
    box = actor.world.mailbox
    if not waiting.until(came, actor.world.profile.mailbox.seconds, pause=box.pause):
        raise mail.none_came(actor)
    clock.pause(actor.world.profile.mailbox.settles)
    actor.world.recorder.looks()
    return {address for one in came() for address in one.recipients}


def notices_at_the_old(actor: Actor) -> list[Mail]:
    """Mails without a code that came to the old address since another one was asked for; waited for."""
    mail.look_out(actor)
    old, known = actor.notes["old_address"], actor.notes["mails_at_the_old"]

    def came() -> list[Mail]:
        fresh = _mails(actor, old)[known:]
        codes = {one.key for one in mail.with_code(actor, fresh)}
        return [one for one in fresh if one.key not in codes]

    found = waiting.until(came, actor.world.profile.mailbox.seconds, pause=actor.world.mailbox.pause)
    for one in found:
        mail.keep(actor, one)
    return found


def _mails(actor: Actor, address: str) -> list[Mail]:
    actor.world.recorder.looks()
    return actor.world.mailbox.mails(address)
