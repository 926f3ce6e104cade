"""A miniature shop with an app as second factor, in any words: one customer, and visitors known by a cookie."""

from __future__ import annotations

import html
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import segno

from fixtures.authenticator import Authenticator, KeyUri
from portal2fa.profile_accounts import Account

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
_AHEAD = 200
"""So many steps a code may be ahead of the wall clock: the clock of whoever walks may jump instead of waiting."""


@dataclass(frozen=True)
class Words:
    """How the shop calls things, in one language."""

    language: str
    client_area: str
    sign_in: str
    username: str
    password: str
    wrong_password: str
    security: str
    two_factor: str
    off: str
    on: str
    enable: str
    scan: str
    key: str
    code: str
    confirm: str
    cancel: str
    wrong_code: str
    backup_code: str
    advice: str
    done: str
    use_backup_code: str
    disable: str
    turned_off: str
    sign_out: str


@dataclass
class Visitor:
    """One browser, by its cookie."""

    signed_in: bool = False
    knows_password: bool = False


class Shop:
    """The shop and its one customer; `url` is where it answers until it is closed."""

    def __init__(self, words: Words, account: Account, now: Callable[[], float]) -> None:
        """Answer on a free port; `now` is the time by which codes are judged."""
        self.words, self.account = words, account
        self.on = False
        self.stuck = False
        """Whether switching off does nothing."""
        self.backup_code = ""
        self._app = Authenticator(KeyUri(SECRET, "", "", "SHA1", 6, 30))
        self._now, self._last_step = now, 0
        self._visitors: dict[str, Visitor] = {}
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer({})

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                fields = parse_qs(sent, keep_blank_values=True)
                self.answer({name: values[0] for name, values in fields.items()})

            def answer(self, sent: dict[str, str]) -> None:
                kept = SimpleCookie(self.headers.get("cookie", "")).get("visitor")
                visitor = kept.value if kept is not None else secrets.token_hex(8)
                page = shop.page(urlsplit(self.path).path, sent, shop._visitors.setdefault(visitor, Visitor()))
                self.send_response(303 if page.startswith("/") else 200)
                self.send_header("set-cookie", f"visitor={visitor}")
                if page.startswith("/"):
                    self.send_header("location", page)
                body = shop.whole(page).encode()
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # --- pages --------------------------------------------------------------------------------------------------

    def whole(self, page: str) -> str:
        """A page with all that goes around it."""
        return f"<!doctype html><html lang={self.words.language}><meta charset=utf-8><title>Shop</title>{page}"

    def page(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        """What a visitor gets at a path: HTML, or where to go next."""
        said = self.words
        if path == "/":
            return f"<h1>Shop</h1><a href=/login>{said.client_area}</a>"
        if path == "/login":
            return self._log_in(sent, visitor)
        if path in ("/challenge", "/backup") and visitor.knows_password:
            return self._challenge(path, sent, visitor)
        if not visitor.signed_in:
            return "/login"
        inside: dict[str, Callable[[dict[str, str], Visitor], str]] = {
            "/security": self._security,
            "/enable": self._enable,
            "/disable": self._disable,
            "/logout": self._log_out,
        }
        found = inside.get(path, self._home)(sent, visitor)
        return found if found.startswith("/") else self._head() + found

    def _head(self) -> str:
        entries = f"<a href=/security>{self.words.security}</a> <a href=/logout>{self.words.sign_out}</a>"
        name = html.escape(self.account.name)
        return f"<header><details><summary>{name}</summary>{entries}</details></header>"

    def _home(self, sent: dict[str, str], visitor: Visitor) -> str:
        return "<main><p>…</p></main>"

    def _log_out(self, sent: dict[str, str], visitor: Visitor) -> str:
        visitor.signed_in = visitor.knows_password = False
        return "/"

    def _log_in(self, sent: dict[str, str], visitor: Visitor) -> str:
        if sent.get("password") == self.account.password:
            visitor.knows_password, visitor.signed_in = True, not self.on
            return "/challenge" if self.on else "/home"
        said = self.words
        refused = f"<p role=alert>{said.wrong_password}</p>" if sent else ""
        name = f"<label>{said.username} <input name=username></label>"
        password = f"<label>{said.password} <input type=password name=password></label>"
        return f"<h1>{said.sign_in}</h1>{refused}{form('/login', name + password, said.sign_in)}"

    def _challenge(self, path: str, sent: dict[str, str], visitor: Visitor) -> str:
        said = self.words
        label = said.code if path == "/challenge" else said.backup_code
        if sent:
            visitor.signed_in = self._is_right(sent["code"]) if path == "/challenge" else self._takes(sent["code"])
            if visitor.signed_in:
                return "/home"
        refused = f"<p role=alert>{said.wrong_code}</p>" if sent else ""
        other = f"<a href=/backup>{said.use_backup_code}</a>" if path == "/challenge" else ""
        return f"<h1>{said.two_factor}</h1>{refused}{form(path, field(label), said.confirm)}{other}"

    def _security(self, sent: dict[str, str], visitor: Visitor) -> str:
        said = self.words
        button = form("/disable", "", said.disable) if self.on else form("/enable", "", said.enable, "get")
        state = said.on if self.on else said.off
        return f"<main><h1>{said.security}</h1><h2>{said.two_factor}</h2><p>{state}</p>{button}</main>"

    def _enable(self, sent: dict[str, str], visitor: Visitor) -> str:
        said = self.words
        if "code" in sent and self._is_right(sent["code"]):
            self.on, self.backup_code = True, "-".join(secrets.token_hex(2) for _ in range(3))
            shown = f"<label>{said.backup_code} <input readonly value={self.backup_code}></label><p>{said.advice}</p>"
            return f"<main><h1>{said.on}</h1>{shown}<a href=/security>{said.done}</a></main>"
        refused = f"<p role=alert>{said.wrong_code}</p>" if "code" in sent else ""
        qr = segno.make(f"otpauth://totp/Shop:ana?secret={SECRET}&issuer=Shop").svg_inline(scale=5, border=4)
        key = f"<label>{said.key} <input readonly value={SECRET}></label>"
        shown = f"<p>{said.scan}</p><div role=img aria-label=QR>{qr}</div>{key}"
        cancel = f"<a href=/security>{said.cancel}</a>"
        asked = form("/enable", field(said.code), said.confirm)
        return f"<main><h1>{said.two_factor}</h1>{shown}{refused}{asked}{cancel}</main>"

    def _disable(self, sent: dict[str, str], visitor: Visitor) -> str:
        self.on, self._last_step = self.on and self.stuck, 0
        told = "" if self.on else f"<p role=status>{self.words.turned_off}</p>"
        return told + self._security(sent, visitor)

    # --- codes --------------------------------------------------------------------------------------------------

    def _is_right(self, code: str) -> bool:
        """Whether it is a code of a later step than the last one."""
        here = self._app.step(self._now())
        for step in range(max(here - 1, self._last_step + 1), here + _AHEAD):
            if code == self._app.code(step * 30):
                self._last_step = step
                return True
        return False

    def _takes(self, code: str) -> bool:
        right, self.backup_code = (
            bool(code) and code == self.backup_code,
            "" if code == self.backup_code else self.backup_code,
        )
        return right


def form(action: str, fields: str, button: str, method: str = "post") -> str:
    """A form with one button."""
    return f"<form method={method} action={action}>{fields}<button>{button}</button></form>"


def field(label: str) -> str:
    """A field for a code."""
    return f"<label>{label} <input name=code autocomplete=off></label>"
