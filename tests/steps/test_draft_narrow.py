"""Narrow windows: what unfolds a menu is pressed before its entries, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal2fa.drafting.draft import Certainty
from steps.tasks.drafting import narrow
from tests.steps.conftest import Visit
from tests.steps.drafts import FORM, begin

FOLDED = """<style>#bar { display: none }
@media (max-width: 600px) { #bar { display: inline } #menu:not(.open) { display: none } }</style>
<a href=/elsewhere>A shop</a> <button id=bar onclick="menu.classList.add('open')">&#9776;</button>
<p id=menu><a href=/in>Client area</a> <button>Ana Example</button></p>"""
UNFOLDED = "<p id=menu><a href=/in>Client area</a> <button>Ana Example</button></p>"


@pytest.mark.parametrize(("head", "begun"), [(FOLDED, [{"press": "menu_bar", "optional": True}]), (UNFOLDED, [])])
def test_a_menu_that_is_folded_in_narrow_windows_is_unfolded_first(
    visit: Visit, tmp_path: Path, head: str, begun: list[Any]
) -> None:
    drafting = begin(visit, tmp_path)
    drafting.pages |= {"/home": head + "<p>Signed in for Ana Example</p>", "/start": head, "/": FORM}
    walker = drafting.walker
    walker.put("places", "client_area", "/home")
    walker.put("places", "front", "/start")
    walker.put("controls", "name", {"role": "button", "name": "{name}"})
    walker.put("controls", "client_area", {"role": "link", "name": "Client area"})
    walker.put("notices", "signed_in", {"role": "button", "name": "{name}"})
    walker.path("open_menu", ["name"], sure=True)
    walker.path("client_area", ["client_area"], sure=True)
    narrow.learn_inside(walker)
    assert walker.draft.value("paths", "open_menu") == [*begun, "name"]
    assert walker.draft.entries["paths.open_menu"].certainty is Certainty.SURE
    assert narrow.unfolding(walker, "name") == begun
    signs = walker.draft.value("notices", "signed_in")
    assert signs == ([{"role": "button", "name": "{name}"}, {"text": "Signed in for {name}"}] if begun else signs)
    assert walker.page.viewport_size == {"width": 1280, "height": 720}
    narrow.learn_outside(walker)
    assert walker.draft.value("paths", "client_area") == [*begun, "client_area"]
    assert (walker.draft.value("controls", "menu_bar") is not None) == bool(begun)
