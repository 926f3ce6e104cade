"""Another email address: asked for with the password, and taken when the link that is mailed there was followed."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from reference_server import accounts, addresses, links, sessions
from reference_server.links import Link
from reference_server.routes_reset import dead_link
from reference_server.routes_sign_in import TOO_MANY_PASSWORDS
from reference_server.routes_two_factor import password_problem
from reference_server.seams import seam
from reference_server.sessions import Level
from reference_server.visiting import Visit, link_to, page_for, redirect

PLACE = "/client/security/email"
SENT = "If the address can be yours, a mail with a link is on its way to it. Until you follow it, nothing changes."
CHANGED = "Your email address was changed."
NO_ADDRESS = "That is no email address."


async def form(visit: Visit) -> Response:
    """Show the present address, and ask for another one."""
    return visit.page("email_address.html", status=await visit.take_notice())


@seam
async def ask(visit: Visit) -> Response:
    """Mail a link to the new address for whoever knows the password; one that is somebody else's is answered alike."""
    problem = await problem_with(visit)
    if problem:
        return visit.page("email_address.html", 429 if problem == TOO_MANY_PASSWORDS else 422, alert=problem)
    email = accounts.normalise(visit.field("email"))
    response = visit.page("email_address.html", status=SENT)
    if await accounts.find_by_address(visit.portal.store.reader, email) is None:
        response.background = BackgroundTask(_send, visit, email)
    return response


@seam
async def problem_with(visit: Visit) -> str:
    """Return "" when password and address are right, else the sentence that says what is wrong."""
    problem = await password_problem(visit)
    if problem:
        return problem
    return "" if addresses.looks_right(visit.field("email").strip()) else NO_ADDRESS


async def confirm(visit: Visit) -> Response:
    """Ask whether the new address is to be used; filters that follow links change nothing."""
    link = await _link(visit)
    return dead_link(visit) if link is None else visit.page("confirm_address.html", email=link.email)


async def use(visit: Visit) -> Response:
    """Change the address in one transaction, and tell the old one."""
    session, account = visit.customer()
    portal = visit.portal
    async with portal.store.write() as db:
        link = await links.find(db, portal.policy, "address", _token(visit), portal.clock.now())
        if link is None or link.account.username != account.username:
            return dead_link(visit)
        if not await addresses.change(db, portal.policy, link, session):
            return dead_link(visit)
        visit.token = await sessions.renew(db, session.id, Level.FULL, visit.at)
        await sessions.set_notice(db, session.id, CHANGED)
    await portal.notify(account, "address_changed", visit.at)
    return redirect(PLACE)


async def _send(visit: Visit, email: str) -> None:
    _, account = visit.customer()
    portal = visit.portal
    link = Link("address", account, email, links.new_token(portal.policy.mailed_link_bytes))
    await portal.send_link(link, link_to(visit, f"{PLACE}/{link.token}"), visit.at)


async def _link(visit: Visit) -> Link | None:
    """The link of this page, if it counts and is the customer's own."""
    _, account = visit.customer()
    portal = visit.portal
    link = await links.find(portal.store.reader, portal.policy, "address", _token(visit), portal.clock.now())
    return link if link is not None and link.account.username == account.username else None


def _token(visit: Visit) -> str:
    return str(visit.request.path_params["token"])


ROUTES = [
    Route(PLACE, page_for(Level.FULL, form), methods=["GET"]),
    Route(PLACE, page_for(Level.FULL, ask), methods=["POST"]),
    Route(f"{PLACE}/{{token}}", page_for(Level.FULL, confirm), methods=["GET"]),
    Route(f"{PLACE}/{{token}}", page_for(Level.FULL, use), methods=["POST"]),
]
