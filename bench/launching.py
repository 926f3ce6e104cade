"""The browser's own launch, as a process of its own: `python -m bench.launching` prints when what was there, as JSON.

`began` and the others are readings of one stopwatch that all processes of a machine share.
"""

from __future__ import annotations

import json

from playwright.sync_api import sync_playwright

from bench import clock
from portal2fa.browsers import find_browser


def main() -> None:
    """Start Playwright's driver, launch the browser, open a page."""
    began = clock.stopwatch()
    choice = find_browser()
    with sync_playwright() as playwright:
        driven = clock.stopwatch()
        browser = playwright.chromium.launch(executable_path=choice.executable_path, args=list(choice.args))
        launched = clock.stopwatch()
        browser.new_page()
        ready = clock.stopwatch()
        browser.close()
    print(json.dumps({"began": began, "driven": driven, "launched": launched, "ready": ready}))


if __name__ == "__main__":
    main()
