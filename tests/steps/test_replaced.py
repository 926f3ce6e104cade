"""What is shown after a backup code was used, or a new one asked for: codes known before are not new."""

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


def _wait_for(button: str, shown: list[str], later: list[str]) -> str:
    """A page whose button swaps the list of codes after a moment, as a script that asks the server does."""
    items = ["".join(f"<li>{code}</li>" for code in codes) for codes in (shown, later)]
    swap = f"setTimeout(() => document.querySelector('ul').innerHTML = '{items[1]}', 300)"
    return f'<p>Two-factor</p><ul>{items[0]}</ul><button onclick="{swap}">{button}</button>'


@pytest.mark.parametrize(
    ("later", "new"),
    [(FIRST, []), (FIRST[:2], []), ([NEW], [NEW]), ([*FIRST, NEW], [NEW])],
    ids=["the same again", "fewer of them", "another one", "one more"],
)
def test_only_what_was_not_there_before_was_made_anew(visit: Visit, later: list[str], new: list[str]) -> None:
    actor, portal = visit(
        {"/": _wait_for("New code", FIRST, later)},
        controls={"backup_code": {"css": "li"}, "new_code": {"role": "button", "name": "New code"}},
        backup_codes={"pattern": r"\b[A-Z]{4}(?:-[A-Z]{4}){3}\b"},
        paths={"new_backup_code": ["new_code"]},
        places={"two_factor": "/"},
        notices={"signed_in": {"text": "Two-factor"}},
    )
    actor.backup_codes.extend(FIRST)
    actor.portal.go(f"{portal.url}/")
    assert backup.make_new(actor) == new
