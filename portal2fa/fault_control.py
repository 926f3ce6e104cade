"""Whether a faulty portal works at all, told apart from a machine that is slow: a customer signs in with the password.

Where that fails, the right portal is asked the same straight after, and then the faulty one again: only where the right
one takes somebody in and the other does not for the second time, the fault is to blame.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

SignIn = Callable[[], float]
"""Signs somebody in; the seconds that took.  Raises whatever went wrong."""


@dataclass(frozen=True, slots=True)
class Control:
    """What came of it."""

    seconds: float
    """How long the sign-in took; endless where it came to nothing."""
    broken: str = ""
    """Why nobody can sign in; empty where somebody can, or where the machine may be to blame."""


def control(faulty: SignIn, right: SignIn) -> Control:
    """Whether somebody can sign in at the faulty portal, with the right one beside it."""
    first, told = _try(faulty)
    if not told:
        return Control(first)
    _, ill = _try(right)
    again, told = _try(faulty)
    return Control(again, "" if ill else told)


def _try(sign_in: SignIn) -> tuple[float, str]:
    """The seconds of a sign-in, and what went wrong."""
    try:
        return sign_in(), ""
    except Exception as error:  # whatever it is, nobody got in
        return math.inf, str(error) or type(error).__name__
