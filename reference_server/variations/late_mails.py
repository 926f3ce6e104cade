"""Mails leave two seconds after the page that announces them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

from reference_server.accounts import Account
from reference_server.clock import passing
from reference_server.faults.deviation import Deviation
from reference_server.portal import Portal

SECONDS = 2.0

VARIATION = Deviation()
_under_way: set[asyncio.Task[None]] = set()


@VARIATION.rule("portal.Portal._deliver")
async def later(right: Callable[..., Awaitable[None]], portal: Portal, account: Account, message: EmailMessage) -> None:
    """Send the mail after a while; one that is refused is refused at once."""
    if account.mail_failing:
        await right(portal, account, message)
    task = asyncio.create_task(_send(right, portal, account, message))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _send(right: Callable[..., Awaitable[None]], portal: Portal, account: Account, message: EmailMessage) -> None:
    await passing(SECONDS)
    await right(portal, account, message)
