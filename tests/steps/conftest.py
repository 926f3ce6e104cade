"""Miniature portals, each a few pages of HTML and wrong on purpose, seen by a person with a real browser."""

from __future__ import annotations

import ssl
import threading
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from fixtures.actor import Actor
from fixtures.authenticator import Authenticator, KeyUri
from fixtures.browser import Browser
from fixtures.clock import wall
from fixtures.clocks.skew import Skew
from fixtures.guard import Guard
from fixtures.mailbox.mail import Arrivals, Mail
from fixtures.traces.tracer import Tracer
from fixtures.world import World
from portal2fa.browsers import find_browser
from portal2fa.evidence import Recorder
from portal2fa.journal import unkept
from portal2fa.profile import Profile
from portal2fa.profile_accounts import Account

ROOT = Path(__file__).parents[2]
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
SOON = {"answer": 0.5}
"""For portals whose answer does not come: the person gives up waiting after half a second."""
Page = str | tuple[int, str] | Callable[[dict[str, str]], str]


class MiniPortal:
    """Pages by path: HTML, a status with HTML, or a function of the form that was sent."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self.pages = pages
        self.forms: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.headers: dict[str, dict[str, str]] = {}
        """What the answers at a path say beside their kind and length."""
        self.ahead = 0.0
        """Seconds by which its clock, as its answers tell it, is ahead of this machine's."""
        self.jumps: Iterator[float] = repeat(0.0)
        """Seconds by which the clock of each next answer is ahead of that, where several machines answer."""
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                portal.asked.append(parts.path)
                self.answer(parts.path, parts.query)

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                sent = self.rfile.read(length).decode()
                fields = {name: values[0] for name, values in parse_qs(sent, keep_blank_values=True).items()}
                portal.forms.append(fields)
                self.answer(urlsplit(self.path).path, sent)

            def answer(self, path: str, sent: str) -> None:
                page = portal.pages.get(path, (404, "nothing here"))
                if callable(page):
                    page = page({name: values[0] for name, values in parse_qs(sent, keep_blank_values=True).items()})
                status, html = page if isinstance(page, tuple) else (200, page)
                body = f"<!doctype html><meta charset=utf-8><title>Mini</title>{html}".encode()
                self.send_response(status)
                if status in (302, 303):
                    self.send_header("location", html)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                for name, value in portal.headers.get(path, {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def date_time_string(self, timestamp: float | None = None) -> str:
                """The date of an answer."""
                now = wall() if timestamp is None else timestamp
                return formatdate(now + portal.ahead + next(portal.jumps), usegmt=True)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def wrap(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def held_up() -> dict[str, Page]:
    """A page at /late that is answered once /now was asked for, for whatever has to come later than something else."""
    asked = threading.Event()

    def late(_: dict[str, str]) -> str:
        asked.wait(10)
        return ""

    def now(_: dict[str, str]) -> str:
        asked.set()
        return ""

    return {"/late": late, "/now": now}


@dataclass
class HeldClock:
    """A clock that moves only when told; the moves are kept."""

    at: float = 1_800_000_000.0
    movable: bool = True
    really: bool = False
    shared: bool = False
    exact: bool = False
    skew: Skew | None = None
    moves: list[float] = field(default_factory=list)

    def now(self, username: str) -> float:
        """The time it is held at."""
        return self.at

    def advance(self, username: str, seconds: float) -> None:
        """Move on, and note by how much."""
        self.moves.append(seconds)
        self.at += seconds


@dataclass
class Letters:
    """A mailbox that a test fills."""

    kept: list[Mail] = field(default_factory=list)
    watches: bool = True
    pause: float = 0.01
    asked: list[str] = field(default_factory=list)

    def mails(self, address: str) -> list[Mail]:
        """Those for `address`."""
        return [mail for mail in self.kept if address in mail.recipients]

    def everything(self) -> list[Mail]:
        """All of them."""
        return list(self.kept)

    def ask(self, address: str) -> None:
        """Note down who was asked for."""
        self.asked.append(address)

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests in this folder."""
    running = Browser(find_browser(), headed=False)
    yield running
    running.close()


Visit = Callable[..., tuple[Actor, MiniPortal]]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Gives Ana a browser and a miniature portal; keyword arguments are laid over the documented profile's tables."""
    opened: list[tuple[Actor, MiniPortal]] = []

    def begin(pages: dict[str, Page], **changes: dict[str, Any]) -> tuple[Actor, MiniPortal]:
        portal = MiniPortal(pages)
        table = tomllib.loads((ROOT / "fixtures" / "profiles" / "documented.toml").read_text(encoding="utf-8"))
        table["timing"] = {"answer": 20.0}
        table["url"] = portal.url
        for name, change in changes.items():
            table[name] = {**table.get(name, {}), **change}
        recorder = Recorder(tmp_path)
        guard = Guard(portal.url, table.get("origins", ()), recorder.block)
        world = SimpleNamespace(
            guard=guard,
            browser=browser,
            profile=Profile.model_validate(table),
            url=portal.url,
            clock=HeldClock(),
            mailbox=Letters(),
            recorder=recorder,
            labels={},
            refused=Counter(),
            refused_passwords=Counter(),
            refused_at={},
            requests={},
            arrivals=Arrivals(),
            control=None,
            alone=nullcontext,
            accounts=SimpleNamespace(disposable=False),
            tracer=Tracer(recorder, wanted=False),
        )
        account = Account(username="ana@a.example", password="password-of-ana", name="Ana Example")
        actor = Actor("Ana", account, cast(World, world), unkept(account.username), method="time_based")
        actor.authenticator = Authenticator(KeyUri(SECRET, "", "", "SHA1", 6, 30))
        opened.append((actor, portal))
        return actor, portal

    yield begin
    for actor, portal in opened:
        actor.close()
        actor.world.guard.close()
        portal.close()
