"""Putting accounts back as they were before a run that was stopped, with nothing but what the journal holds."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Error

from fixtures.control import Planted
from fixtures.world import World
from portal2fa.errors import Portal2faError
from portal2fa.profile_accounts import Account
from portal2fa.session import Session
from steps.tasks import arriving, people, turning_off


def put_back_all(session: Session) -> Iterator[tuple[str, str]]:
    """Switch off what the journal says was switched on, account by account: the username, and what went wrong.

    What went wrong is empty for an account that was seen to sign in with its password alone.  Raises
    `EnvironmentProblem` when portal, mailbox or browser cannot be reached at all.
    """
    world = World(session)
    try:
        for account in world.accounts.unused():
            if world.accounts.page(account).is_open:
                yield account.username, _put_back(world, account)
    finally:
        world.close()


def _put_back(world: World, account: Account) -> str:
    try:
        actor = people.cast(world, "Ana", Planted(account, "", ""))
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
