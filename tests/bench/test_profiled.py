"""Where the time of a run goes: each second is shared out once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright import sync_api

from bench import profile_page
from bench.profiled import DRIVEN, END, KINDS, REST, START, Tally, kind_of
from bench.profiling import Profile
from tests.bench.pretended import cost


def test_of_nested_calls_the_outermost_counts_and_phases_have_all_of_their_time() -> None:
    moments: Iterator[float] = iter([0, 0, 5, 5, 6, 9, 20])
    tally = Tally(lambda: float(next(moments)))  # start-up from 0 to 5
    with tally.of("looking"):
        pass
    assert tally.seconds == {}
    tally.enter("")
    with tally.of("pictures"), tally.of("looking"):  # from 6 to 9
        pass
    tally.enter(END)  # from 20
    assert tally.seconds == {START: 5.0, "pictures": 3.0}
    assert tally.calls == {"pictures": 1}


def test_every_call_that_has_a_kind_is_one_of_playwrights() -> None:
    """One that Playwright no longer has would be missed without a word."""
    known = {name for owner in DRIVEN for name in dir(getattr(sync_api, owner))}
    assert [name for names in KINDS.values() for name in names if name not in known] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("goto", "navigation"),
        ("click", "clicks and typing"),
        ("wait_for", "waiting"),
        ("screenshot", "pictures"),
        ("new_context", "browsers"),
        ("is_visible", "looking"),
        ("get_by_role", ""),
        ("_sync", ""),
    ],
)
def test_a_call_is_counted_by_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_profile_shares_out_all_of_the_time() -> None:
    figures = Profile(cost(12.0), {"looking": 6.0, REST: 2.0}, {"looking": 3}, (("a.feature", "A", 4.0),), 9)
    text = profile_page.profile(figures, "")
    assert "| looking | 3 | 6.0 | 75 % |\n" in text
    assert f"| {REST} |  | 2.0 | 25 % |\n" in text
