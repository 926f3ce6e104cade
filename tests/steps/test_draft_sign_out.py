"""What signs out is found wherever it stands, and noted only once the client area was seen to be closed by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal2fa.drafting.draft import Certainty
from steps.tasks.drafting import signing_out
from tests.steps.conftest import Visit
from tests.steps.drafts import FORM, Drafting, begin

NAME = "<details><summary>Ana Example</summary>{}</details>"
BARE_NAME = "<p>Ana Example</p>"
OUT = "<a href=/out>Log out</a>"
DIALOG = """<button onclick="box.showModal()">Sign out</button>
<dialog id=box><p>Sure?</p><a href=/stay>Stay</a> <a href=/out>Sign out</a></dialog>"""
BOX = """<button onclick="if (confirm('Sure?')) location = '/out'">Sign out</button>"""
MENU = "<nav><button aria-haspopup=true onclick='more.hidden = false'>More</button><p hidden id=more>{}</p></nav>"


def drafting_at(visit: Visit, folder: Path, home: str, *, ends: bool = True) -> Drafting:
    """Ana in a client area, which `/out` closes or leaves open."""
    started = begin(visit, folder)
    walker = started.walker
    started.pages["/home"] = home

    def out(_: dict[str, str]) -> str:
        if ends:
            started.pages["/home"] = FORM
        return "<p>Bye</p>"

    started.pages["/out"] = out
    walker.put("places", "client_area", "/home")
    walker.pages["client_area"] = walker.go("/home")
    if "Ana" in home and "<p>Ana" not in home:
        walker.put("controls", "name", {"text": "{name}"})
    return started


@pytest.mark.parametrize(
    ("home", "way", "entry"),
    [
        (NAME.format(OUT), ["name", "log_out"], {"role": "link", "name": "Log out"}),
        (BARE_NAME + OUT, ["log_out"], {"role": "link", "name": "Log out"}),
        (BARE_NAME + MENU.format(OUT), ["menu", "log_out"], {"role": "link", "name": "Log out"}),
        (BARE_NAME + BOX, [{"press": "log_out", "dialog": "accept"}], {"role": "button", "name": "Sign out"}),
    ],
    ids=["behind the name", "in sight", "in another menu", "asked by the browser"],
)
def test_what_signs_out_is_found_and_sure(visit: Visit, tmp_path: Path, home: str, way: list[Any], entry: Any) -> None:
    started = drafting_at(visit, tmp_path, home)
    signing_out.learn(started.walker)
    draft = started.walker.draft
    assert draft.value("paths", "sign_out") == way
    assert draft.value("controls", "log_out") == entry
    assert {draft.entries[key].certainty for key in ("paths.sign_out", "controls.log_out")} == {Certainty.SURE}


def test_what_a_dialog_asks_is_answered(visit: Visit, tmp_path: Path) -> None:
    started = drafting_at(visit, tmp_path, BARE_NAME + DIALOG)
    signing_out.learn(started.walker)
    assert started.walker.draft.value("paths", "sign_out") == ["log_out", "log_out_2"]
    assert started.walker.draft.value("controls", "log_out_2") == {"role": "link", "name": "Sign out"}


def test_what_leaves_the_account_signed_in_is_a_gap(visit: Visit, tmp_path: Path) -> None:
    started = drafting_at(visit, tmp_path, NAME.format(OUT), ends=False)
    signing_out.learn(started.walker)
    assert started.walker.draft.entries["paths.sign_out"].certainty is Certainty.GAP
    assert started.walker.draft.value("controls", "log_out") is None


def test_what_closes_the_account_is_no_way_to_sign_out(visit: Visit, tmp_path: Path) -> None:
    started = drafting_at(visit, tmp_path, NAME.format("<a href=/out>Sign out and delete account</a>"))
    signing_out.learn(started.walker)
    assert started.walker.draft.value("paths", "sign_out") is None
