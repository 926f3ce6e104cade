"""Faults of another email address: who may ask for one, when it counts, and who is written to."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from starlette.responses import Response

from reference_server import accounts
from reference_server.accounts import Account
from reference_server.faults.deviation import rule
from reference_server.messages import Event
from reference_server.portal import Portal
from reference_server.routes_two_factor import WRONG_PASSWORD
from reference_server.visiting import Visit


@rule("address-changed-without-the-password", "routes_address.problem_with")
async def unasked(right: Any, visit: Visit) -> str:
    """Ask for the password in the page and look at none."""
    problem = str(await right(visit))
    return "" if problem == WRONG_PASSWORD else problem


@rule("address-changes-at-once", "routes_address.ask")
async def at_once(right: Any, visit: Visit) -> Response:
    """Write the new address into the account as soon as it was typed, and ask for its confirmation afterwards."""
    response: Response = await right(visit)
    if response.background is not None:
        _, account = visit.customer()
        await response.background()
        response.background = None
        async with visit.portal.store.write() as db:
            await accounts.set_email(db, account.username, visit.field("email"))
    return response


@rule("codes-still-go-to-the-old-address", "messages.code_mail")
def to_the_first(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Take the address that was noted when the account was opened."""
    message: EmailMessage = right(account, code, at, setup=setup)
    message.replace_header("To", account.username)
    return message


@rule("codes-go-to-both-addresses", "messages.code_mail")
def to_both(right: Any, account: Account, code: str, at: float, *, setup: bool) -> EmailMessage:
    """Keep the address from before as a second one."""
    message: EmailMessage = right(account, code, at, setup=setup)
    if account.email != account.username:
        message["Cc"] = account.username
    return message


@rule("notice-goes-to-the-new-address", "portal.Portal.notify")
async def to_the_new(right: Any, portal: Portal, account: Account, event: Event, at: float) -> None:
    """Look the address up when it was changed already."""
    now = await accounts.find(portal.store.reader, account.username)
    await right(portal, now or account, event, at)
