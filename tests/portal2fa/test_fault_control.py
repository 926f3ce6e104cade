"""A portal on which nobody can sign in is broken by its fault only where the right one works at the same time."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from portal2fa.fault_control import Control, SignIn, control

FAILS = OSError("no page came")


def sign_in(*results: float | OSError) -> SignIn:
    """Comes to each of the results in turn."""
    left: Iterator[float | OSError] = iter(results)

    def once() -> float:
        result = next(left)
        if isinstance(result, OSError):
            raise result
        return result

    return once


@pytest.mark.parametrize(
    ("faulty", "right", "found"),
    [
        (sign_in(0.5), sign_in(), Control(0.5)),
        (sign_in(FAILS, FAILS), sign_in(0.5), Control(math.inf, "no page came")),
        (sign_in(FAILS, FAILS), sign_in(FAILS), Control(math.inf)),
        (sign_in(FAILS, 3.0), sign_in(0.5), Control(3.0)),
        (sign_in(FAILS, OSError()), sign_in(0.5), Control(math.inf, "OSError")),
    ],
    ids=["works", "broken", "slow machine", "slow once", "says nothing"],
)
def test_the_right_portal_is_the_control(faulty: SignIn, right: SignIn, found: Control) -> None:
    assert control(faulty, right) == found
