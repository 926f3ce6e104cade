"""Runs the command with a clock that jumps ahead wherever it would wait for a fresh code of the app.

    python hurrying.py profile new https://…

The portal has to take codes of steps to come, in the order of their steps.
"""

from __future__ import annotations

import sys

from fixtures.clock import WallClock
from portal2fa.cli import main


def hurry() -> None:
    """Let the wall clock be one that can be moved."""

    def advance(self: WallClock, username: str, seconds: float) -> None:
        self._ahead += seconds

    WallClock.movable = True
    WallClock.advance = advance  # type: ignore[method-assign]


if __name__ == "__main__":
    hurry()
    main(sys.argv[1:])
