"""Faults of a portal whose mail fails: it goes on as if nothing had happened, or lets whoever comes pass."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from reference_server import two_factor
from reference_server.accounts import Account
from reference_server.faults.deviation import rule
from reference_server.faults.session import without
from reference_server.portal import MAIL_FAILED, Portal
from reference_server.visiting import Visit


@rule("unsent-code-asked-for", "portal.Portal.send_code")
async def as_if_sent(right: Any, portal: Portal, account: Account, *asked: Any) -> str:
    """Note in the log that the code could not be sent, and go on."""
    await right(portal, account, *asked)
    return ""


@rule("failing-mail-is-an-error", "portal.Portal.send_code")
async def not_caught(right: Any, portal: Portal, account: Account, *asked: Any) -> str:
    """Leave it to whoever asked for a code to catch what the mail server says."""
    problem: str = await right(portal, account, *asked)
    if problem == MAIL_FAILED:
        raise ConnectionError(problem)
    return problem


@rule("failing-mail-turns-email-codes-on", "routes_enrolment.begin")
async def on_before_the_mail(right: Any, visit: Visit) -> Response:
    """Save email codes before their first mail, and leave them saved."""
    response: Response = await right(visit)
    _, account = visit.customer()
    if MAIL_FAILED.encode() in bytes(response.body):
        async with visit.portal.store.write() as db:
            await two_factor.enable(db, visit.portal.vault, visit.portal.policy, account.username, None, -1, visit.at)
    return response


_unsent: set[str] = set()
"""Customers to whom the last code could not be sent."""


@rule("password-suffices-while-the-mail-fails", "portal.Portal.send_code")
async def note_unsent(right: Any, portal: Portal, account: Account, *asked: Any) -> str:
    """Remember who got no code."""
    problem: str = await right(portal, account, *asked)
    (_unsent.add if problem == MAIL_FAILED else _unsent.discard)(account.username)
    return problem


@rule("password-suffices-while-the-mail-fails", "routes_sign_in.sign_in")
async def waived(right: Any, visit: Visit) -> Response:
    """Waive a code that could not be sent."""
    return await without(right, visit, lambda factor, at: factor.username in _unsent)
