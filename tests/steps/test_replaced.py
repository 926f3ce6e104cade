"""What is shown after a backup code was used: a list that only lacks it has nothing new."""

from __future__ import annotations

import pytest

from steps.tasks import backup
from tests.steps.conftest import Visit

FIRST = ["AAAA-BBBB-CCCC-DDDD", "EEEE-FFFF-GGGG-HHHH", "JJJJ-KKKK-LLLL-MMMM"]
NEW = "NNNN-PPPP-QQQQ-RRRR"


@pytest.mark.parametrize(
    ("shown", "new"),
    [(FIRST[1:], []), (FIRST, []), ([*FIRST[1:], NEW], [NEW]), ([NEW], [NEW]), ([], [])],
    ids=["the others again", "all again", "one more", "another one", "none"],
)
def test_only_what_was_not_there_before_takes_the_place_of_a_used_code(
    visit: Visit, shown: list[str], new: list[str]
) -> None:
    listed = "".join(f"<li>{code}</li>" for code in shown)
    actor, portal = visit(
        {"/": f"<ul>{listed}</ul>"},
        controls={"backup_code": {"css": "li"}},
        backup_codes={"pattern": r"\b[A-Z]{4}(?:-[A-Z]{4}){3}\b"},
        paths={"show_backup_code": []},
    )
    actor.backup_codes.extend(FIRST)
    actor.portal.go(f"{portal.url}/")
    assert backup.receive_replacement(actor) == new
