"""So many scenarios at once as cannot disturb each other, and the reason where those are fewer than asked for."""

from __future__ import annotations

from typing import Any

import pytest

from portal2fa.profile import Profile
from portal2fa.side_by_side import divided, lanes_on, patience_on, waiting_on, workers_on
from tests.portal2fa.conftest import Table

POOL = [{"username": f"{name}@a.example", "password": "$P"} for name in ("ana", "ben", "cleo")]


def profile(documented: Table, **changes: dict[str, Any]) -> Profile:
    """The documented profile with tables of a test's own, and three accounts."""
    return Profile.model_validate({**documented, "accounts": {"kind": "pool", "pool": POOL}, **changes})


def test_without_anything_to_share_all_are_had(documented: Table) -> None:
    assert lanes_on(profile(documented), 3) == (3, "")


@pytest.mark.parametrize(
    ("changes", "lanes", "why"),
    [
        ({}, 3, "an account of [accounts] with a mail address of its own"),
        (
            {"accounts": {"kind": "pool", "pool": [{**one, "email": "box@a.example"} for one in POOL]}},
            1,
            "mail address",
        ),
        ({"clock": {"kind": "shim", "file": "clock"}}, 1, 'kind = "shim" in [clock]'),
        ({"clock": {"kind": "libfaketime", "file": "clock"}}, 1, 'kind = "libfaketime" in [clock]'),
        ({"clock": {"kind": "command", "command": ["move", "{offset}"]}}, 1, 'kind = "command" in [clock]'),
        ({"mailbox": {"kind": "person", "code_pattern": "([0-9]{6})"}}, 1, "one at a time"),
    ],
)
def test_what_is_there_only_once_is_the_reason_for_fewer(
    documented: Table, changes: dict[str, Any], lanes: int, why: str
) -> None:
    found, reason = lanes_on(profile(documented, **changes), 4)
    assert found == lanes
    assert why in reason


def test_one_lane_needs_no_reason(documented: Table) -> None:
    assert lanes_on(profile(documented, clock={"kind": "shim", "file": "clock"}), 1) == (1, "")


@pytest.mark.parametrize(("kind", "lanes", "begun"), [("none", 2, 2), ("wait", 1, 3), ("wait", 2, 3)])
def test_where_time_is_waited_for_more_may_have_begun(documented: Table, kind: str, lanes: int, begun: int) -> None:
    assert waiting_on(profile(documented, clock={"kind": kind}), lanes) == begun


# --- workers


def test_without_anything_to_share_all_workers_are_had(documented: Table) -> None:
    assert workers_on(profile(documented), 3, pairs=False) == (3, "")
    assert workers_on(profile(documented, accounts={"kind": "started"}), 8, pairs=True) == (8, "")


@pytest.mark.parametrize(
    ("changes", "pairs", "workers", "why"),
    [
        ({}, False, 3, "an account of [accounts] of its own"),
        ({}, True, 1, "two accounts of [accounts] of its own"),
        ({"clock": {"kind": "shim", "file": "clock"}}, False, 1, 'kind = "shim" in [clock]'),
        ({"mailbox": {"kind": "person", "code_pattern": "([0-9]{6})"}}, False, 1, "one at a time"),
        (
            {"accounts": {"kind": "started"}, "mailbox": {"kind": "maildir", "path": "mail"}},
            False,
            1,
            "their mails come into one mailbox",
        ),
    ],
)
def test_what_cannot_be_divided_is_the_reason_for_fewer_workers(
    documented: Table, changes: dict[str, Any], pairs: bool, workers: int, why: str
) -> None:
    found, reason = workers_on(profile(documented, **changes), 4, pairs=pairs)
    assert found == workers
    assert why in reason


@pytest.mark.parametrize("kind", ["shim", "libfaketime"])
def test_workers_that_start_a_portal_each_have_a_clock_each(documented: Table, kind: str) -> None:
    changes: dict[str, Any] = {"start": {"command": ["serve"]}, "clock": {"kind": kind}}
    started = {name: value for name, value in documented.items() if name != "url"}
    found = profile(started, accounts={"kind": "started"}, mailbox={"kind": "sink"}, **changes)
    assert workers_on(found, 3, pairs=True) == (3, "")
    assert lanes_on(found, 4, workers=3)[0] == 1


def test_no_account_and_no_mail_address_is_in_two_parts(documented: Table) -> None:
    pool = [*POOL, {**POOL[0], "username": "second", "email": "ANA@a.example"}]
    parts = divided(profile(documented, accounts={"kind": "pool", "pool": pool}).accounts, 2)
    assert sorted(map(sorted, parts)) == [["ana@a.example", "second"], ["ben@a.example", "cleo@a.example"]]


def test_each_worker_has_the_lanes_for_which_it_has_accounts(documented: Table) -> None:
    assert lanes_on(profile(documented), 4, workers=3)[0] == 1
    assert lanes_on(profile(documented), 1, workers=3) == (1, "")
    assert lanes_on(profile(documented, accounts={"kind": "started"}), 4, workers=3) == (4, "")


def test_a_worker_may_be_silent_for_longer_where_a_step_takes_longer(documented: Table) -> None:
    usual = patience_on(profile(documented))
    assert patience_on(profile(documented, timing={"answer": 60})) > usual
    assert patience_on(profile(documented, clock={"kind": "wait"})) > usual + 900
