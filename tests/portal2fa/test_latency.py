"""How long is waited by what was measured: never longer than allowed, and never by less than was measured."""

from __future__ import annotations

import pytest

from portal2fa.fault_runner import PATIENCE, at_first
from portal2fa.latency import Latency


def measured(*seconds: float) -> Latency:
    latency = Latency()
    for one in seconds:
        latency.came(one)
    return latency


def test_before_anything_was_measured_all_is_waited_that_may_be() -> None:
    assert Latency().bound(5.0) == 5.0


@pytest.mark.parametrize(
    ("came", "bound"),
    [((0.01,), 0.5), ((0.4,), 0.8), ((0.01, 1.0, 0.02), 2.0), ((4.0,), 5.0)],
    ids=["never less than half a second", "twice what was measured", "the slowest counts", "never more than allowed"],
)
def test_the_bound_is_by_the_slowest_that_came(came: tuple[float, ...], bound: float) -> None:
    assert measured(*came).bound(5.0) == pytest.approx(bound)


def test_less_than_the_bound_is_waited_only_where_less_is_allowed() -> None:
    assert measured(0.01).bound(0.2) == 0.2


@pytest.mark.parametrize(
    ("came", "most", "seconds"),
    [((0.1,), 5.0, PATIENCE), ((1.5,), 5.0, 3.0), ((4.0,), 5.0, 5.0), ((0.1,), 1.0, 1.0)],
    ids=["a quick portal", "a slow machine", "a very slow one", "a profile that waits for less"],
)
def test_a_faulty_portal_is_waited_for_by_what_the_right_one_took(
    came: tuple[float, ...], most: float, seconds: float
) -> None:
    assert at_first(measured(*came), most) == pytest.approx(seconds)
