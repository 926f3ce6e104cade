"""The yardstick: what the first scenario of `features/journey.feature` does, as a script that only drives a browser.

No behave, no profile, no wording checks, no evidence: plain Playwright with the labels of the reference portal
written into it.  `python -m bench.bare 16` walks the journey sixteen times.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import zxingcpp
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from PIL import Image, ImageOps
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import clock
from portal2fa.browsers import find_browser

PROTECTED = ("/client", "/client/services", "/client/invoices", "/client/security", "/client/security/two-factor")
_PERIOD = 30
_LEFT_SECONDS = 12
"""As in the suite: no code is given when so little of its step is left."""


def main(times: int) -> None:
    """Start portal and browser once, then walk the journey `times` times."""
    with mail_server() as smtp, portal(smtp) as ready, sync_playwright() as playwright:
        choice = find_browser()
        browser = playwright.chromium.launch(executable_path=choice.executable_path, args=list(choice.args))
        headers = {"X-Test-Token": ready["control"]["token"]}
        with httpx.Client(base_url=ready["control"]["url"], headers=headers, timeout=10, trust_env=False) as control:
            for _ in range(times):
                journey(browser, ready["url"], control)
        browser.close()


@contextlib.contextmanager
def mail_server() -> Iterator[str]:
    """An SMTP server that throws mails away; yields its HOST:PORT."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


@contextlib.contextmanager
def portal(smtp: str) -> Iterator[dict[str, Any]]:
    """The reference portal as the profile `reference` starts it; yields its ready line."""
    options = ["--port", "0", "--smtp", smtp, "--test-control", "--cheap-passwords"]
    command = [sys.executable, "-m", "reference_server", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.stdin.close()


def journey(browser: Browser, url: str, control: httpx.Client) -> None:
    """Switch time-based tokens on by the documented steps, then sign in with them from a fresh browser."""
    account = control.post("/accounts", json={"name": "Ana Example", "two_factor": None}).json()
    first = fresh_browser(browser)
    page = first.new_page()
    sign_in(page, url, account)
    page.locator("header summary").wait_for()
    go_to_set_up(page)
    app = scan(page)
    at = leave_time(account, control)
    page.get_by_label("Code from the app", exact=True).fill(app.at(int(at)))
    page.get_by_role("button", name="Confirm", exact=True).click()
    page.get_by_role("heading", name="Two-factor authentication is on", exact=True).wait_for()
    assert page.get_by_label("Backup code", exact=True).input_value()
    second = fresh_browser(browser)
    page = second.new_page()
    sign_in(page, url, account)
    page.get_by_label("Code from the app", exact=True).wait_for()
    assert not open_places(second, url, account)
    at = next_step(account, control, at)
    page.get_by_label("Code from the app", exact=True).fill(app.at(int(at)))
    page.get_by_role("button", name="Verify", exact=True).click()
    page.locator("header summary").wait_for()
    first.close()
    second.close()


def fresh_browser(browser: Browser) -> BrowserContext:
    """A context like the suite's."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 720},
        device_scale_factor=1,
        color_scheme="light",
        locale="en-GB",
        service_workers="block",
    )
    context.set_default_timeout(10_000)
    return context


def sign_in(page: Page, url: str, account: dict[str, str]) -> None:
    """Fill in and send the form."""
    page.goto(f"{url}/sign-in")
    page.get_by_label("Email address", exact=True).fill(account["email"])
    page.get_by_label("Password", exact=True).fill(account["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()


def go_to_set_up(page: Page) -> None:
    """From the client area to the QR code."""
    page.locator("header summary").click()
    page.get_by_role("link", name="Security Settings", exact=True).click()
    page.get_by_role("link", name="Two-Factor Authentication", exact=True).click()
    page.get_by_role("button", name="Click Here to Enable", exact=True).click()
    page.get_by_role("radio", name="Time Based Tokens", exact=True).check()
    page.get_by_role("button", name="Get Started", exact=True).click()
    page.get_by_label("Code from the app", exact=True).wait_for()


def scan(page: Page) -> pyotp.TOTP:
    """The authenticator app after it has read the QR code from pixels."""
    png = page.get_by_role("img", name="QR code for your authenticator app", exact=True).screenshot()
    image = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), border=40, fill="white")
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.barcode_formats_from_str("QRCode"), try_invert=False)
    return pyotp.TOTP(parse_qs(urlsplit(found[0].text).query)["secret"][0])


def leave_time(account: dict[str, str], control: httpx.Client) -> float:
    """Hold the account's clock, at the next step where the present one is almost over; its time from now on."""
    at = hold_clock(account, control, clock.now())
    return next_step(account, control, at) if _PERIOD - at % _PERIOD < _LEFT_SECONDS else at


def next_step(account: dict[str, str], control: httpx.Client, at: float) -> float:
    """Move the account's clock to the step after the present one, whose code is used up."""
    return hold_clock(account, control, at + _PERIOD - at % _PERIOD + 0.5)


def hold_clock(account: dict[str, str], control: httpx.Client, at: float) -> float:
    """Make the account's clock stand still over the control endpoint."""
    control.post("/clock", json={"username": account["username"], "at": at}).raise_for_status()
    return at


def open_places(context: BrowserContext, url: str, account: dict[str, str]) -> list[str]:
    """Those of the protected places that open for this browser, asked over HTTP."""
    answers = {place: context.request.get(url + place, max_redirects=0) for place in PROTECTED}
    return [place for place, answer in answers.items() if answer.status == 200 and account["name"] in answer.text()]


if __name__ == "__main__":
    main(int(sys.argv[1]))
