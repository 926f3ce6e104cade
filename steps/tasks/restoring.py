"""Putting accounts back as they were before a run that was stopped, with nothing but what the journal holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from playwright.sync_api import Error

from fixtures.control import Planted
from fixtures.made_accounts import MadeAccounts
from fixtures.world import World
from portal2fa.errors import Portal2faError
from portal2fa.profile_accounts import Account
from portal2fa.restoring import Restored
from portal2fa.session import Session
from steps.tasks import arriving, people, turning_off


def put_back_all(session: Session) -> Iterator[Restored]:
    """Switch off what the journal says was switched on, account by account, and remove those that were made.

    An account is put back once it was seen to sign in with its password alone, and not shown as on.  Raises
    `EnvironmentProblem` when portal, mailbox or browser cannot be reached at all.
    """
    world = World(session)
    try:
        if isinstance(world.accounts, MadeAccounts):
            for account in world.accounts.left_behind():
                yield _clear_away(world, world.accounts, account)
        for account in world.accounts.unused():
            if world.accounts.page(account).is_open:
                yield Restored(account.username, _put_back(world, partial(_as_it_is, account)))
    finally:
        world.close()


def _clear_away(world: World, made: MadeAccounts, account: Account) -> Restored:
    """Switch off what may be on, where that can be done, and remove the account, where the profile says how."""
    page = made.page(account)
    tried = page.is_open and (made.knows_passwords or not made.removes)
    kept = _put_back(world, partial(made.with_password, account)) if tried else ""
    if not made.removes:
        if not page.is_open:  # nothing was switched on, and it was to be removed then
            page.close()
        return Restored(account.username, kept)
    is_on = page.is_open
    if stays := made.remove(account.username):
        return Restored(account.username, _still_there(stays, is_on=is_on, kept=kept))
    return Restored(account.username, how="put back as it was, and removed" if tried and not kept else "removed")


def _still_there(stays: str, *, is_on: bool, kept: str) -> str:
    """What to say of an account that could not be removed."""
    state = "may be on" if is_on else "is off"
    told = f"It could not be removed, and its second factor {state}.\n  cause: {stays}"
    return f"{told}\n{kept}" if kept else told


def _as_it_is(account: Account) -> Account:
    return account


def _put_back(world: World, find: Callable[[], Account]) -> str:
    """Switch off what is on of the account that is found; what went wrong, or nothing."""
    try:
        actor = people.cast(world, "Ana", Planted(find(), "", ""))
        try:
            arriving.recall(actor)
            turning_off.restore(actor)
        finally:
            actor.close()
    except Portal2faError as error:
        return str(error)
    except Error as error:
        return f"the browser could not go on: {str(error).splitlines()[0]}"
    return ""
