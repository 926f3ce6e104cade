"""A forgotten password: asking for a link by mail, and choosing a new password where it leads."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from reference_server import accounts, links, resets
from reference_server.accounts import Account
from reference_server.links import Link
from reference_server.routes_sign_in import keep_notice
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.visiting import Visit, link_to, page_for, redirect

FORGOTTEN = "/sign-in/forgotten"
NEW_PASSWORD = "/sign-in/new-password"
SENT = "If we know this address, a mail with a link is on its way to it."
CHANGED = "Your password was changed. Sign in with the new one."
TOO_SHORT = "Use 15 characters or more."
DEAD_LINK = "It was used, or it is too old, or a newer one was sent. Ask for another link."


async def form(visit: Visit) -> Response:
    """Ask for the address; a sign-in that waited for its second factor is left alone."""
    if visit.level is Level.FULL:
        return redirect("/client")
    await _have_session(visit)
    return visit.page("forgotten.html")


@seam
async def ask(visit: Visit) -> Response:
    """Answer everybody alike; the mail leaves after the answer, so that its time tells nothing either."""
    account = await accounts.find_by_address(visit.portal.store.reader, visit.field("email"))
    response = visit.page("forgotten.html", status=SENT)
    if account is not None:
        response.background = BackgroundTask(_send, visit, account)
    return response


async def choose(visit: Visit) -> Response:
    """Ask for a new password where a link leads that still counts."""
    portal = visit.portal
    if await links.find(portal.store.reader, portal.policy, "password", _token(visit), portal.clock.now()) is None:
        return dead_link(visit)
    await _have_session(visit)
    return visit.page("new_password.html")


@seam
async def save(visit: Visit) -> Response:
    """Replace the password in one transaction, sign the account out everywhere, and lead to the sign-in."""
    portal, password = visit.portal, visit.field("password")
    if len(password) < portal.policy.password_length:
        return visit.page("new_password.html", 422, alert=TOO_SHORT)
    hashed = await portal.passwords.hash(password)
    async with portal.store.write() as db:
        link = await links.find(db, portal.policy, "password", _token(visit), portal.clock.now())
        if link is not None:
            await resets.complete(db, portal.policy, link.account, hashed)
    if link is None:
        return dead_link(visit)
    await portal.notify(link.account, "password_reset", link.account.time(portal.clock.now()))
    session = await visit.become(Level.ANONYMOUS, None, portal.clock.now())
    await keep_notice(portal, session.id, CHANGED)
    return redirect("/sign-in")


async def _send(visit: Visit, account: Account) -> None:
    token = links.new_token(visit.portal.policy.mailed_link_bytes)
    link = Link("password", account, account.email, token)
    address = link_to(visit, f"{NEW_PASSWORD}/{token}")
    await visit.portal.send_link(link, address, account.time(visit.portal.clock.now()))


def _token(visit: Visit) -> str:
    return str(visit.request.path_params["token"])


def dead_link(visit: Visit) -> Response:
    """Say that a link counts no more, whatever it was for."""
    return visit.page("error.html", 410, title="This link no longer works", text=DEAD_LINK)


async def _have_session(visit: Visit) -> None:
    """A form needs a token, and a token a session."""
    if visit.session is None:
        await visit.become(Level.ANONYMOUS, None, visit.portal.clock.now())


ROUTES = [
    Route(FORGOTTEN, page_for(None, form), methods=["GET"]),
    Route(FORGOTTEN, page_for(None, ask), methods=["POST"]),
    Route(f"{NEW_PASSWORD}/{{token}}", page_for(None, choose), methods=["GET"]),
    Route(f"{NEW_PASSWORD}/{{token}}", page_for(None, save), methods=["POST"]),
]
