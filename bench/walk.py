"""What the first scenario of `features/journey.feature` makes a browser do, sentence by sentence, in plain Playwright.

No profile, no wording checks, no evidence: the labels of the reference portal are written into it.  The bare script
and the Python peers walk by it; it needs nothing of this project, so that it runs in the peers' environments as well.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import zxingcpp
from PIL import Image, ImageOps
from playwright.sync_api import BrowserContext, Page

from bench import clock

PROTECTED = ("/client", "/client/services", "/client/invoices", "/client/security", "/client/security/two-factor")
CONTEXT: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 720},
    "device_scale_factor": 1,
    "color_scheme": "light",
    "locale": "en-GB",
    "service_workers": "block",
}
"""The options of a browser context like the suite's."""
PATIENCE = 10_000
"""Milliseconds that an action may take."""
_PERIOD = 30
_LEFT_SECONDS = 12
"""As in the suite: no code is given when so little of its step is left."""


def launch_options(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The options by which Playwright starts the browser that `bench.host` names."""
    return {
        "executable_path": environment["BENCH_BROWSER"] or None,
        "args": json.loads(environment["BENCH_ARGS"]),
    }


def control_client(environment: Mapping[str, str] = os.environ) -> httpx.Client:
    """A client of the portal's control endpoint; the caller closes it."""
    headers = {"X-Test-Token": environment["BENCH_TOKEN"]}
    return httpx.Client(base_url=environment["BENCH_CONTROL"], headers=headers, timeout=10, trust_env=False)


@dataclass
class Walk:
    """One walk: each method is what one sentence of the scenario does; they are called in the scenario's order."""

    new_context: Callable[..., BrowserContext]
    control: httpx.Client
    url: str = field(default_factory=lambda: os.environ["BENCH_URL"])
    account: dict[str, str] = field(init=False)
    contexts: list[BrowserContext] = field(default_factory=list)
    page: Page = field(init=False)
    app: pyotp.TOTP = field(init=False)
    at: float = field(init=False)

    def has_an_account(self) -> None:
        """A fresh account over the control endpoint."""
        self.account = self.control.post("/accounts", json={"name": "Ana Example", "two_factor": None}).json()

    def signs_in(self) -> None:
        """By the form, in a fresh browser."""
        self._send_password()
        self.page.locator("header summary").wait_for()

    def opens_the_menu(self) -> None:
        """The one behind the customer's name."""
        self.page.locator("header summary").click()

    def goes_to(self, place: str) -> None:
        """Follow the link of that name."""
        self.page.get_by_role("link", name=place, exact=True).click()

    def asks_to_turn_it_on(self) -> None:
        """Press the button that begins it."""
        self.page.get_by_role("button", name="Click Here to Enable", exact=True).click()

    def starts_to_set_up(self) -> None:
        """Choose time-based tokens and go on."""
        self.page.get_by_role("radio", name="Time Based Tokens", exact=True).check()
        self.page.get_by_role("button", name="Get Started", exact=True).click()
        self.page.get_by_label("Code from the app", exact=True).wait_for()

    def scans(self) -> None:
        """Read the QR code from the pixels of a picture."""
        png = self.page.get_by_role("img", name="QR code for your authenticator app", exact=True).screenshot()
        self.app = pyotp.TOTP(secret_in(png))

    def gives_the_code(self) -> None:
        """The one of now, with the account's clock held, at the next step where the present one is almost over."""
        self._hold_clock(code_time(clock.now()))
        self.page.get_by_label("Code from the app", exact=True).fill(self.app.at(int(self.at)))
        self.page.get_by_role("button", name="Confirm", exact=True).click()

    def is_on(self) -> None:
        """The portal says so."""
        self.page.get_by_role("heading", name="Two-factor authentication is on", exact=True).wait_for()

    def has_a_backup_code(self) -> None:
        """The portal shows one."""
        assert self.page.get_by_label("Backup code", exact=True).input_value()

    def needs_a_code_elsewhere(self) -> None:
        """In a second fresh browser the password opens nothing, and the app's next code opens the client area."""
        self._send_password()
        self.page.get_by_label("Code from the app", exact=True).wait_for()
        assert not self._open_places()
        self._hold_clock(after(self.at))
        self.page.get_by_label("Code from the app", exact=True).fill(self.app.at(int(self.at)))
        self.page.get_by_role("button", name="Verify", exact=True).click()
        self.page.locator("header summary").wait_for()

    def end(self) -> None:
        """Close the browsers of this walk, and note that it came to its end."""
        self.close()
        with Path(os.environ["BENCH_DONE"]).open("a", encoding="utf-8") as done:
            done.write("done\n")

    def close(self) -> None:
        """Close the browsers of this walk, wherever it stands."""
        while self.contexts:
            self.contexts.pop().close()

    def _send_password(self) -> None:
        context = self.new_context(**CONTEXT)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.page.goto(f"{self.url}/sign-in")
        self.page.get_by_label("Email address", exact=True).fill(self.account["email"])
        self.page.get_by_label("Password", exact=True).fill(self.account["password"])
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def _hold_clock(self, at: float) -> None:
        """Make the account's clock stand still at Unix time `at`, over the control endpoint."""
        self.control.post("/clock", json={"username": self.account["username"], "at": at}).raise_for_status()
        self.at = at

    def _open_places(self) -> list[str]:
        """Those of the protected places that open for this browser, asked over HTTP."""
        request, name = self.page.context.request, self.account["name"]
        answers = {place: request.get(self.url + place, max_redirects=0) for place in PROTECTED}
        return [place for place, answer in answers.items() if answer.status == 200 and name in answer.text()]


def after(at: float) -> float:
    """The Unix time at which the step after that of `at` has just begun: its code is not used up."""
    return at + _PERIOD - at % _PERIOD + 0.5


def code_time(at: float) -> float:
    """`at`, or the next step where the present one is almost over."""
    return after(at) if _PERIOD - at % _PERIOD < _LEFT_SECONDS else at


def secret_in(png: bytes) -> str:
    """The secret of the QR code in a picture; raises `IndexError` where none can be read."""
    image = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), border=40, fill="white")
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.barcode_formats_from_str("QRCode"), try_invert=False)
    return parse_qs(urlsplit(found[0].text).query)["secret"][0]
