"""Runs the command as `hurrying.py` does, with somebody who clicks what is asked for, and without the screen they need.

    PERSON_CLICKS=Words python pointing_out.py profile new https://… --guide

They click what has these words, and skip the question where that is not in sight.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from portal2fa.cli import main, profile_new
from portal2fa.drafting.elements import Element
from steps.tasks.drafting import guiding
from tests.drafting.hurrying import hurry


def see_without_screen() -> None:
    """Let the browser that would be shown be one without a window."""
    walk = profile_new._walk

    def unseen(*arguments: Any, headed: bool, **options: Any) -> Any:
        assert headed, "nobody would see the browser in which they are asked"
        return walk(*arguments, headed=False, **options)

    profile_new._walk = unseen


def be_there(words: str) -> None:
    """Answer every question by a click on `words`, or by Esc."""
    ask = guiding.ask

    def asked(page: Page, what: str, *, say: Callable[[str], None], **looking: Any) -> Element | None:
        def told(question: str) -> None:
            say(question)
            found = page.get_by_text(words, exact=True)
            if found.count():
                found.click()
            else:
                page.keyboard.press("Escape")

        return ask(page, what, say=told, **looking)

    guiding.ask = asked


if __name__ == "__main__":
    hurry()
    see_without_screen()
    be_there(os.environ["PERSON_CLICKS"])
    main(sys.argv[1:])
