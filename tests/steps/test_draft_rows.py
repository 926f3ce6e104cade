"""Backup codes that are chosen like a method, and lists from which each thing is taken away in its own row."""

from __future__ import annotations

from pathlib import Path

from portal2fa.drafting.elements import Snapshot
from steps.tasks.drafting import keeping, leaving, row_by_row
from tests.drafting.pages import element, page
from tests.steps.conftest import Visit
from tests.steps.drafts import Drafting, begin

CHOICE = """<h1>A new token</h1><form onsubmit="event.preventDefault(); added.hidden = false">
<div role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false aria-labelledby=chosen
onclick="box.hidden = false"><span id=chosen>Email</span></div><div id=box role=listbox hidden>
<div role=option onclick="choose(this)">Email</div><div role=option onclick="choose(this)">Backup codes</div></div>
<button>Add token</button></form>
<div role=dialog id=added hidden><h2>Added</h2><details><summary>Code list</summary>
<p id=codes><span>#0: 493021</span> <span>#1: 771345</span></p></details></div>
<script>function choose(option) { chosen.textContent = option.textContent; box.hidden = true; }</script>"""


def test_codes_are_chosen_and_unfolded(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/add"] = CHOICE
    walker = drafting.walker
    way = keeping._look_behind(walker, walker.go("/add"), set(), [])
    assert way == ["methods_list", "backup_codes", "get_started", "code_list"]
    assert walker.actor.backup_codes == ["493021", "771345"]
    assert walker.codes_choice == "backup_codes"


def test_a_list_without_codes_is_left_as_it_was(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/add"] = CHOICE.replace("Backup codes", "Postcards")
    walker = drafting.walker
    assert keeping._look_behind(walker, walker.go("/add"), set(), []) is None
    assert walker.codes_choice == ""
    assert walker.draft.value("controls", "get_started") is None


ROWS = """<main><h2 id=head>Your tokens</h2><table id=list>
<tr><td>Backup codes</td><td>Active</td><td><button onclick="ask(this)">Remove token</button></td></tr>
<tr><td>Phone app</td><td>Active</td><td><button onclick="ask(this)">Remove token</button></td></tr>
</table></main><div id=here></div><script>
let row;
const QUESTION = '<div role=dialog><p>Are you sure?</p><button onclick="go()">Remove</button></div>';
function ask(button) { row = button.closest('tr'); here.innerHTML = QUESTION; }
function go() { here.innerHTML = ''; setTimeout(take, 300); }
function take() { row.remove(); if (!list.rows.length) head.textContent = 'No tokens so far'; }
</script>"""


def listing(visit: Visit, folder: Path) -> Drafting:
    """Somebody whose app and backup codes stand in one list."""
    drafting = begin(visit, folder)
    drafting.pages["/tokens"] = ROWS
    walker = drafting.walker
    walker.put("places", "two_factor", "/tokens")
    walker.put("controls", "time_based", {"role": "option", "name": "Phone app"})
    walker.put("controls", "backup_codes", {"role": "option", "name": "Backup codes"})
    walker.put("notices", "on", {"text": "Active"})
    walker.pages["said_off"] = page(element("heading", "No tokens so far"))
    return drafting


def test_the_method_is_taken_away_first_and_then_its_codes(visit: Visit, tmp_path: Path) -> None:
    walker = listing(visit, tmp_path).walker
    walker.codes_choice = "backup_codes"
    leaving.switch_off(walker, learn=True)
    app, codes = ["disable_time_based", "disable", {"see": "time_based_gone"}], ["disable_codes", "disable"]
    assert walker.draft.value("paths", "turn_off_time_based") == [*app, *codes, {"see": "question_gone"}]
    assert walker.draft.value("paths", "turn_off") is None
    row = {"css": 'tr:has-text("Phone app")'}
    assert walker.draft.value("controls", "disable_time_based") == {
        "role": "button",
        "name": "Remove token",
        "within": row,
    }
    gone = 'body:has(tr:has-text("Active")):not(:has(tr:has-text("Phone app")))'
    told = walker.draft.value("notices", "turned_off_time_based")
    assert told == [{"role": "heading", "name": "No tokens so far"}, {"css": gone}]


def test_rows_are_told_only_where_codes_were_chosen_and_each_is_found(visit: Visit, tmp_path: Path) -> None:
    walker = listing(visit, tmp_path).walker
    shown: Snapshot = walker.go("/tokens")
    assert row_by_row.find(walker, shown) == []
    walker.codes_choice = "backup_codes"
    assert [row.words for row in row_by_row.find(walker, shown)] == ["Phone app", "Backup codes"]
    walker.put("controls", "time_based", {"role": "option", "name": "Watch"})
    assert row_by_row.find(walker, shown) == []
