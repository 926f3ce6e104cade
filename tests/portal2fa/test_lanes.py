"""Long waits overlap, and nobody is late; the clock is only counted."""

from __future__ import annotations

import pytest

from portal2fa.errors import CannotTell
from portal2fa.lanes import Job, Lanes


class Time:
    """A clock that jumps where others wait."""

    def __init__(self) -> None:
        self.now = 0.0
        self.lanes = Lanes(pause=self.pass_by, moment=lambda: self.now)
        self.told: list[str] = []

    def pass_by(self, seconds: float) -> None:
        """Let time jump."""
        self.now += seconds

    def job(self, name: str, *waits: float, steps: int = 1, two: bool = False) -> Job:
        """A scenario of so many steps of five seconds before, between and after its waits."""

        def run() -> None:
            self.tell(f"{name} begins")
            for wait in (*waits, 0):
                for _ in range(steps):
                    self.now += 5
                    self.lanes.between_steps()
                if wait:
                    self.lanes.pause(wait)
                    self.tell(f"{name} goes on")
            self.tell(f"{name} ends")

        return Job(run, waits_long=any(wait > 60 for wait in waits), two_accounts=two)

    def tell(self, what: str) -> None:
        """Note what happened when."""
        self.told.append(f"{self.now:.0f} {what}")


@pytest.fixture
def time() -> Time:
    """Time that begins at 0."""
    return Time()


def test_two_waits_of_ten_minutes_cost_ten_minutes(time: Time) -> None:
    time.lanes.run([time.job("a", 600), time.job("b", 600)], 8)
    assert time.told == ["0 a begins", "5 b begins", "605 a goes on", "610 a ends", "610 b goes on", "615 b ends"]


def test_one_at_a_time_waits_one_after_the_other(time: Time) -> None:
    time.lanes.run([time.job("a", 600), time.job("b", 600)], 1)
    assert time.now == 1220


def test_the_rest_is_run_while_others_wait_and_those_who_wait_long_begin(time: Time) -> None:
    time.lanes.run([time.job("short"), time.job("other", 20), time.job("long", 600)], 8)
    assert [line.partition(" ")[2] for line in time.told] == [
        *("long begins", "short begins", "short ends", "other begins", "other goes on", "other ends"),
        *("long goes on", "long ends"),
    ]
    assert time.now == 610


def test_a_scenario_gives_way_between_its_steps_to_one_whose_long_wait_is_over(time: Time) -> None:
    time.lanes.run([time.job("long", 600), time.job("slow", steps=200)], 8)
    assert "605 long goes on" in time.told
    assert time.told[-1] == "1010 slow ends"


def test_a_short_wait_begins_no_other_scenario(time: Time) -> None:
    time.lanes.run([time.job("a", 20), time.job("b", 20)], 8)
    assert time.told.index("30 a ends") < time.told.index("30 b begins")


def test_two_scenarios_with_two_accounts_never_run_side_by_side(time: Time) -> None:
    time.lanes.run([time.job("a", 600, two=True), time.job("b", 600, two=True), time.job("c", 600)], 8)
    order = [line.partition(" ")[2] for line in time.told]
    assert order.index("c begins") < order.index("a ends") < order.index("b begins")


def test_a_stopped_run_ends_its_waits_and_begins_nothing_more(time: Time) -> None:
    ended: list[str] = []

    def wait() -> None:
        try:
            time.lanes.pause(600)
        except CannotTell as error:
            ended.append(error.what)

    stop = Job(time.lanes.stop)
    time.lanes.run([Job(wait, waits_long=True), Job(wait, waits_long=True), stop, time.job("never")], 8)
    assert ended == ["The run was stopped while this scenario waited."] * 2
    assert time.told == []
    assert time.now < 60


def test_after_a_stop_short_waits_are_waited_out_because_accounts_are_put_back_in_them(time: Time) -> None:
    def put_back() -> None:
        try:
            time.lanes.pause(600)
        except CannotTell:
            time.tell("stopped")
            time.lanes.pause(30)
            time.tell("put back")

    time.lanes.run([Job(put_back, waits_long=True), Job(time.lanes.stop)], 8)
    assert time.told == ["0 stopped", "30 put back"]


def test_a_short_wait_that_a_stop_interrupts_lasts_as_long_as_it_has_to() -> None:
    time = Time()

    def stop_and_pass_by(seconds: float) -> None:
        time.lanes.stop()
        time.pass_by(seconds)

    def scenario() -> None:
        time.lanes.pause(20)
        time.tell("goes on")

    time.lanes = Lanes(pause=stop_and_pass_by, moment=lambda: time.now)
    time.lanes.run([Job(scenario)], 8)
    assert time.told == ["20 goes on"]


def test_outside_of_a_run_a_wait_is_a_wait(time: Time) -> None:
    time.lanes.pause(600)
    time.lanes.between_steps()
    assert time.now == 600
