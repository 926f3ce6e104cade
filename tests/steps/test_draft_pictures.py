"""No picture of a draft shows a backup code, however it looks, also before it is known for one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from portal2fa.drafting.goals import SHOW_BACKUP
from steps.tasks.drafting import keeping
from tests.steps.conftest import Visit
from tests.steps.drafts import Drafting, begin

CODES = ("k3j9qz", "m4x7wd", "p8c2vn")
"""Too short to look like codes by themselves; the words around them tell."""
PAGE = f"""<h1>Recovery codes</h1><ul style="color:#f00;font:40px monospace;list-style:none">
{"".join(f"<li>{code}</li>" for code in CODES)}</ul><p>Keep them in a safe place.</p>"""


def shows_red(picture: bytes) -> bool:
    """Whether anything of the codes, which are red, is in a picture."""
    pixels = Image.open(io.BytesIO(picture)).convert("RGB").tobytes()
    return any(red > 200 and green < 100 for red, green in zip(pixels[::3], pixels[1::3], strict=True))


@pytest.fixture
def drafting(visit: Visit, tmp_path: Path) -> Drafting:
    """Ana before what shows her codes."""
    started = begin(visit, tmp_path)
    started.pages |= {"/on": "<a href=/codes>Show recovery codes</a>", "/codes": PAGE}
    return started


def test_the_picture_of_the_press_that_showed_them_covers_them(drafting: Drafting) -> None:
    walker = drafting.walker
    page = walker.go("/on")
    found = walker.best(SHOW_BACKUP, page)
    assert found is not None
    after = walker.press(found.element, page)
    assert walker.actor.backup_codes == []
    keeping._learn_advice(walker, after)
    assert not shows_red(walker.draft.steps[-1].picture)
    assert not shows_red(walker.draft.entries["notices.safe_advice"].picture)


def test_the_page_itself_does_show_them(drafting: Drafting) -> None:
    drafting.walker.go("/codes")
    assert shows_red(drafting.walker.page.screenshot())
