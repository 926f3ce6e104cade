"""A portal in this process: the real application, a clock that is held, and an outbox instead of a mail server."""

from __future__ import annotations

import asyncio
import base64
import hmac
import html
import re
import struct
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from reference_server.app import create_app
from reference_server.mail import MailError
from reference_server.settings import Settings

T = TypeVar("T")
TOKEN = "control-token-of-the-tests"
SETTINGS = "/client/security/two-factor"


@dataclass
class HeldClock:
    """A clock that moves only when told."""

    at: float = 1_800_000_000.0

    def now(self) -> float:
        """Return the held moment."""
        return self.at


@dataclass
class Outbox:
    """Keeps the mails instead of sending them, or refuses them."""

    mails: list[EmailMessage] = field(default_factory=list)
    refusing: bool = False

    async def send(self, message: EmailMessage) -> None:
        """Keep one mail, or refuse it."""
        if self.refusing:
            raise MailError("450 try again later")
        self.mails.append(message)

    def text(self, index: int = -1) -> str:
        """Return the plain text of a mail, the newest unless told."""
        body = self.mails[index].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def code(self) -> str:
        """The code of the newest code mail."""
        found = [re.search(r"code is (\d+)", self.text(at)) for at in range(len(self.mails))]
        return [match[1] for match in found if match][-1]

    @property
    def subjects(self) -> list[str]:
        """The subjects of all mails, oldest first."""
        return [str(mail["Subject"]) for mail in self.mails]


def app_code(secret: str, at: float) -> str:
    """What an authenticator app shows; written from RFC 4226 section 5.3, apart from the code under test."""
    key = base64.b32decode(secret.replace(" ", ""))
    mac = hmac.digest(key, struct.pack(">Q", int(at // 30)), "sha1")
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def wrong_for(code: str) -> str:
    """A code of the same shape that is another one."""
    return f"{(int(code) + 1) % 10**6:06d}"


@dataclass
class Browser:
    """One visitor: cookies, the page that is open, and forms that are sent with its token."""

    world: World
    client: httpx.AsyncClient
    page: httpx.Response | None = None

    def get(self, path: str) -> httpx.Response:
        """Open a page and follow where it leads."""
        self.page = self.world.run(self.client.get(path))
        return self.page

    def submit(self, path: str, **fields: str) -> httpx.Response:
        """Send a form with the token of the open page and follow where it leads."""
        self.page = self.world.run(self.client.post(path, data={"csrf_token": self.token, **fields}))
        return self.page

    def submit_together(self, path: str, times: int, **fields: str) -> list[httpx.Response]:
        """Send the same form several times at once, without following."""

        async def together() -> list[httpx.Response]:
            data = {"csrf_token": self.token, **fields}
            posts = [self.client.post(path, data=data, follow_redirects=False) for _ in range(times)]
            return await asyncio.gather(*posts)

        return self.world.run(together())

    @property
    def text(self) -> str:
        """The open page, with its entities resolved."""
        assert self.page is not None
        return html.unescape(self.page.text)

    @property
    def path(self) -> str:
        """Where the visitor ended up."""
        assert self.page is not None
        return self.page.url.path

    @property
    def token(self) -> str:
        """The token in the forms of the open page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page.text if self.page else "")
        return found[1] if found else ""

    @property
    def alert(self) -> str:
        """What the page warns of."""
        found = re.search(r'role="alert">([^<]+)<', self.text)
        return found[1] if found else ""

    @property
    def status(self) -> str:
        """What the page reports."""
        found = re.search(r'role="status">([^<]+)<', self.text)
        return found[1] if found else ""

    @property
    def manual_key(self) -> str:
        """The secret as it is offered for typing."""
        found = re.search(r'id="manual-key"[^>]*>([^<]+)<', self.text)
        assert found
        return found[1]

    @property
    def backup_code(self) -> str:
        """The backup code on the page, or nothing."""
        found = re.search(r'id="backup-code"[^>]*value="([^"]+)"', self.text)
        return found[1] if found else ""

    @property
    def cookie(self) -> str | None:
        """The value of the session cookie."""
        return self.client.cookies.get("session")

    def sign_in(self, account: dict[str, Any], next_path: str = "") -> Browser:
        """Give address and password."""
        self.get("/sign-in")
        self.submit("/sign-in", email=account["username"], password=account["password"], next=next_path)
        return self

    def give(self, code: str) -> httpx.Response:
        """Give a code on the second page of signing in."""
        return self.submit("/sign-in/challenge", code=code)

    def is_signed_in(self) -> bool:
        """Tell whether the client area opens."""
        return self.world.run(self.client.get("/client", follow_redirects=False)).status_code == 200

    def begin(self, method: str) -> Browser:
        """Go to the page on which an enrolment is confirmed."""
        self.get(f"{SETTINGS}/choose")
        self.submit(f"{SETTINGS}/choose", method=method)
        return self


@dataclass
class World:
    """The portal with everything around it that a test may move."""

    app: Starlette
    clock: HeldClock
    outbox: Outbox
    database: Path
    runner: asyncio.Runner
    clients: list[httpx.AsyncClient] = field(default_factory=list)
    origin: str = "http://portal.test"
    hosts: ASGIApp | None = None
    """What hands requests to `app` and to other portals, where there is more than one."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Carry out asynchronous work now."""
        return self.runner.run(work)

    def browser(self, origin: str = "", *, cookie: str | None = None, **options: Any) -> Browser:
        """A new visitor, or with a `cookie` one who carries that session."""
        transport = httpx.ASGITransport(app=self.hosts or self.app)
        client = httpx.AsyncClient(
            transport=transport, base_url=origin or self.origin, follow_redirects=True, **options
        )
        self.clients.append(client)
        if cookie:
            client.cookies.set("session", cookie, domain=self.origin.removeprefix("http://"), path="/")
        return Browser(self, client)

    def control(self, path: str, **body: Any) -> dict[str, Any]:
        """Ask the test control for something that must succeed."""
        browser = self.browser(headers={"X-Test-Token": TOKEN})
        answer = self.run(browser.client.post(f"/_test{path}", json=body))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def account(self, two_factor: str | None = None) -> dict[str, Any]:
        """Make an account, with a second factor if one is named."""
        return self.control("/accounts", name="Ana Example", two_factor=two_factor)

    def signed_in(self, account: dict[str, Any] | None = None) -> Browser:
        """A browser with a planted session."""
        cookie = self.control("/session", username=(account or self.account())["username"])
        return self.browser(cookie=cookie["value"])

    def set_clock(self, account: dict[str, Any], at: float) -> None:
        """Let the time of one account stand still at a moment."""
        self.control("/clock", username=account["username"], at=at)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A portal of one test."""
    clock, outbox, database = HeldClock(), Outbox(), tmp_path / "portal.sqlite3"
    settings = Settings(database=database, control_token=TOKEN, cheap_passwords=True)
    app = create_app(settings, clock, outbox)
    with asyncio.Runner() as runner:
        world = World(app, clock, outbox, database, runner)
        lifespan = app.router.lifespan_context(app)
        world.run(lifespan.__aenter__())
        yield world
        for client in world.clients:
            world.run(client.aclose())
        world.run(lifespan.__aexit__(None, None, None))


assert app_code(base64.b32encode(b"12345678901234567890").decode(), 59) == "287082"  # RFC 6238 appendix B
