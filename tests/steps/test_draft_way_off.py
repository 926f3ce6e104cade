"""The way to off, where the settings only speak of a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.tasks.drafting import leaving
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
