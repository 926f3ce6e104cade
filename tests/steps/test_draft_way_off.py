"""The way to off: where the settings only speak of a change, and where a dialog asks for the password."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.tasks.drafting import leaving
from steps.tasks.drafting.walker import Action
from tests.steps.conftest import Visit
from tests.steps.drafts import begin


@pytest.mark.parametrize(
    ("links", "way"),
    [
        (["Manage two-step verification", "Edit profile"], "Manage two-step verification"),
        (["Zwei-Faktor-Authentifizierung ändern"], "Zwei-Faktor-Authentifizierung ändern"),
        (["Manage two-step verification", "Turn off two-step verification"], "Turn off two-step verification"),
        (["Edit profile"], None),
    ],
)
def test_what_changes_the_factor_leads_on_where_nothing_speaks_of_off(
    visit: Visit, tmp_path: Path, links: list[str], way: str | None
) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/settings"] = "<main>" + "".join(f"<a href=/x>{words}</a> " for words in links) + "</main>"
    found = leaving._way_off(drafting.walker, drafting.walker.go("/settings"))
    assert (found.element.words if found is not None else None) == way


DIALOG = """<main><button onclick="ask()">Disable two-factor authentication</button></main>
<div role=dialog id=box hidden style="position:fixed;inset:0;background:white"><p id=said></p>
<p><input type=password id=typed></p><button onclick="box.hidden = true">Close</button>
<button onclick="give()">Disable</button></div>
<script>
function ask() { box.hidden = false; said.textContent = 'Your password, please'; typed.value = ''; }
function give() { said.textContent = typed.value == 'right' ? 'It is off.' : 'That password is wrong.'; }
</script>"""


def test_a_dialog_that_a_refusal_leaves_open_is_closed_before_the_way_begins_anew(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/settings"] = DIALOG
    walker = drafting.walker
    actions: list[Action] = []
    asked = leaving._one_page(walker, walker.go("/settings"), actions, learn=True)
    assert asked is not None
    leaving._one_page(walker, asked, actions, learn=True)
    given = {"fill": "confirm_password", "with": "{password}"}
    assert actions == [{"press": "cancel", "optional": True}, "disable", given, "disable_2"]
    assert walker.draft.value("controls", "cancel") == {"role": "button", "name": "Close"}
    assert walker.draft.value("notices", "turn_off_refused") == {"text": "That password is wrong."}
