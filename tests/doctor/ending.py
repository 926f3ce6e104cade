"""Runs the command and sends it a signal at the worst moment: when a second factor has just been turned on.

python ending.py SIGKILL doctor ours.toml …
"""

from __future__ import annotations

import os
import signal
import sys

from portal2fa.cli import main
from portal2fa.journal import Page


def send_when_on(name: signal.Signals) -> None:
    """Let this process send itself a signal as soon as a code of a set-up was accepted, once."""
    confirmed, sent = Page.note_confirmed, [False]

    def ending(page: Page) -> None:
        confirmed(page)
        if not sent[0]:
            sent[0] = True
            os.kill(os.getpid(), name)

    setattr(Page, "note_confirmed", ending)  # noqa: B010 -- a method is only ever replaced here


if __name__ == "__main__":
    send_when_on(signal.Signals[sys.argv[1]])
    main(sys.argv[2:])
