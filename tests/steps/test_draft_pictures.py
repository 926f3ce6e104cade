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


def red_words(drafting: Drafting) -> None:
    """Open a page of red words that nobody would take for a secret, as a step of the walk."""
    drafting.pages["/words"] = "<p style='color:#f00;font:40px monospace'>plain words</p><a href=/on>On</a>"
    drafting.walker.go("/words")
    drafting.walker.step("went to the words")


def test_a_picture_serves_entries_again_until_the_page_or_what_is_secret_changes(drafting: Drafting) -> None:
    walker = drafting.walker
    red_words(drafting)
    walker.offer("cancel", False, "nothing speaks of it")
    walker.path("finish", [], "nothing is pressed")
    first = walker.draft.steps[-1].picture
    assert walker.picture_of("capabilities.cancel") is walker.picture_of("paths.finish") is first
    walker.actor.world.recorder.secret("plain words")
    walker.offer("resend", False, "nothing speaks of it")
    assert shows_red(first)
    assert not shows_red(walker.picture_of("capabilities.resend"))
    walker.go("/on")
    walker.offer("backup_code", False, "nothing speaks of it")
    assert walker.picture_of("capabilities.backup_code") != walker.picture_of("capabilities.resend")


def test_what_was_seen_nowhere_has_no_picture(drafting: Drafting) -> None:
    walker = drafting.walker
    red_words(drafting)
    walker.lack("live_chat", "nothing speaks of it")
    assert walker.draft.value("capabilities", "live_chat") is False
    assert walker.picture_of("capabilities.live_chat") == b""


def test_what_turns_out_to_be_a_secret_is_covered_wherever_its_picture_served(drafting: Drafting) -> None:
    walker = drafting.walker
    red_words(drafting)
    walker.offer("cancel", False, "nothing speaks of it")
    assert shows_red(walker.picture_of("capabilities.cancel"))
    walker.actor.world.recorder.secret("plain words")
    walker.retake()
    assert not shows_red(walker.picture_of("capabilities.cancel"))
    assert not shows_red(walker.draft.steps[-1].picture)


def test_a_path_shows_what_it_uses_last_and_a_capability_what_showed_it(drafting: Drafting) -> None:
    walker = drafting.walker
    page = walker.go("/on")
    found = walker.best(SHOW_BACKUP, page)
    assert found is not None
    name = walker.control("show_codes", found.element)
    walker.path("show_backup_code", [name, {"see": "backup_code"}], "it was walked")
    walker.offer("backup_code", True, "it speaks of them", by=f"controls.{name}")
    shown = walker.picture_of(f"controls.{name}")
    assert shown
    assert walker.picture_of("paths.show_backup_code") == walker.picture_of("capabilities.backup_code") == shown


def test_the_page_itself_does_show_them(drafting: Drafting) -> None:
    drafting.walker.go("/codes")
    assert shows_red(drafting.walker.page.screenshot())
