"""Asking the person at the terminal, where there is one."""

from __future__ import annotations

import sys


def is_somebody_there() -> bool:
    """Whether the input is a terminal, at which a person can answer."""
    return sys.stdin.isatty()


def need_somebody(instead: str) -> None:
    """Raise `UsageError` where nobody is there; `instead` says how the answer is given then."""
    from portal2fa.errors import UsageError

    if not is_somebody_there():
        raise UsageError("Nobody can be asked: the input is no terminal.", hint=f"give {instead}")
