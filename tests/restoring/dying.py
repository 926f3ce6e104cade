"""Runs the command and kills it, without any warning, at one chosen moment of its dealings with an account.

    python dying.py MOMENT FILE run --target …

Moments are counted from 1: just before each deed in the portal, and just after each change of the journal; j3 is just
after the third change of the journal.  With MOMENT 0 nothing is killed.  How many moments there were is written to
FILE, one character each.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal2fa.cli import main
from portal2fa.evidence import Recorder
from portal2fa.journal import Journal


def die_at(moment: str, log: Path) -> None:
    """Let this process kill itself at a moment."""

    def count(deed: str) -> None:
        with log.open("a") as file:
            file.write(deed)
        known = log.read_text()
        if moment in {str(len(known)), f"j{known.count('j')}"}:  # nothing comes between a change and its death
            os.kill(os.getpid(), signal.SIGKILL)

    def before(method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            count("d")
            return method(*arguments)

        return called

    def after(method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            result = method(*arguments)
            count("j")
            return result

        return called

    Recorder.did = before(Recorder.did)  # type: ignore[method-assign]
    Journal.write = after(Journal.write)  # type: ignore[method-assign]
    Journal.remove = after(Journal.remove)  # type: ignore[method-assign]


if __name__ == "__main__":
    die_at(sys.argv[1], Path(sys.argv[2]))
    main(sys.argv[3:])
