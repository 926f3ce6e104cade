"""A method as a tile is chosen by its words; what is noted is what marks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from steps.tasks.drafting import tiles
from tests.steps.conftest import Visit
from tests.steps.drafts import begin

TILES = """<form>{}</form><script>
document.querySelectorAll('.answers').forEach((tile) => {{
    tile.onclick = () => {{ tile.querySelector('input').checked = true; }}; }});
</script>"""
APP = (
    "<div class='{}'><input type=radio name=way value=app> <b>Authenticator app</b><p>A number on your phone.</p></div>"
)
MAIL = "<div class='{}'><input type=radio name=way value=mail checked> <b>Codes by e-mail</b></div>"


@pytest.mark.parametrize(
    ("kind", "deed"),
    [("answers", "time_based"), ("mute", {"choose": "time_based_mark"})],
    ids=["by its words", "by its mark, where the words do nothing"],
)
def test_a_tile_is_chosen_as_a_person_would(visit: Visit, tmp_path: Path, kind: str, deed: Any) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/choice"] = TILES.format(APP.format(kind) + MAIL.format(kind))
    walker = drafting.walker
    page = walker.go("/choice")
    tile = tiles.find(walker, page, "time_based")
    assert tile is not None
    assert tiles.choose(walker, "time_based", tile) == ("time_based", deed)
    assert walker.draft.value("controls", "time_based") == {"text": "Authenticator app"}
    assert walker.page.locator("[value=app]").is_checked()
    assert (walker.draft.value("notices", "time_based_chosen") is not None) == (kind == "answers")
    assert kind != "answers" or walker.sees("notices", "time_based_chosen")


def test_a_radio_button_with_a_label_is_no_tile(visit: Visit, tmp_path: Path) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages["/choice"] = "<form><label><input type=radio name=way> Authenticator app</label></form>"
    assert tiles.find(drafting.walker, drafting.walker.go("/choice"), "time_based") is None
