"""What a portal covers or does without: a replacement behind a button, a set-up without "Get Started"."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from portal2fa.clauses import Label
from steps.tasks import backup, setting_up
from tests.steps.conftest import Visit

CODE = "ABCD-EFGH-JKLM-NPQR"
COVERED = f"<details><summary>Show it</summary><label>Backup code<input value={CODE}></label></details>"
BARE = f"<label>Backup code<input value={CODE}></label>"
UNCOVER: dict[str, Any] = {"controls": {"uncover": {"text": "Show it"}}, "paths": {"show_backup_code": ["uncover"]}}
CHOICE = "<form action=/begun><button>Time Based Tokens</button></form>"
BEGUN = "<label>Code from the app<input></label>"


@pytest.mark.parametrize(
    ("page", "told", "read"),
    [(COVERED, UNCOVER, [CODE]), (BARE, UNCOVER, [CODE]), (COVERED, {}, []), ("<p>None</p>", UNCOVER, [])],
)
def test_a_replacement_is_uncovered_where_the_profile_says_how(
    visit: Visit, page: str, told: dict[str, Any], read: list[str]
) -> None:
    actor, _ = visit({"/": page}, **told)
    actor.portal.go(actor.world.url)
    assert backup.receive_replacement(actor) == read


def test_a_label_that_no_way_uses_is_not_looked_for(visit: Visit) -> None:
    button = {"role": "button", "name": "Time Based Tokens"}
    paths = {"start_time_based": ["time_based"], "choose_time_based": []}
    actor, _ = visit(
        {"/": CHOICE, "/begun": BEGUN}, controls={"time_based": button}, paths=paths, timing={"answer": 2.0}
    )
    actor.world.labels = {"get_started": Label("Get Started", "METH-7")}
    actor.portal.go(actor.world.url)
    setting_up.start(actor, "time_based")
    assert actor.portal.sees("time_based_started")
    assert actor.world.refused == Counter()
