"""Who is in the scenario: Ana and Ben, their accounts, and the starting states they are given."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.authenticator import Authenticator, KeyUri
from fixtures.control import Planted
from fixtures.world import World
from portal2fa.errors import CannotTell
from steps.tasks import requesting

MARKUP = "<i>Ana</i>"
"""A name that is markup where it is not kept from being any."""
_PRONOUNS = {"she": "Ana", "her": "Ana", "he": "Ben", "his": "Ben"}


def person(world: World, who: str) -> Actor:
    """The actor that a name or pronoun stands for; from now on pictures are of their window."""
    name = _PRONOUNS.get(who, who)
    if name not in world.actors:
        raise CannotTell(f"{name} has no account in this scenario yet.", hint="begin with a Given that gives one")
    world.current = world.actors[name]
    return world.current


def enters_with_factor(world: World, who: str, method: str) -> Actor | None:
    """Someone comes in with an account that already uses `method`, or None when that cannot be planted here."""
    planted = world.accounts.plant(who, method)
    if planted is None:
        return None
    actor = cast(world, who, planted)
    actor.method, actor.setting_up = method, False
    actor.turned_on(method)
    if planted.secret:
        link(actor, KeyUri(planted.secret, "", "", "SHA1", 6, world.profile.timing.period))
    if planted.backup_code:
        keep_backup_codes(actor, [planted.backup_code])
    return actor


def cast(world: World, who: str, planted: Planted) -> Actor:
    """Put someone on the stage with an account, at the account's own time."""
    actor = Actor(who, planted.account, world, world.accounts.page(planted.account))
    world.recorder.secret(planted.account.password)
    actor.began = actor.now()  # from here on the account's time moves only when the scenario says so
    requesting.let_come(actor)  # a mail of an earlier scenario is none of this one
    begin_with_mails(actor)
    world.actors[who] = actor
    world.current = actor
    return actor


def begin_with_mails(actor: Actor) -> None:
    """What has come to the person so far is none of the scenario."""
    actor.mails_known, actor.mails_before = len(actor.world.mailbox.mails(actor.values["email"])), 0


def link(actor: Actor, uri: KeyUri) -> None:
    """Put a secret into the person's authenticator app."""
    actor.world.recorder.secret(uri.secret)
    actor.scanned.append(uri)
    actor.page.note_secret(uri.text)
    actor.authenticator = Authenticator(uri)


def keep_backup_codes(actor: Actor, codes: list[str]) -> None:
    """The person notes down backup codes; the newest come last."""
    for code in codes:
        actor.world.recorder.secret(code)
        actor.world.recorder.code(code)
    actor.backup_codes += codes
    actor.page.note_backup_codes(codes)
