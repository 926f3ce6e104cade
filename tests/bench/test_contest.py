"""Entrants are compared within rounds, and whoever cannot be measured is told."""

from __future__ import annotations

import pytest

from bench import contest, contest_page
from bench.__main__ import chosen
from bench.contest import rotated
from bench.entrants import ENTRANTS, YARDSTICK, Entrant
from bench.processes import CannotMeasure, Cost
from tests.bench.pretended import BY_NAME, cost, silent


@pytest.mark.parametrize(("size", "rounds"), [(16, 3), (5, 5), (3, 7), (1, 2)])
def test_every_round_has_all_and_begins_at_another_one_as_long_as_there_are_others(size: int, rounds: int) -> None:
    orders = [rotated(range(size), number, rounds) for number in range(rounds)]
    assert all(sorted(order) == list(range(size)) for order in orders)
    assert len({order[0] for order in orders}) == min(size, rounds)


def test_ratios_are_made_within_a_round() -> None:
    """The machine is twice as slow in the second round; medians of the seconds alone would say something else."""
    rounds = ({YARDSTICK: cost(10), "ours-1": cost(11)}, {YARDSTICK: cost(20), "ours-1": cost(22)})
    assert contest.Contest(20, (), rounds, {}).wall_ratio("ours-1") == pytest.approx(1.1)


def test_who_cannot_be_measured_is_left_out_with_the_reason_and_the_others_are_measured() -> None:
    asked: list[tuple[str, int]] = []

    def once(entrant: Entrant, times: int) -> Cost:
        asked.append((entrant.name, times))
        if entrant.name == "behavex-1" and times == 5:
            raise CannotMeasure("one walk is missing")
        if entrant.name == "cucumber-js-1":
            raise CannotMeasure("npm cannot be run")
        return cost(1)

    entrants = [BY_NAME[name] for name in (YARDSTICK, "behave", "behavex-1", "cucumber-js-1")]
    *_, taken = contest.take(entrants, times=5, rounds=2, say=silent, once=once)
    assert [one.name for one in taken.entrants] == [YARDSTICK, "behave"]
    assert taken.left_out == {"cucumber-js-1": "npm cannot be run", "behavex-1": "one walk is missing"}
    assert asked.count(("behave", 5)) == asked.count((YARDSTICK, 5)) == 2
    assert asked.count(("behavex-1", 5)) == 1


def test_a_round_that_is_done_is_known_whatever_becomes_of_the_next() -> None:
    def once(entrant: Entrant, times: int) -> Cost:
        if entrant.name == "behave" and times == 5:
            raise OSError("no space left")
        return cost(1)

    rounds = contest.take([BY_NAME[YARDSTICK], BY_NAME["behave"]], times=5, rounds=3, say=silent, once=once)
    first = next(rounds)
    assert (len(first.rounds), first.left_out) == (1, {"behave": "no space left"})
    assert f"{YARDSTICK}" in first.rounds[0]
    assert len(next(rounds).rounds) == 2
    assert len(first.rounds) == 1


def test_without_the_yardstick_nothing_is_compared() -> None:
    def once(entrant: Entrant, times: int) -> Cost:
        raise CannotMeasure("no browser")

    with pytest.raises(CannotMeasure, match="no browser"):
        next(contest.take([BY_NAME[YARDSTICK]], times=1, rounds=1, say=silent, once=once))


def test_the_yardstick_is_always_among_those_that_are_chosen() -> None:
    assert [one.name for one in chosen(["cucumber"])] == [YARDSTICK, "cucumber-js-1", "cucumber-js-2", "cucumber-js-4"]
    assert chosen(None) == list(ENTRANTS)


def race(ours_4: float, peer_4: float) -> contest.Contest:
    """One round with a peer that takes 10 s alone."""
    walls = {YARDSTICK: 10.0, "ours-1": 10.0, "ours-4": ours_4, "cucumber-js-1": 10.0, "cucumber-js-4": peer_4}
    costs = {name: cost(wall) for name, wall in walls.items()}
    return contest.Contest(20, tuple(BY_NAME[name] for name in walls), (costs,), {"behave": "a | b\nc"})


@pytest.mark.parametrize(("ours_4", "peer_4", "found"), [(6.0, 6.5, "within"), (6.0, 5.0, "**above**")])
def test_our_best_is_held_against_each_peers_best(ours_4: float, peer_4: float, found: str) -> None:
    text = contest_page.peers(race(ours_4, peer_4), "")
    goal = "each at its best, wall by that of the best peer, cucumber-js-4"
    assert f"| {goal} | {ours_4 / peer_4:.2f} | 1.00 | {found} |\n" in text


def test_a_goal_whose_figures_were_not_taken_is_not_told() -> None:
    assert "asynchronous script's" not in contest_page.peers(race(6, 6), "")


def test_who_was_left_out_is_told_in_one_line() -> None:
    assert "\n- behave: `a | b c`\n" in contest_page.peers(race(6, 6), "")
