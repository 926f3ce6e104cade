"""Runs the command and ends it, or its browser, at the worst moment: when a second factor has just been turned on.

python ending.py SIGKILL doctor ours.toml …
python ending.py browser doctor ours.toml …
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from fixtures.browser import Browser
from portal2fa.cli import main
from portal2fa.journal import Page


def when_on(deed: Callable[[], object]) -> None:
    """Let something happen as soon as a code of a set-up was accepted, once."""
    confirmed, done = Page.note_confirmed, [False]

    def ending(page: Page) -> None:
        confirmed(page)
        if not done[0]:
            done[0] = True
            deed()

    setattr(Page, "note_confirmed", ending)  # noqa: B010 -- a method is only ever replaced here


def close_first_browser() -> None:
    """Close the window of the first browser, as a person at the screen may."""
    launched[0]._chromium.close()


launched: list[Browser] = []


def remember_browsers() -> None:
    """Keep every browser that is launched."""
    launch = Browser.__init__

    def remembering(self: Browser, *arguments: Any, **more: Any) -> None:
        launch(self, *arguments, **more)
        launched.append(self)

    setattr(Browser, "__init__", remembering)  # noqa: B010 -- likewise


if __name__ == "__main__":
    if sys.argv[1] == "browser":
        remember_browsers()
        when_on(close_first_browser)
    else:
        when_on(lambda: os.kill(os.getpid(), signal.Signals[sys.argv[1]]))
    main(sys.argv[2:])
