"""Scenarios are handed out one at a time, and those of a lost worker once more, by themselves; no process is needed."""

from __future__ import annotations

from collections.abc import Sequence

from portal2fa.clauses import ScenarioOutline
from portal2fa.workers.handing_out import HandingOut


def row(name: str, *tags: str) -> ScenarioOutline:
    return ScenarioOutline(id=name, name=name, feature="f", line=1, rule="", tags=tags)


def rows(*names: str) -> Sequence[ScenarioOutline]:
    return [row(name) for name in names]


def given(out: HandingOut, worker: int) -> list[str]:
    """All that a worker is given now."""
    found = []
    while next_one := out.next_for(worker):
        found.append(next_one.id)
    return found


def test_each_is_given_as_many_as_it_has_room_for_in_order() -> None:
    out = HandingOut(rows("a", "b", "c", "d", "e"), 2, 2)
    assert given(out, 0) == ["a", "b"]
    assert given(out, 1) == ["c", "d"]
    assert not given(out, 0)
    out.ended(1, "d")
    assert given(out, 0) == []
    assert given(out, 1) == ["e"]


def test_it_is_over_when_nobody_has_anything_any_more() -> None:
    out = HandingOut(rows("a"), 2, 1)
    assert not out.is_over
    given(out, 0)
    assert not out.is_over
    out.ended(0, "a")
    assert out.is_over


def test_a_worker_has_one_scenario_of_two_people_at_a_time() -> None:
    out = HandingOut([row("a", "needs.two-accounts"), row("b", "needs.two-accounts"), row("c")], 2, 3)
    assert given(out, 0) == ["a", "c"]
    assert given(out, 1) == ["b"]


def test_what_was_lost_is_run_once_more_at_the_end_and_by_itself() -> None:
    out = HandingOut(rows("a", "b", "c"), 2, 2)
    assert given(out, 0) == ["a", "b"]
    assert out.lost(0, "a", "it died") == []
    assert out.lost(0, "b", "it died") == []
    assert given(out, 0) == ["c"], "what was not run yet comes first, and that is no good neighbour"
    assert given(out, 1) == ["a"], "with room for two"
    out.ended(0, "c")
    assert given(out, 0) == ["b"]
    out.ended(1, "a")
    out.ended(0, "b")
    assert out.is_over


def test_what_is_lost_twice_is_given_up_with_both_reasons() -> None:
    out = HandingOut(rows("a"), 1, 1)
    given(out, 0)
    out.lost(0, "a", "it died")
    assert given(out, 0) == ["a"]
    assert out.lost(0, "a", "it hung") == ["it died", "it hung"]
    assert out.is_over


def test_after_a_stop_nothing_is_given_not_even_what_was_lost() -> None:
    out = HandingOut(rows("a", "b"), 1, 1)
    given(out, 0)
    out.stop()
    assert not out.is_over
    assert out.lost(0, "a", "it died") == ["it died"]
    assert given(out, 0) == []
    assert out.is_over


def test_what_a_worker_cannot_play_is_played_by_others_and_it_is_given_nothing_more() -> None:
    out = HandingOut(rows("a", "b", "c"), 2, 1)
    given(out, 0)
    given(out, 1)
    out.refused(0, "a")
    assert given(out, 0) == []
    assert out.remaining == 1
    out.ended(1, "b")
    assert given(out, 1) == ["a"]


def test_it_is_over_when_no_worker_is_left() -> None:
    out = HandingOut(rows("a", "b"), 1, 1)
    given(out, 0)
    out.refused(0, "a")
    assert out.is_over
    assert out.remaining == 0
