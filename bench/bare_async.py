"""The limit: the walk of `bench.walk` in asynchronous Playwright, several at once in one browser and one process.

`python -m bench.bare_async 16 4` walks sixteen times, four at once.  All that is shared with the synchronous walk is
what drives no browser; nothing else can be: each call of a page is awaited here.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping

import httpx
import pyotp
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench import clock, host
from bench.walk import CONTEXT, PATIENCE, PROTECTED, after, code_time, launch_options, secret_in


async def main(times: int, at_once: int) -> None:
    """Start portal and browser once, then walk `times` times, `at_once` of them beside each other."""
    with host.mail_server() as smtp, host.portal(smtp) as ready:
        found = host.surroundings(ready)
        todo = iter(range(times))
        headers = {"X-Test-Token": found["BENCH_TOKEN"]}
        async with (
            async_playwright() as playwright,
            httpx.AsyncClient(base_url=found["BENCH_CONTROL"], headers=headers, timeout=10, trust_env=False) as control,
        ):
            browser = await playwright.chromium.launch(**launch_options(found))

            async def lane() -> None:
                for _ in todo:
                    await _walk(browser, found["BENCH_URL"], control)

            await asyncio.gather(*(lane() for _ in range(at_once)))
            await browser.close()


async def _walk(browser: Browser, url: str, control: httpx.AsyncClient) -> None:
    """As `bench.bare.walk`."""
    account = (await control.post("/accounts", json={"name": "Ana Example", "two_factor": None})).json()
    first, page = await _send_password(browser, url, account)
    await page.locator("header summary").wait_for()
    await page.locator("header summary").click()
    await page.get_by_role("link", name="Security Settings", exact=True).click()
    await page.get_by_role("link", name="Two-Factor Authentication", exact=True).click()
    await page.get_by_role("button", name="Click Here to Enable", exact=True).click()
    await page.get_by_role("radio", name="Time Based Tokens", exact=True).check()
    await page.get_by_role("button", name="Get Started", exact=True).click()
    await page.get_by_label("Code from the app", exact=True).wait_for()
    image = page.get_by_role("img", name="QR code for your authenticator app", exact=True)
    app = pyotp.TOTP(secret_in(await image.screenshot()))
    at = await _hold_clock(control, account, code_time(clock.now()))
    await page.get_by_label("Code from the app", exact=True).fill(app.at(int(at)))
    await page.get_by_role("button", name="Confirm", exact=True).click()
    await page.get_by_role("heading", name="Two-factor authentication is on", exact=True).wait_for()
    assert await page.get_by_label("Backup code", exact=True).input_value()
    second, page = await _send_password(browser, url, account)
    await page.get_by_label("Code from the app", exact=True).wait_for()
    for place in PROTECTED:
        answer = await second.request.get(url + place, max_redirects=0)
        assert answer.status != 200 or account["name"] not in await answer.text()
    at = await _hold_clock(control, account, after(at))
    await page.get_by_label("Code from the app", exact=True).fill(app.at(int(at)))
    await page.get_by_role("button", name="Verify", exact=True).click()
    await page.locator("header summary").wait_for()
    await first.close()
    await second.close()


async def _send_password(browser: Browser, url: str, account: Mapping[str, str]) -> tuple[BrowserContext, Page]:
    context = await browser.new_context(**CONTEXT)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await page.goto(f"{url}/sign-in")
    await page.get_by_label("Email address", exact=True).fill(account["email"])
    await page.get_by_label("Password", exact=True).fill(account["password"])
    await page.get_by_role("button", name="Sign in", exact=True).click()
    return context, page


async def _hold_clock(control: httpx.AsyncClient, account: Mapping[str, str], at: float) -> float:
    (await control.post("/clock", json={"username": account["username"], "at": at})).raise_for_status()
    return at


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
