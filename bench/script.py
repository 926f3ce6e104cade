"""The bare script of a whole run: plain synchronous Playwright does what `bench.recorded` wrote down, one by one.

No behave, no profile, no steps, no checks, no evidence; everybody signs in by the form.  `python -m bench.script FILE`
goes through all scenarios beside a portal of its own and prints those that it could not follow, as JSON.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyotp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from bench import clock, host
from bench.sources import CODE, PERIOD
from bench.walk import CONTEXT, PATIENCE, control_client, launch_options, secret_in
from fixtures import freeing


class Letters:
    """What an SMTP server took, by address."""

    def __init__(self) -> None:
        """None yet."""
        self._all: list[tuple[list[str], bytes]] = []
        self._news = threading.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        with self._news:
            self._all.append((list(envelope.rcpt_tos), content))
            self._news.notify_all()
        return "250 OK"

    def code(self, address: str, number: int) -> str:
        """The code in the mail of this number to an address, once it has come."""
        return str(re.findall(CODE, self._text(address, number))[0])

    def link(self, address: str, number: int) -> str:
        """The first link in it."""
        return str(re.findall(r"https?://\S+", self._text(address, number))[0])

    def _text(self, address: str, number: int) -> str:
        with self._news:
            self._news.wait_for(lambda: len(self._to(address)) > number, timeout=PATIENCE / 1000)
            mail = message_from_bytes(self._to(address)[number], policy=policy.default)
        body = mail.get_body(("plain",))
        return str(body.get_content()) if body else ""

    def count(self, address: str) -> int:
        """How many came for an address so far."""
        with self._news:
            return len(self._to(address))

    def _to(self, address: str) -> list[bytes]:
        return [content for recipients, content in self._all if address in recipients]


class Script:
    """One scenario."""

    def __init__(self, browser: Browser, control: httpx.Client, url: str, letters: Letters) -> None:
        """Nothing was done yet."""
        self._browser, self._control, self._url, self._letters = browser, control, url, letters
        self._accounts: list[dict[str, Any]] = []
        self._contexts: list[BrowserContext] = []
        self._pages: list[Page] = []
        self._readings: list[str] = []
        self._pictures: list[bytes] = []
        self._at = 0.0
        self._moved: float | None = None

    def do(self, deeds: list[list[Any]]) -> None:
        """Everything in its order; raises whatever goes wrong."""
        ways: dict[str, Callable[..., object]] = {
            "account": self._make_account,
            "clock": self._hold_clock,
            "mail": self._let_mail_fail,
            "context": self._open_context,
            "page": self._open_page,
            "window": self._open_page,
            "goto": lambda page, path: self._pages[page].goto(self._url + path),
            "follow": self._follow,
            "sign in": self._sign_in,
            "act": lambda page, selector, what: getattr(self._pages[page].locator(selector), what)(),
            "fill": lambda page, selector, source: self._pages[page].locator(selector).fill(self._text(source)),
            "press": self._press,
            "type": lambda page, source: self._pages[page].keyboard.type(self._text(source)),
            "headers": self._say_in_headers,
            "wait": lambda page, selector, state: self._pages[page].locator(selector).first.wait_for(state=state),
            "read": self._read,
            "content": lambda page: self._pages[page].content(),
            "picture": self._picture,
            "fetch": lambda context, path: self._contexts[context].request.get(self._url + path, max_redirects=0),
            "reload": lambda page: self._pages[page].reload(),
            "back": lambda page: self._pages[page].go_back(),
            "size": lambda page, size: self._pages[page].set_viewport_size(size),
            "leave": lambda page: self._pages[page].close(),
            "close": lambda context: self._contexts[context].close(),
        }
        for what, *rest in deeds:
            ways[what](*rest)

    def close(self) -> None:
        """Close what is open."""
        for context in self._contexts:
            with contextlib.suppress(Error):
                context.close()

    def _open_context(self, size: dict[str, int] | None) -> None:
        context = self._browser.new_context(**{**CONTEXT, "viewport": size or CONTEXT["viewport"]})
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)

    def _open_page(self, context: int) -> None:
        self._pages.append(self._contexts[context].new_page())

    def _make_account(self, body: dict[str, Any]) -> None:
        made = self._control.post("/accounts", json=body).json()
        self._accounts.append({**made, "two_factor": body["two_factor"], "further_mails": 0})

    def _sign_in(self, number: int, who: int, path: str) -> None:
        """By the form, where the run was handed a session; the form leads to the client area."""
        page, account = self._pages[number], self._accounts[who]
        page.goto(f"{self._url}/sign-in")
        page.get_by_label("Email address", exact=True).fill(account["email"])
        page.get_by_label("Password", exact=True).fill(account["password"])
        mails = self._letters.count(account["email"])
        page.get_by_role("button", name="Sign in", exact=True).click()
        if account["two_factor"] == "time_based":
            # a code of the last step: that of the present one may still be needed
            code = str(pyotp.TOTP(account["secret"]).at(int(self._at) - PERIOD))
            page.get_by_label("Code from the app", exact=True).fill(code)
        if account["two_factor"] == "email":
            page.get_by_label("Authorization code", exact=True).fill(self._letters.code(account["email"], mails))
            account["further_mails"] += 1
        if account["two_factor"]:
            page.get_by_role("button", name="Verify", exact=True).click()
        page.locator("header summary").wait_for()
        if path != "/client":
            page.goto(self._url + path)

    def _hold_clock(self, who: int, at: float) -> None:
        """As it was held in the run, later by so many whole steps of an app that it is not in the past."""
        if self._moved is None:
            self._moved = -(-(clock.now() - at) // PERIOD) * PERIOD
        self._at = at + self._moved
        self._control.post("/clock", json={"username": self._accounts[who]["username"], "at": self._at})

    def _let_mail_fail(self, who: int, failing: bool) -> None:
        self._control.post("/mail", json={"username": self._accounts[who]["username"], "failing": failing})

    def _say_in_headers(self, context: int, headers: list[dict[str, str]]) -> None:
        self._contexts[context].set_extra_http_headers({one["name"]: one["value"] for one in headers})

    def _press(self, page: int, selector: str, key: str) -> None:
        if selector:
            self._pages[page].locator(selector).press(key)
        else:
            self._pages[page].keyboard.press(key)

    def _read(self, page: int, how: str, selector: str, number: int) -> None:
        found = self._pages[page].locator(selector).first
        words = found.evaluate("e => e.value || e.innerText") if how == "value" else found.inner_text()
        self._readings += [""] * (number + 1 - len(self._readings))
        self._readings[number] = str(words)

    def _picture(self, page: int, selector: str) -> None:
        seen = self._pages[page]
        whole = partial(seen.screenshot, full_page=True)
        self._pictures.append(seen.locator(selector).first.screenshot() if selector else whole())

    def _text(self, source: list[Any]) -> str:
        kind, *rest = source
        if kind == "app":
            return str(pyotp.TOTP(self._secret(rest[0])).at(int(self._at) + rest[1] * PERIOD))
        if kind == "mail":
            return self._letters.code(*self._mail(*rest))
        if kind == "account":
            return str(self._accounts[rest[0]][rest[1]])
        return self._readings[rest[0]].strip() if kind == "page" else str(rest[0])

    def _mail(self, who: int | str, number: int) -> tuple[str, int]:
        """The address and the number of a mail, after those that only the script was sent."""
        if isinstance(who, str):
            return who, number
        account = self._accounts[who]
        return account["email"], number + account["further_mails"]

    def _follow(self, page: int, who: int | str, number: int) -> None:
        self._pages[page].goto(self._letters.link(*self._mail(who, number)))

    def _secret(self, source: list[Any]) -> str:
        kind, number = source
        if kind == "planted":
            return str(self._accounts[number]["secret"])
        if kind == "read":
            return re.sub(r"[^A-Z2-7]", "", self._readings[number].upper())
        scanned: str = self._scanned()[number - len([one for one in self._accounts if one.get("secret")])]
        return scanned

    def _scanned(self) -> list[str]:
        """The secrets of all QR codes so far, each once."""
        found = []
        for png in self._pictures:
            with contextlib.suppress(IndexError, KeyError):
                found.append(secret_in(png))
        return list(dict.fromkeys(found))


def main(file: str) -> int:
    """Go through all scenarios; 0, and on standard output the names of those that could not be followed."""
    scenarios = json.loads(Path(file).read_text("utf-8"))
    letters, failed = Letters(), {}
    smtp = Controller(letters, hostname="127.0.0.1", port=host.free_port())
    smtp.start()
    try:
        with host.portal(f"127.0.0.1:{smtp.port}") as ready, sync_playwright() as playwright:
            freeing.teach(playwright.selectors)  # a code of the wrong length has to come past the page here, too
            found = host.surroundings(ready)
            browser = playwright.chromium.launch(**launch_options(found))
            with control_client(found) as control:
                for number, one in enumerate(scenarios, start=1):
                    script = Script(browser, control, found["BENCH_URL"], letters)
                    try:
                        script.do(one["deeds"])
                    except Exception as error:  # whatever it is, the other scenarios can be followed
                        failed[one["name"]] = (str(error) or type(error).__name__).splitlines()[0]
                    finally:
                        script.close()
                    print(f"[{number}/{len(scenarios)}] {one['name']}", file=sys.stderr, flush=True)
            browser.close()
    finally:
        smtp.stop()
    print(json.dumps(failed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
