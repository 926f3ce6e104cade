"""Coming in with an account: seen to be usable first, and put back as it was where an earlier run was stopped."""

from __future__ import annotations

from fixtures.actor import Actor
from fixtures.authenticator import parse_key_uri
from fixtures.world import World
from portal2fa.errors import CannotTell, Refused
from steps.tasks import budget, navigation, people, status, turning_off


def enters(world: World, who: str) -> Actor:
    """Someone comes in with an account that has no second factor.

    An account of the tester's own pool is looked at first, and one that is used for the first time is prepared as the
    profile says.  What a run that was stopped had switched on is switched off; with a factor left on from elsewhere
    the account is not touched, and nothing that followed could be blamed on the portal.
    """
    actor = people.cast(world, who, world.take_account(who))
    unprepared = bool(world.profile.paths.get("prepare")) and actor.account.username not in world.prepared
    if unprepared or not world.accounts.disposable:
        look_at(actor)
        if unprepared:
            actor.portal.walk("prepare")
            world.prepared.add(actor.account.username)
        _see_nothing_on(actor)
        actor.close()
        people.begin_with_mails(actor)  # the portal may tell by mail of the sign-in that was a look
    return actor


def enters_called(world: World, who: str, name: str) -> Actor:
    """Someone comes in with a fresh account of a name that no account has by itself."""
    if world.control is None:
        raise CannotTell(f"No account can be made for somebody called {name}.", hint='set accounts.kind to "control"')
    return people.cast(world, who, world.control.make_account(f"{name} Example"))


def look_at(actor: Actor) -> None:
    """See that an account can be used, and put it back where a run was stopped; raises `CannotTell` when it cannot."""
    if actor.page.is_open:
        recall(actor)
        try:
            turning_off.restore(actor)
        except Refused as error:
            raise _unusable(actor, f"it could not be put back: {error.what} {error.cause}", error.hint) from error
        _note_put_back(actor)
        return
    try:
        answer = navigation.sign_in_with_password(actor)
    except Refused as error:
        hint = f"the account may be locked: {error.hint}"
        raise _unusable(actor, f"the portal takes no sign-in; {error.cause}", hint) from error
    if answer == "sign_in_refused":
        said = actor.portal.notice(answer).first.inner_text().strip()
        cause = f'the portal refused its password and said: "{said}"'
        hint = f"check {actor.entry('username')} and its password; the account may also be locked"
        raise _unusable(actor, cause, hint)
    if answer != "signed_in":
        cause = "the portal asked for a second factor, and no run of portal2fa on this machine turned it on"
        raise _unusable(actor, cause, "turn its second factor off by hand, or give the profile another account")


def _see_nothing_on(actor: Actor) -> None:
    """Touch no account whose settings show a factor as on that no sign-in asks for, and that no run turned on.

    That is a page more than the sign-in, so it is done once in a run for each account: from then on nobody but the run
    changes it, and that it is off again is seen whenever it is put back.  It comes after `paths.prepare`, without which
    a portal may lead nowhere; settings that cannot be read are left to the scenarios that need them.
    """
    world, username = actor.world, actor.account.username
    if world.accounts.disposable or username in world.looked_at:
        return
    if status.look(actor).state == "on":
        cause = "notices.on was seen in its two-factor settings, and no run of portal2fa on this machine turned it on"
        hint = "turn its second factor off by hand, or give the profile another account; if it is off, mend notices.on"
        raise _unusable(actor, cause, hint)
    world.looked_at.add(username)


def _note_put_back(actor: Actor) -> None:
    """Say in the report that the account is as it was, and whose change that undid."""
    recorder, username = actor.world.recorder, actor.account.username
    still_on = recorder.findings.not_restored
    if username in still_on:
        still_on.remove(username)
        recorder.remark(f"{username} was put back as it was later in the run, before it was used again")
    else:
        recorder.remark(f"{username} was put back as it was before a run that was stopped")


def _unusable(actor: Actor, cause: str, hint: str) -> CannotTell:
    """Keep the account out of use for the rest of the run, so that it is not asked again and again."""
    actor.world.accounts.withdraw(actor.account, f"{cause}; {hint}")
    return CannotTell(f"The account {actor.account.username} cannot be used.", cause=cause, hint=hint)


def recall(actor: Actor) -> None:
    """Remember what the journal holds of an account: its secrets, backup codes, and the codes given and refused."""
    entry = actor.page.entry
    budget.recall(actor)
    for address in entry.key_uris:
        people.link(actor, parse_key_uri(address))
    people.keep_backup_codes(actor, list(entry.backup_codes))
    actor.method, actor.last_step = entry.methods[-1], entry.last_step
