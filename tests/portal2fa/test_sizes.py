"""The size of a run: what was asked for, by the rule where it was left to us, and as far as the target lets it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from portal2fa.clauses import ScenarioOutline
from portal2fa.profile import Profile
from portal2fa.sizes import Asked, Size, cores, size_of
from tests.portal2fa.conftest import Table

POOL = {"kind": "pool", "pool": [{"username": f"{name}@a.example", "password": "$P"} for name in ("ana", "ben")]}


def rows(number: int, *tags: str) -> Sequence[ScenarioOutline]:
    return [ScenarioOutline(str(each), "", "", each, "", tags) for each in range(number)]


def profile(documented: Table, **changes: object) -> Profile:
    return Profile.model_validate({**documented, "accounts": {"kind": "started"}, **changes})


def started(documented: Table) -> Profile:
    return profile({name: value for name, value in documented.items() if name != "url"}, start={"command": ["serve"]})


@pytest.mark.parametrize(
    ("workers", "lanes", "machine", "found"),
    [
        (None, None, 2, Size(1, 1)),
        (3, None, 2, Size(3, 1)),
        (None, 3, 2, Size(1, 3)),
        ("auto", "auto", 1, Size(1, 2)),
        ("auto", "auto", 2, Size(1, 4)),
        ("auto", "auto", 8, Size(4, 4)),
        ("auto", 2, 8, Size(4, 2)),
        (2, "auto", 2, Size(2, 4)),
    ],
)
def test_what_is_asked_for_is_had_and_the_rest_is_by_the_rule(
    documented: Table, workers: Asked, lanes: Asked, machine: int, found: Size
) -> None:
    assert size_of(profile(documented), rows(112), workers=workers, lanes=lanes, machine=machine) == found


def test_no_worker_is_begun_for_nothing(documented: Table) -> None:
    assert size_of(profile(documented), rows(5), workers="auto", lanes="auto", machine=32) == Size(2, 4)


def test_fewer_than_asked_for_are_told(documented: Table) -> None:
    size = size_of(profile(documented, accounts=POOL), rows(9), workers=4, lanes=3, machine=2)
    assert (size.workers, size.lanes) == (2, 1)
    assert [line.partition(":")[0] for line in size.told] == ["--workers", "--lanes"]
    assert size.told[0].startswith("--workers: 2 instead of 4: each needs an account")


def test_fewer_than_the_rule_says_are_not_worth_a_word(documented: Table) -> None:
    found = size_of(profile(documented, accounts=POOL), rows(99), workers="auto", lanes="auto", machine=16)
    assert found == Size(2, 1)


def test_for_scenarios_of_two_people_each_worker_has_two_accounts(documented: Table) -> None:
    size = size_of(profile(documented, accounts=POOL), rows(9, "needs.two-accounts"), workers=2, lanes=1, machine=2)
    assert size.workers == 1


def test_this_machine_has_a_core() -> None:
    assert cores() >= 1


def test_a_portal_that_the_run_starts_is_run_by_the_rule_where_nothing_is_said(documented: Table) -> None:
    def found(workers: Asked, lanes: Asked, *, headed: bool = False) -> Size:
        return size_of(started(documented), rows(99), workers=workers, lanes=lanes, machine=4, headed=headed)

    assert found(None, None) == Size(2, 4)
    assert found(None, 1) == found(1, None) == Size(1, 1)
    assert found(None, None, headed=True) == Size(1, 1)


@pytest.mark.parametrize(("machine", "scenarios", "workers"), [(1, 99, 2), (2, 99, 3), (32, 99, 8), (2, 2, 2)])
def test_where_one_clock_leaves_one_lane_more_workers_are_had(
    documented: Table, machine: int, scenarios: int, workers: int
) -> None:
    table = {name: value for name, value in documented.items() if name != "url"}
    started = profile(table, start={"command": ["serve"]}, clock={"kind": "shim"}, mailbox={"kind": "sink"})
    assert size_of(started, rows(scenarios), workers=None, lanes=None, machine=machine) == Size(workers, 1)


def test_where_one_clock_is_all_there_is_so_is_one_worker(documented: Table) -> None:
    found = profile(documented, clock={"kind": "shim", "file": "clock"})
    assert size_of(found, rows(99), workers="auto", lanes="auto", machine=8) == Size(1, 1)


@pytest.mark.parametrize(
    ("workers", "lanes", "found"),
    [
        (None, None, Size(3, 4)),  # all of them, whatever this machine has
        ("auto", None, Size(3, 4)),
        (2, None, Size(2, 4)),
        (None, 1, Size(3, 1)),
        (5, 1, Size(3, 1, ("--workers: 3 instead of 5: the cluster has 3 nodes",))),
    ],
)
def test_each_node_of_a_cluster_is_one_worker(documented: Table, workers: Asked, lanes: Asked, found: Size) -> None:
    assert size_of(started(documented), rows(112), workers=workers, lanes=lanes, machine=2, nodes=3) == found


def test_on_somebodys_portal_each_node_has_one_lane_and_accounts_of_its_own(documented: Table) -> None:
    size = size_of(profile(documented, accounts=POOL), rows(9), workers=None, lanes=None, machine=2, nodes=3)
    assert (size.workers, size.lanes) == (2, 1)
    assert size.told[0].startswith("--workers: 2 instead of 3: each needs an account")
