"""Faults of leaving a set-up: whoever turns back, looks twice or closes it has turned something on."""

from __future__ import annotations

from typing import Any

import aiosqlite
from starlette.requests import Request
from starlette.responses import Response

from reference_server import enrolment, two_factor
from reference_server.faults.answers import SCRIPT, appended
from reference_server.faults.deviation import rule
from reference_server.policy import Policy
from reference_server.sessions import Session
from reference_server.vault import Vault
from reference_server.visiting import Visit


async def turn_on(db: aiosqlite.Connection, vault: Vault, policy: Policy, session: Session, username: str) -> None:
    """Turn on for `username` what is being set up in a session, whatever was confirmed of it."""
    secret = enrolment.pending_secret(vault, session) if session.pending_method == "time_based" else None
    await two_factor.enable(db, vault, policy, username, secret, -1, session.pending_at)


def _left_is_on(fault: str, method: str) -> None:
    """Count a set-up as done once it was begun, whatever came of it."""

    @rule(fault, "routes_two_factor.settings")
    async def settings(right: Any, visit: Visit) -> Response:
        session, account = visit.customer()
        portal = visit.portal
        async with portal.store.write() as db:
            if session.pending_method == method and await two_factor.find(db, account.username) is None:
                await turn_on(db, portal.vault, portal.policy, session, account.username)
        response: Response = await right(visit)
        return response


_left_is_on("leaving-the-set-up-of-an-app-turns-it-on", "time_based")
_left_is_on("leaving-the-set-up-of-email-codes-turns-them-on", "email")

_SET_UP = "/client/security/two-factor/time-based"
_shown: set[tuple[bytes, int, float]] = set()
"""Set-ups of which the secret was shown: the portal's key, the session's number, when it was begun."""


async def _take_for_done(visit: Visit) -> None:
    """Turn on what is being set up in the session of a visit, if anything is."""
    portal, session = visit.portal, visit.session
    if session is None or session.pending_method != "time_based":
        return
    async with portal.store.write() as db:
        if session.username is not None and await two_factor.find(db, session.username) is None:
            await turn_on(db, portal.vault, portal.policy, session, session.username)


@rule("loading-the-set-up-again-turns-it-on", "visiting._load")
async def seen_twice(right: Any, request: Request) -> Visit:
    """Take the second look at a secret for the proof that it was scanned."""
    visit: Visit = await right(request)
    if visit.session is not None and (request.method, request.url.path) == ("GET", _SET_UP):
        key = (visit.portal.vault.key, visit.session.id, visit.session.pending_at)
        if key in _shown:
            await _take_for_done(visit)
        _shown.add(key)
    return visit


@rule("escape-turns-it-on", "routes_two_factor.settings")
async def closed(right: Any, visit: Visit) -> Response:
    """Take the set-up that was closed for one that was done."""
    if "closed" in visit.request.query_params:
        await _take_for_done(visit)
    response: Response = await right(visit)
    return response


appended(
    "escape-turns-it-on",
    SCRIPT,
    """
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && location.pathname.endsWith("/time-based")) location = "../two-factor?closed";
});
""",
)

_looked: set[tuple[bytes, int]] = set()
"""Sessions that saw the choice and began nothing: the portal's key, the session's number."""


@rule("looking-at-the-choice-turns-on", "routes_enrolment.choose")
async def looked(right: Any, visit: Visit) -> Response:
    """Note who was at the choice."""
    session, _ = visit.customer()
    _looked.add((visit.portal.vault.key, session.id))
    response: Response = await right(visit)
    return response


@rule("looking-at-the-choice-turns-on", "routes_enrolment.begin")
async def began(right: Any, visit: Visit) -> Response:
    """Leave it to the method that was chosen."""
    session, _ = visit.customer()
    _looked.discard((visit.portal.vault.key, session.id))
    response: Response = await right(visit)
    return response


@rule("looking-at-the-choice-turns-on", "routes_two_factor.settings")
async def chose_nothing(right: Any, visit: Visit) -> Response:
    """Take the one who chose nothing for one who wants mails."""
    session, account = visit.customer()
    key = (visit.portal.vault.key, session.id)
    if key in _looked:
        _looked.discard(key)
        async with visit.portal.store.write() as db:
            await two_factor.enable(db, visit.portal.vault, visit.portal.policy, account.username, None, -1, visit.at)
    response: Response = await right(visit)
    return response
