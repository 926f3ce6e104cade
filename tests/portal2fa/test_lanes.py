"""Scenarios are interleaved where they wait, long waits overlap, and nobody is late; the clock is only counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from portal2fa import clock
from portal2fa.errors import CannotTell
from portal2fa.jobs import Queue
from portal2fa.lanes import Job, Lanes
from tests.portal2fa.jumping import Ended, JumpingLoop


class Time:
    """Time that jumps where everybody waits, and what was told in it."""

    def __init__(self) -> None:
        self.loop = JumpingLoop()
        self.lanes = Lanes()
        self.lanes.interleave_by(self.loop.wait)
        self.told: list[str] = []

    @property
    def now(self) -> float:
        """Seconds since the test began."""
        return self.loop.now

    def job(self, name: str, *waits: float, steps: int = 1, two: bool = False) -> Job:
        """A scenario of so many steps of five seconds before, between and after its waits."""

        def run() -> None:
            self.tell(f"{name} begins")
            for wait in (*waits, 0):
                for _ in range(steps):
                    self.call(5)
                    self.lanes.between_steps()
                if wait:
                    clock.pause(wait)
                    self.tell(f"{name} goes on")
            self.tell(f"{name} ends")

        return Job(run, waits_long=any(wait > 60 for wait in waits), two_accounts=two)

    def call(self, seconds: float) -> None:
        """A call of Playwright that takes so long."""
        self.loop.wait(clock.passing(seconds))

    def tell(self, what: str) -> None:
        """Note what happened when."""
        self.told.append(f"{self.now:.0f} {what}")

    @property
    def order(self) -> list[str]:
        """What happened, in order."""
        return [line.partition(" ")[2] for line in self.told]


@pytest.fixture
def time() -> Iterator[Time]:
    """Time that begins at 0."""
    found = Time()
    yield found
    found.loop.end()


# --- several at once


def test_scenarios_go_on_while_others_wait_for_their_browser(time: Time) -> None:
    time.lanes.run([time.job("a"), time.job("b"), time.job("c")], 3, 3)
    assert time.told == ["0 a begins", "0 b begins", "0 c begins", "5 a ends", "5 b ends", "5 c ends"]


def test_as_many_run_at_once_as_are_asked_for(time: Time) -> None:
    time.lanes.run([time.job("a", steps=3), time.job("b"), time.job("c")], 2, 2)
    assert time.told == ["0 a begins", "0 b begins", "5 b ends", "5 c begins", "10 c ends", "15 a ends"]


def test_a_short_wait_lets_the_others_go_on(time: Time) -> None:
    time.lanes.run([time.job("a", 20), time.job("b", 20)], 2, 2)
    assert time.now == 30


def test_one_at_a_time_runs_them_in_order(time: Time) -> None:
    time.lanes.run([time.job("a", 20), time.job("b", 20)], 1, 1)
    assert time.order == ["a begins", "a goes on", "a ends", "b begins", "b goes on", "b ends"]


def test_two_scenarios_with_two_accounts_never_run_side_by_side(time: Time) -> None:
    time.lanes.run([time.job("a", two=True, steps=2), time.job("b", two=True), time.job("c")], 2, 2)
    assert time.order.index("c begins") < time.order.index("a ends") < time.order.index("b begins")


def test_what_there_is_only_once_is_used_by_one_at_a_time(time: Time) -> None:
    def scenario(name: str) -> Job:
        def run() -> None:
            with time.lanes.alone("clipboard"):
                time.tell(f"{name} copies")
                time.call(5)
                time.tell(f"{name} pastes")

        return Job(run)

    time.lanes.run([scenario("a"), scenario("b"), scenario("c")], 3, 3)
    assert time.order == ["a copies", "a pastes", "b copies", "b pastes", "c copies", "c pastes"]


def test_outside_of_a_lane_a_wait_is_a_wait(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    time.lanes.run([time.job("a", 20)], 1, 1)
    waited: list[float] = []
    monkeypatch.setattr(clock, "pause", waited.append)
    time.lanes.pause(600)
    assert (time.now, waited) == (30, [600]), "outside of a lane nobody else has to go on"


# --- a queue that is filled meanwhile


def test_what_comes_while_others_run_begins_as_soon_as_there_is_room(time: Time) -> None:
    jobs = Queue([time.job("a", steps=3)], told=time.lanes.look)
    for at, come in (
        (6, lambda: jobs.put(time.job("b", steps=2))),
        (7, lambda: jobs.put(time.job("c"))),
        (8, jobs.end),
    ):
        time.loop.call_later(at, come)
    time.lanes.run(jobs, 2, 2)
    assert time.told == ["0 a begins", "6 b begins", "15 a ends", "15 c begins", "16 b ends", "20 c ends"]


def test_what_comes_when_nothing_runs_is_waited_for(time: Time) -> None:
    jobs = Queue(told=time.lanes.look)
    time.loop.call_later(100, lambda: jobs.put(time.job("a")))
    time.loop.call_later(200, jobs.end)
    time.lanes.run(jobs, 2, 2)
    assert time.told == ["100 a begins", "105 a ends"]
    assert time.now == 200


def test_what_another_thread_brings_is_run(time: Time) -> None:
    brought = Queue()

    def bring() -> None:
        brought.put(time.job("b"))
        brought.end()

    def scenario() -> None:
        bringer = Thread(target=bring)
        bringer.start()
        bringer.join()
        time.tell("a ends")

    brought.put(Job(scenario))
    time.lanes.run(brought, 1, 1)
    assert time.order == ["a ends", "b begins", "b ends"]


def test_after_a_stop_nothing_of_a_queue_is_begun_nor_waited_for(time: Time) -> None:
    jobs = Queue([time.job("a", 20)], told=time.lanes.look)
    time.loop.call_later(6, time.lanes.stop)
    time.loop.call_later(7, lambda: jobs.put(time.job("never")))
    time.lanes.run(jobs, 1, 1)
    assert time.order == ["a begins", "a goes on", "a ends"]


def test_all_are_broken_off_from_outside_of_them(time: Time) -> None:
    def scenario() -> None:
        with pytest.raises(KeyboardInterrupt):
            time.call(600)
        time.tell("put back")

    jobs = Queue([Job(scenario), Job(scenario)], told=time.lanes.look)
    time.loop.call_later(10, time.lanes.break_off)
    time.lanes.run(jobs, 2, 2)
    assert time.told == ["10 put back", "10 put back"]


# --- long waits


def test_two_waits_of_ten_minutes_cost_ten_minutes(time: Time) -> None:
    time.lanes.run([time.job("a", 600), time.job("b", 600)], 1, 8)
    assert time.told == ["0 a begins", "5 b begins", "605 a goes on", "610 a ends", "610 b goes on", "615 b ends"]


def test_with_one_account_the_waits_are_one_after_the_other(time: Time) -> None:
    time.lanes.run([time.job("a", 600), time.job("b", 600)], 1, 1)
    assert time.now == 1220


def test_the_rest_is_run_while_others_wait_and_those_who_wait_long_begin(time: Time) -> None:
    time.lanes.run([time.job("short"), time.job("other", 20), time.job("long", 600)], 1, 8)
    assert time.order == [
        *("long begins", "short begins", "short ends", "other begins", "other goes on", "other ends"),
        *("long goes on", "long ends"),
    ]
    assert time.now == 610


def test_a_long_wait_ends_in_time_in_the_middle_of_a_step_of_another(time: Time) -> None:
    time.lanes.run([time.job("long", 600), time.job("slow", steps=200)], 1, 8)
    assert "605 long goes on" in time.told


def test_others_stop_at_the_end_of_their_step_until_the_one_whose_wait_is_over_has_ended(time: Time) -> None:
    def slow() -> None:
        for _ in range(300):
            time.call(3)
            time.lanes.between_steps()
            time.tell("step")

    time.lanes.run([time.job("long", 600, steps=2), Job(slow)], 1, 8)
    ended = time.order.index("long ends")
    assert time.told[ended - 1 : ended + 2] == ["610 long goes on", "620 long ends", "620 step"]


def test_who_was_waited_for_and_waits_again_is_not_waited_for_meanwhile(time: Time) -> None:
    """Or a person who waits for the account of another one would be waited for by that one, for ever."""

    def slow() -> None:
        for _ in range(90):
            time.call(7)
            time.lanes.between_steps()
            time.tell("step")

    time.lanes.run([time.job("long", 600, 20), Job(slow)], 1, 8)
    begun = time.told.index("605 long goes on")
    assert time.told[begun + 1 : begun + 6] == ["610 step", "617 step", "624 step", "630 long goes on", "635 long ends"]


# --- stopping


def test_a_stopped_run_ends_its_waits_and_begins_nothing_more(time: Time) -> None:
    ended: list[str] = []

    def wait() -> None:
        try:
            clock.pause(600)
        except CannotTell as error:
            ended.append(error.what)

    stop = Job(time.lanes.stop)
    time.lanes.run([Job(wait, waits_long=True), Job(wait, waits_long=True), stop, time.job("never")], 1, 8)
    assert ended == ["The run was stopped while this scenario waited."] * 2
    assert time.told == []
    assert time.now < 60


def test_after_a_stop_short_waits_are_waited_out_because_accounts_are_put_back_in_them(time: Time) -> None:
    def put_back() -> None:
        try:
            clock.pause(600)
        except CannotTell:
            time.tell("stopped")
            clock.pause(30)
            time.tell("put back")

    time.lanes.run([Job(put_back, waits_long=True), Job(time.lanes.stop)], 1, 8)
    assert time.told == ["0 stopped", "30 put back"]


def test_what_runs_when_the_run_is_stopped_runs_to_its_end(time: Time) -> None:
    time.lanes.run([time.job("a", 20), time.job("b", 20), Job(time.lanes.stop), time.job("never")], 3, 3)
    assert time.order == ["a begins", "b begins", "a goes on", "b goes on", "a ends", "b ends"]


def _interrupt() -> None:
    raise KeyboardInterrupt


def _breaking(time: Time, error: type[BaseException]) -> Callable[[], None]:
    def run() -> None:
        time.call(1)
        raise error

    return run


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_what_one_raises_breaks_the_others_off_and_is_raised_when_they_have_ended(
    time: Time, error: type[BaseException]
) -> None:
    def other() -> None:
        try:
            time.call(600)
        except KeyboardInterrupt:
            time.call(5)
            time.tell("the other puts its account back")

    with pytest.raises(error):
        time.lanes.run([Job(_breaking(time, error)), Job(other), time.job("never")], 2, 2)
    assert time.told == ["6 the other puts its account back"]


def test_who_was_broken_off_and_says_so_again_interrupts_nobody_in_putting_back(time: Time) -> None:
    def scenario() -> None:
        try:
            time.call(600)
        except KeyboardInterrupt:
            time.lanes.break_off()
            time.call(5)
            time.tell("put back")

    with pytest.raises(KeyboardInterrupt):
        time.lanes.run([Job(scenario), Job(_breaking(time, KeyboardInterrupt)), Job(scenario)], 3, 3)
    assert time.told == ["6 put back", "6 put back"]


def test_an_interrupt_while_all_are_waiting_reaches_all_of_them(time: Time) -> None:
    def scenario() -> None:
        try:
            time.call(600)
        except KeyboardInterrupt:
            time.call(5)
            time.tell("put back")

    time.loop.call_later(10, _interrupt)
    with pytest.raises(KeyboardInterrupt):
        time.lanes.run([Job(scenario), Job(scenario), time.job("never")], 2, 2)
    assert time.told == ["15 put back", "15 put back"]


def test_a_loop_that_does_not_survive_an_interrupt_ends_them_and_it_stays_an_interrupt(time: Time) -> None:
    def scenario() -> None:
        try:
            time.call(600)
        except KeyboardInterrupt:
            try:
                time.call(5)
            except Ended:
                time.tell("cannot put back")

    time.loop.call_later(10, _interrupt)
    time.loop.call_later(12, time.loop.stop)
    with pytest.raises(KeyboardInterrupt):
        time.lanes.run([Job(scenario), Job(scenario), time.job("never")], 2, 2)
    assert time.told == ["12 cannot put back", "12 cannot put back"]


# --- nothing to give way by


def test_without_a_loop_scenarios_run_one_after_the_other() -> None:
    ran: list[str] = []
    Lanes().run([Job(lambda: ran.append("a")), Job(lambda: ran.append("b"))], 4, 4)
    assert ran == ["a", "b"]


def test_without_a_loop_the_queue_is_waited_for() -> None:
    ran: list[str] = []
    jobs = Queue()

    def bring() -> None:
        jobs.put(Job(lambda: ran.append("a")))
        jobs.end()

    bringer = Thread(target=bring)
    bringer.start()
    Lanes().run(jobs, 4, 4)
    bringer.join()
    assert ran == ["a"]


def test_when_the_loop_ends_those_who_wait_are_told_and_the_rest_runs_one_after_the_other(time: Time) -> None:
    def scenario() -> None:
        with pytest.raises(Ended):
            time.call(600)
        time.tell("the driver has ended")

    time.loop.call_later(10, time.loop.stop)
    time.lanes.run([Job(scenario), Job(scenario), Job(lambda: time.tell("the next"))], 2, 2)
    assert time.order == ["the driver has ended", "the driver has ended", "the next"]
