"""Faults of a forgotten password: what the mailed link is worth, and what else comes of it."""

from __future__ import annotations

import itertools
from contextvars import ContextVar
from typing import Any

import aiosqlite
from starlette.responses import Response

from reference_server import accounts, links, two_factor
from reference_server.accounts import Account
from reference_server.faults.answers import with_text
from reference_server.faults.deviation import numbers, rule
from reference_server.policy import Policy
from reference_server.routes_reset import NEW_PASSWORD
from reference_server.sessions import Level
from reference_server.visiting import Visit, redirect

numbers("reset-link-never-ends", mailed_link_life=10**9)


@rule("reset-signs-straight-in", "routes_reset.save")
async def straight_in(right: Any, visit: Visit) -> Response:
    """Sign in whoever has just chosen a password, as portals without a second factor do."""
    portal, wall = visit.portal, visit.portal.clock.now()
    token = str(visit.request.path_params["token"])
    link = await links.find(portal.store.reader, portal.policy, "password", token, wall)
    response: Response = await right(visit)
    if link is None or response.status_code != 303:
        return response
    await visit.become(Level.FULL, link.account.username, link.account.time(wall))
    return redirect("/client")


def _takes_the_factor_away(fault: str, method: str) -> None:
    """Let a customer who forgot the password begin anew, without a second factor of one method."""

    @rule(fault, "resets.complete")
    async def begin_anew(
        right: Any, db: aiosqlite.Connection, policy: Policy, account: Account, password_hash: str
    ) -> None:
        await right(db, policy, account, password_hash)
        factor = await two_factor.find(db, account.username)
        if factor is not None and factor.method == method:
            await two_factor.disable(db, account.username)


_takes_the_factor_away("reset-turns-app-codes-off", "time_based")
_takes_the_factor_away("reset-turns-mailed-codes-off", "email")


@rule("reset-link-works-twice", "links.use_up")
async def stays(right: Any, db: aiosqlite.Connection, username: str) -> None:
    """Leave the link to its age."""


_numbers = itertools.count(48_213)


@rule("reset-link-can-be-guessed", "links.new_token")
def counted(right: Any, length: int) -> str:
    """Number the links."""
    return f"r{next(_numbers):x}"


_announced: ContextVar[str] = ContextVar("announced", default="")


@rule("reset-link-on-the-screen", "links.new_token")
def as_announced(right: Any, length: int) -> str:
    """Use what the answer to this request shows."""
    return _announced.get() or str(right(length))


@rule("reset-link-on-the-screen", "routes_reset.ask")
async def for_the_developer(right: Any, visit: Visit) -> Response:
    """Show the link where it was asked for, as before there was a mail server."""
    response: Response = await right(visit)
    if response.background is None:
        return response
    token = links.new_token(visit.portal.policy.mailed_link_bytes)
    _announced.set(token)
    shown = with_text(response, "</form>", f"<!-- {NEW_PASSWORD}/{token} --></form>")
    shown.background = response.background
    return shown


@rule("reset-names-customers", "routes_reset.ask")
async def unknown(right: Any, visit: Visit) -> Response:
    """Say where an address is nobody's."""
    if await accounts.find_by_address(visit.portal.store.reader, visit.field("email")) is None:
        return visit.page("forgotten.html", 422, alert="We do not know this address.")
    response: Response = await right(visit)
    return response


@rule("reset-leaves-other-browsers-signed-in", "sessions.end_all")
async def stay_signed_in(right: Any, db: aiosqlite.Connection, username: str) -> None:
    """End no session."""


@rule("reset-link-to-whoever-asks", "visiting.link_to")
def by_the_request(right: Any, visit: Visit, path: str) -> str:
    """Take the portal's name from the request."""
    host = visit.request.headers.get("x-forwarded-host") or visit.request.url.netloc
    return f"{visit.request.url.scheme}://{host}{path}"
