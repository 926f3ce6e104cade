"""Choosing a method: radio buttons by their mark, other things by the notice that the profile has for them."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.actor import Actor
from portal2fa.errors import CannotTell
from steps.tasks import setting_up
from tests.steps.conftest import Visit

RADIOS = "<label><input type=radio name=m>App</label><label><input type=radio name=m>Mail</label>"
LIST = "".join(
    f"<button onclick=\"document.getElementById('now').innerText = 'Now: {name}'\">{name}</button>"
    for name in ("App", "Mail")
)
BUTTONS = {"time_based": {"role": "button", "name": "App"}, "email": {"role": "button", "name": "Mail"}}
CHOSEN = {"time_based_chosen": {"text": "Now: App"}, "email_chosen": {"text": "Now: Mail"}}


def at_choice(visit: Visit, html: str, **changes: dict[str, Any]) -> Actor:
    actor, _ = visit({"/choice": html}, **changes)
    actor.portal.go(f"{actor.portal.url}/choice")
    return actor


def test_a_radio_button_is_marked_until_the_other_one_is(visit: Visit) -> None:
    labels = {"time_based": {"label": "App"}, "email": {"label": "Mail"}}
    actor = at_choice(visit, RADIOS, controls=labels)
    setting_up.choose(actor, "time_based")
    assert setting_up.is_chosen(actor, "time_based")
    setting_up.choose(actor, "email")
    assert not setting_up.is_chosen(actor, "time_based")


def test_what_is_no_radio_button_is_chosen_as_long_as_its_notice_is_there(visit: Visit) -> None:
    paths = {"choose_time_based": ["time_based"], "choose_email": ["email"]}
    actor = at_choice(visit, f"<p id=now></p>{LIST}", controls=BUTTONS, notices=CHOSEN, paths=paths)
    assert not setting_up.is_chosen(actor, "time_based")
    setting_up.choose(actor, "time_based")
    assert setting_up.is_chosen(actor, "time_based")
    setting_up.choose(actor, "email")
    assert not setting_up.is_chosen(actor, "time_based")


HEX_AND_KEY = "<p id=key>Hex: 0a1b<br>Base32: GEZD GNBV GY3T QOJQ GEZD</p>"


def test_the_key_for_typing_is_what_the_pattern_finds(visit: Visit) -> None:
    changes: dict[str, Any] = {"controls": {"manual_key": {"css": "#key"}}, "paths": {"show_manual_key": []}}
    actor = at_choice(visit, HEX_AND_KEY, manual_key={"pattern": "(?<=Base32: )[A-Z2-7 ]+"}, **changes)
    assert setting_up.manual_key(actor) == "GEZDGNBVGY3TQOJQGEZD"


@pytest.mark.parametrize("pattern", ["(?s).+", "[A-Z2-7]{4}", "[A-Z2-7]{4}(?: [A-Z2-7]{4}){3}", "Hex.*"])
def test_what_is_no_whole_secret_is_no_key_for_typing(visit: Visit, pattern: str) -> None:
    changes: dict[str, Any] = {"controls": {"manual_key": {"css": "#key"}}, "paths": {"show_manual_key": []}}
    actor = at_choice(visit, HEX_AND_KEY, manual_key={"pattern": pattern}, **changes)
    with pytest.raises(CannotTell, match="only a part of one") as told:
        setting_up.manual_key(actor)
    assert "manual_key.pattern in controls.manual_key" in told.value.cause


def test_a_pattern_that_finds_no_key_leaves_nothing_to_tell(visit: Visit) -> None:
    changes: dict[str, Any] = {"controls": {"manual_key": {"css": "#key"}}, "paths": {"show_manual_key": []}}
    actor = at_choice(visit, "<p id=key>see below</p>", manual_key={"pattern": "[A-Z2-7]{16,}"}, **changes)
    with pytest.raises(CannotTell, match="no key in what the profile calls the manual key"):
        setting_up.manual_key(actor)
