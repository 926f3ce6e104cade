"""Which method is meant on a page that lets one choose, also where one of them is called in unheard-of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.tasks.drafting import setting_up
from tests.steps.conftest import Visit
from tests.steps.drafts import begin


@pytest.mark.parametrize(
    ("labels", "chosen"),
    [
        (["Zyx", "Email"], "Zyx"),
        (["Zyx", "Authenticator app", "Email"], "Authenticator app"),
        (["Zyx", "Email", "Recovery codes"], "Zyx"),
        (["Zyx", "Text message", "Email"], None),
        (["Zyx"], None),
    ],
)
def test_the_only_choice_beside_mailed_codes_is_the_app(
    visit: Visit, tmp_path: Path, labels: list[str], chosen: str | None
) -> None:
    drafting = begin(visit, tmp_path)
    radios = "".join(f"<label><input type=radio name=m value={n}>{label}</label>" for n, label in enumerate(labels))
    drafting.pages["/choice"] = f"<h1>Methods</h1><form>{radios}<button>Next</button></form>"
    page = drafting.walker.go("/choice")
    found = setting_up._option(drafting.walker, "time_based", page)
    assert (found.element.words if found is not None else None) == chosen
