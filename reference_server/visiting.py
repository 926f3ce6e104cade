"""One request seen as a visit: who comes, at what time of theirs, with which form, and what they are shown."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reference_server import accounts, pages, sessions
from reference_server.accounts import Account
from reference_server.portal import Portal
from reference_server.seams import seam
from reference_server.sessions import Level, Session

TOUCH_AFTER = 60  # seconds between two notes of "was active"; far below the idle limit, and spares a write a request


@dataclass(slots=True)
class Visit:
    """A request with its session and account; `at` is the account's time, or the wall's while nobody is known."""

    request: Request
    portal: Portal
    at: float
    session: Session | None = None
    account: Account | None = None
    form: dict[str, str] | None = None
    token: str | None = None
    """A cookie value to hand out; an empty one takes the cookie away."""

    @property
    def level(self) -> Level:
        """How far this visitor has come."""
        return self.session.level if self.session else Level.ANONYMOUS

    def field(self, name: str) -> str:
        """Return what was typed in a field, or an empty string."""
        return (self.form or {}).get(name, "")

    def customer(self) -> tuple[Session, Account]:
        """Return session and account on a page that is only reached with both."""
        assert self.session is not None
        assert self.account is not None
        return self.session, self.account

    def page(self, template: str, http: int = 200, /, **values: object) -> Response:
        """Render a page for this visitor with an HTTP status; `alert` and `status` are what it says."""
        signed_in = self.account if self.level is Level.FULL else None
        values = {"customer": signed_in, "csrf": self.session.csrf if self.session else "", **values}
        return pages.render(template, http, path=self.request.url.path, **values)

    async def become(self, level: Level, username: str | None, at: float, next_path: str = "") -> Session:
        """Replace the visitor's session by a new one of this level, with a new cookie."""
        async with self.portal.store.write() as db:
            if self.session is not None:
                await sessions.end(db, self.session.id)
            await sessions.drop_old(db, username, at - self.portal.policy.session_life)
            self.token, self.session = await sessions.start(db, level, username, at, next_path)
        return self.session

    async def take_notice(self) -> str:
        """Return the sentence kept for this page, once."""
        if self.session is None or not self.session.notice:
            return ""
        async with self.portal.store.write() as db:
            await sessions.set_notice(db, self.session.id, "")
        return self.session.notice


Handler = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def page_for(needs: Level | None, handler: Handler) -> Endpoint:
    """Make a route endpoint: load the visit, turn away who may not come, check forms, hand over, set the cookie."""

    async def endpoint(request: Request) -> Response:
        visit = await _load(request)
        response = _turned_away(visit, needs)
        if response is not None and needs is Level.FULL and request.method == "GET":
            await _remember_place(visit)
        if response is None and request.method == "POST":
            response = await _checked_form(visit)
        if response is None:
            response = await handler(visit)
        _set_cookie(visit, response)
        return response

    return endpoint


def redirect(path: str) -> Response:
    """Send the browser to another page of the portal with a GET."""
    return RedirectResponse(path, status_code=303)


@seam
def link_to(visit: Visit, path: str) -> str:
    """Return where a mailed link leads: by the name that the operator gave the portal, whatever a request calls it."""
    return f"{visit.portal.settings.url}{path}"


def cookie_name(url: URL) -> str:
    """The session cookie's name; the prefix binds it to this host (RFC 6265bis section 4.1.3.2) but needs https."""
    return "__Host-session" if url.scheme == "https" else "session"


@seam
async def _load(request: Request) -> Visit:
    portal: Portal = request.app.state.portal
    visit = Visit(request, portal, portal.clock.now())
    token = request.cookies.get(cookie_name(request.url))
    session = await sessions.find(portal.store.reader, token) if token else None
    if session is None:
        return visit
    account = await accounts.find(portal.store.reader, session.username) if session.username else None
    at = account.time(visit.at) if account else visit.at
    if not session.alive(portal.policy, at):
        return visit
    visit.session, visit.account, visit.at = session, account, at
    if abs(at - session.seen_at) >= TOUCH_AFTER:
        async with portal.store.write() as db:
            await sessions.touch(db, session.id, at)
    return visit


@seam
def _turned_away(visit: Visit, needs: Level | None) -> Response | None:
    if needs is None or visit.level == needs:
        return None
    if visit.level is Level.FULL:
        return redirect("/client")
    if visit.level is Level.PASSWORD:
        return redirect("/sign-in/challenge")
    if needs is Level.FULL and visit.request.method in ("GET", "HEAD"):
        return redirect(f"/sign-in?next={quote(visit.request.url.path)}")
    return redirect("/sign-in")


async def _remember_place(visit: Visit) -> None:
    """Let a sign-in that waits for its code go on to the page that was asked for meanwhile, which is one of ours."""
    if visit.session is not None and visit.level is Level.PASSWORD:
        async with visit.portal.store.write() as db:
            await sessions.set_next(db, visit.session.id, visit.request.url.path)


async def _checked_form(visit: Visit) -> Response | None:
    """Read the form; a page that refuses it when it is too large or was not sent from a page of ours."""
    body = bytearray()
    async for chunk in visit.request.stream():
        body += chunk
        if len(body) > visit.portal.policy.form_bytes:
            return visit.page("error.html", 413, title="That is too much", text="The form is larger than ours are.")
    visit.form = dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True, errors="replace"))
    if _from_our_page(visit):
        return None
    text = "It was open for too long, or it did not come from this site. Go back, reload the page and try again."
    return visit.page("error.html", 403, title="This form is no longer valid", text=text)


@seam
def _from_our_page(visit: Visit) -> bool:
    expected = visit.session.csrf if visit.session else ""
    given = visit.field("csrf_token")
    same_token = bool(expected) and hmac.compare_digest(expected.encode(), given.encode(errors="replace"))
    origin = visit.request.headers.get("origin")
    return same_token and (origin is None or _same_origin(origin, visit.request.url))


def _same_origin(origin: str, url: URL) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc.lower()) == (url.scheme, url.netloc.lower())


def _set_cookie(visit: Visit, response: Response) -> None:
    if visit.token is None:
        return
    secure = visit.request.url.scheme == "https"
    name = cookie_name(visit.request.url)
    if visit.token:
        response.set_cookie(name, visit.token, path="/", httponly=True, secure=secure, samesite="lax")
    else:
        response.delete_cookie(name, path="/", httponly=True, secure=secure, samesite="lax")
