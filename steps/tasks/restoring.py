"""Putting accounts back as they were before a run that was stopped, with nothing but what the journal holds."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from playwright.sync_api import Error

from fixtures import pictures
from fixtures.actor import Actor
from fixtures.control import Planted
from fixtures.made_accounts import MadeAccounts
from fixtures.world import World
from portal2fa.errors import Portal2faError
from portal2fa.profile_accounts import Account
from portal2fa.restoring import Restored, Tell
from portal2fa.session import Session
from steps.tasks import arriving, people, turning_off


def put_back_all(session: Session, tell: Tell) -> Iterator[Restored]:
    """Switch off what the journal says was switched on, account by account, and remove those that were made.

    An account is put back once it was seen to sign in with its password alone, and not shown as on.  Raises
    `EnvironmentProblem` when portal, mailbox or browser cannot be reached at all.
    """
    world = World(session)
    try:
        if isinstance(world.accounts, MadeAccounts):
            for account in world.accounts.left_behind():
                yield _clear_away(world, world.accounts, account, partial(tell, account.username))
        for account in world.accounts.unused():
            if world.accounts.page(account).is_open:
                yield _put_back(world, account, partial(_as_it_is, account), partial(tell, account.username))
    finally:
        world.close()


def _clear_away(world: World, made: MadeAccounts, account: Account, tell: Callable[[str], None]) -> Restored:
    """Switch off what may be on, where that can be done, and remove the account, where the profile says how."""
    page = made.page(account)
    tried = page.is_open and (made.knows_passwords or not made.removes)
    kept = Restored(account.username)
    if tried:
        tell("asking for its password")
        kept = _put_back(world, account, partial(made.with_password, account), tell)
    if not made.removes:
        if not page.is_open:  # nothing was switched on, and it was to be removed then
            page.close()
        return kept
    is_on = page.is_open
    tell("removing it")
    if stays := made.remove(account.username):
        return replace(kept, problem=_still_there(stays, is_on=is_on, kept=kept.problem))
    how = "put back as it was, and removed" if tried and not kept.problem else "removed"
    return Restored(account.username, how=how)


def _still_there(stays: str, *, is_on: bool, kept: str) -> str:
    """What to say of an account that could not be removed."""
    state = "may be on" if is_on else "is off"
    told = f"It could not be removed, and its second factor {state}.\n  cause: {stays}"
    return f"{told}\n{kept}" if kept else told


def _as_it_is(account: Account) -> Account:
    return account


def _put_back(world: World, account: Account, find: Callable[[], Account], tell: Callable[[str], None]) -> Restored:
    """Switch off what is on of the account that is found; what became of it, with a picture where it stayed on."""
    recorder, picture = world.recorder, b""
    recorder.begin()
    try:
        actor = people.cast(world, "Ana", Planted(find(), "", ""))
        actor.tells = partial(_tell, world, tell)
        try:
            arriving.recall(actor)
            turning_off.restore(actor)
        except (Portal2faError, Error):
            picture = _picture(actor)
            raise
        finally:
            actor.close()
    except Portal2faError as error:
        problem = str(error)
    except Error as error:
        problem = f"the browser could not go on: {str(error).splitlines()[0]}"
    else:
        return Restored(account.username)
    notes = recorder.collect()
    first = [f"{item.title}: {item.text}" for item in notes.evidence]
    return Restored(account.username, recorder.masked(problem), picture=picture, done=(*notes.trail, *first))


def _tell(world: World, tell: Callable[[str], None], words: str) -> None:
    """Tell whoever waits, and let what is done now stand below it."""
    world.recorder.begin_step(words)
    tell(words)


def _picture(actor: Actor) -> bytes:
    """The window as it is, with secrets covered; empty where there is none, or it shows nothing any more."""
    with contextlib.suppress(Portal2faError, Error):
        return pictures.whole(actor.portal) if actor.has_window else b""
    return b""
