"""Asking the person at the terminal, where there is one."""

from __future__ import annotations

import sys


def need_somebody(instead: str) -> None:
    """Raise `UsageError` where nobody is there; `instead` says how the answer is given then."""
    from portal2fa.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked: the input is no terminal.", hint=f"give {instead}")
