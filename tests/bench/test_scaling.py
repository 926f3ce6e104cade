"""What more scenarios, lanes and workers cost, in tables and in a plot."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bench import plot, scaling, scaling_page
from bench.processes import CannotMeasure, Cost
from tests.bench.pretended import cost, silent


def test_a_setting_is_measured_once_a_round_and_shared_out_over_its_scenarios() -> None:
    one, two = (1, 1), (1, 2)
    *_, taken = scaling.take([10, 50], [one, two], rounds=3, say=silent, once=lambda setting: cost(float(setting[0])))
    assert taken.rounds == 3
    assert {key: len(costs) for key, costs in taken.costs.items()} == dict.fromkeys(
        [(10, one), (10, two), (50, one), (50, two)], 3
    )
    assert taken.wall(50, two) == 1.0


def test_a_size_is_known_once_it_was_measured_in_all_ways_whatever_becomes_of_the_next() -> None:
    def once(setting: scaling.Setting) -> Cost:
        if setting == (50, (1, 2)):
            raise CannotMeasure("no space left")
        return cost(1.0)

    known = scaling.take([10, 50], [(1, 1), (1, 2)], rounds=2, say=silent, once=once)
    first = next(known)
    assert (first.sizes, first.rounds) == ((10,), 1)
    with pytest.raises(CannotMeasure, match="no space left"):
        next(known)
    text = scaling_page.scaling(first, "", "plot.svg")
    assert "| 10 | 0.10 | 0.10 |\n" in text
    assert "| 50 |" not in text
    assert scaling_page.picture(first)


def test_lanes_are_those_of_one_worker_and_workers_have_one_lane_each() -> None:
    assert scaling.ways([1, 4], [1, 2, 3]) == [(1, 1), (1, 4), (2, 1), (3, 1)]


def test_the_plot_has_a_line_a_number_of_lanes_or_workers_with_its_name_and_a_point_a_size() -> None:
    ways = scaling.ways([1, 2, 3, 4], [1, 2, 3, 4])
    *_, taken = scaling.take([10, 50, 200], ways, rounds=1, say=silent, once=lambda setting: cost(9.0 / setting[1][1]))
    drawn = ElementTree.fromstring(scaling_page.picture(taken))
    nodes = [(node.tag.partition("}")[2], node) for node in drawn.iter()]
    assert [tag for tag, _ in nodes].count("circle") == 2 * 3 * 7
    words = [node.text for tag, node in nodes if tag == "text"]
    assert words.count("1 lane") == words.count("4 lanes") == words.count("4 workers") == 2
    looks = {(node.get("stroke"), node.get("stroke-dasharray")) for tag, node in nodes if node.get("stroke-width")}
    assert len(looks) == 7


@pytest.mark.parametrize(
    ("greatest", "ticks"), [(1.0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]), (2.6, [0, 0.5, 1, 1.5, 2, 2.5, 3])]
)
def test_the_scale_ends_at_or_above_the_greatest_value(greatest: float, ticks: list[float]) -> None:
    assert plot.scale(greatest) == ticks


def test_names_of_lines_that_end_at_one_height_lie_below_each_other() -> None:
    assert plot.apart([100.0, 50.0, 100.0]) == [100.0, 50.0, 115.0]
