"""The yardstick: what the first scenario of `features/journey.feature` does, as a script that only drives a browser.

No behave, no profile, no wording checks, no evidence: plain Playwright, one walk after the other.
`python -m bench.bare 16` walks sixteen times, beside a portal of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import host
from bench.walk import Walk, control_client, launch_options


def main(times: int) -> None:
    """Start portal and browser once, then walk `times` times."""
    with (
        tempfile.TemporaryDirectory(prefix="portal2fa-bench-") as scratch,
        host.mail_server() as smtp,
        host.portal(smtp) as ready,
        sync_playwright() as playwright,
    ):
        os.environ |= {**host.surroundings(ready), "BENCH_DONE": str(Path(scratch) / "done")}
        browser = playwright.chromium.launch(**launch_options())
        with control_client() as control:
            for _ in range(times):
                walk(Walk(browser.new_context, control))
        browser.close()


def walk(ana: Walk) -> None:
    """Switch time-based tokens on by the documented steps, then sign in with them from a fresh browser."""
    ana.has_an_account()
    ana.signs_in()
    ana.opens_the_menu()
    ana.goes_to("Security Settings")
    ana.goes_to("Two-Factor Authentication")
    ana.asks_to_turn_it_on()
    ana.starts_to_set_up()
    ana.scans()
    ana.gives_the_code()
    ana.is_on()
    ana.has_a_backup_code()
    ana.needs_a_code_elsewhere()
    ana.end()


if __name__ == "__main__":
    main(int(sys.argv[1]))
