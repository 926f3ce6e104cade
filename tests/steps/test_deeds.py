"""Every deed that a path can name, on miniature portals that need it."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.portal import NotOffered
from portal2fa.errors import CannotTell
from tests.steps.conftest import SOON, Visit

SAID = "<output id=said></output><script>const say = text => document.getElementById('said').value = text;</script>"
PATIENT = {"answer": 20.0}
"""A click that opens a page takes its time on a busy machine; only those who wait in vain are in a hurry."""
SIX = "".join(f"<input aria-label='Digit {place}' maxlength=1 class=digit>" for place in range(6))
X: dict[str, Any] = {"css": "#x"}


def walked(visit: Visit, html: str, path: list[Any], **more: Any) -> Any:
    """The window after the path `enable` was followed on a page; `x` is the control at hand."""
    pages = {"/page": SAID + html, **more.pop("pages", {})}
    controls = {"x": X, **more.pop("controls", {})}
    actor, _ = visit(pages, controls=controls, paths={"enable": path}, **{"timing": PATIENT, **more})
    actor.portal.go(f"{actor.portal.url}/page")
    actor.portal.walk("enable", code="123456")
    return actor.portal


def said(portal: Any) -> str:
    return str(portal.page.evaluate("said.value"))


def test_a_box_can_be_unticked(visit: Visit) -> None:
    portal = walked(visit, "<input id=x type=checkbox checked>", [{"untick": "x"}])
    assert not portal.control("x").is_checked()


def test_an_option_of_a_list_is_chosen_by_its_words(visit: Visit) -> None:
    html = "<select id=x onchange='say(this.value)'><option value=t>App<option value=e>Email</select>"
    assert said(walked(visit, html, [{"select": "x", "option": "Email"}])) == "e"


def test_a_key_is_pressed_in_a_field(visit: Visit) -> None:
    html = "<input id=x onkeydown='say(event.key)'>"
    assert said(walked(visit, html, [{"key": "Enter", "at": "x"}])) == "Enter"


@pytest.mark.parametrize(("dialog", "answer"), [("accept", "true"), ("dismiss", "false")])
def test_a_question_of_the_browser_is_answered(visit: Visit, dialog: str, answer: str) -> None:
    html = "<button id=x onclick='say(String(confirm(\"Sure?\")))'>Delete</button>"
    assert said(walked(visit, html, [{"press": "x", "dialog": dialog}])) == answer


def test_the_way_goes_on_in_a_new_page_and_back(visit: Visit) -> None:
    html = "<a id=x target=_blank href=/other>Set up</a>"
    pages = {"/other": "<button id=y onclick='document.title=\"done\"'>On</button>"}
    path = [{"press": "x", "page": "new"}, "y", {"close": "page"}]
    portal = walked(visit, html, path, pages=pages, controls={"y": {"css": "#y"}})
    assert portal.page.url.endswith("/page")
    assert len(portal.context.pages) == 1


def test_a_download_is_read(visit: Visit) -> None:
    html = "<a id=x download=codes.txt href='data:text/plain,ABCD-2345'>Download</a>"
    assert walked(visit, html, [{"press": "x", "download": True}]).downloaded == ["ABCD-2345"]


def test_one_field_a_digit_is_filled_in_order(visit: Visit) -> None:
    portal = walked(visit, SIX, [{"fill": "d", "with": "{code}", "each": True}], controls={"d": {"css": ".digit"}})
    assert "".join(field.input_value() for field in portal.control("d").all()) == "123456"


def test_more_characters_than_fields_are_not_offered(visit: Visit) -> None:
    path = [{"fill": "d", "with": "{code}7", "each": True}]
    with pytest.raises(NotOffered, match="takes 6 characters, not 7"):
        walked(visit, SIX, path, controls={"d": {"css": ".digit"}})


def test_a_field_that_a_script_empties_late_is_filled_again(visit: Visit) -> None:
    html = "<input id=x oninput='if (!window.once) { window.once = 1; this.value = \"\"; }'>"
    assert walked(visit, html, [{"fill": "x", "with": "{code}"}]).control("x").input_value() == "123456"


def test_what_lies_in_a_frame_is_reached(visit: Visit) -> None:
    html = "<iframe id=f srcdoc='<div class=box><button>Setup</button></div><button>Setup</button>'></iframe>"
    inside = {"role": "button", "name": "Setup", "frame": "#f", "within": {"css": ".box"}}
    assert walked(visit, html, ["y"], controls={"y": inside}).control("y").count() == 1


def test_either_of_two_versions_of_a_control_will_do(visit: Visit) -> None:
    versions = [{"role": "link", "name": "Security"}, {"role": "button", "name": "Security"}]
    html = "<button onclick='say(\"ok\")'>Security</button>"
    assert said(walked(visit, html, ["y"], controls={"y": versions})) == "ok"


def test_the_second_of_equal_controls_is_told_by_its_number(visit: Visit) -> None:
    html = "<button onclick='say(1)'>Go</button><button onclick='say(2)'>Go</button>"
    assert said(walked(visit, html, ["y"], controls={"y": {"role": "button", "name": "Go", "nth": 2}})) == "2"


def test_a_dialog_left_hidden_from_assistive_technology_is_found_on_request(visit: Visit) -> None:
    html = "<div aria-hidden=true><button onclick='say(\"ok\")'>Setup</button></div>"
    control = {"role": "button", "name": "Setup"}
    with pytest.raises(CannotTell) as told:
        walked(visit, html, ["y"], controls={"y": control}, timing=SOON)
    assert told.value.missing == ("controls.y",)
    assert said(walked(visit, html, ["y"], controls={"y": {**control, "aria_hidden": True}})) == "ok"


def test_a_field_is_found_by_what_it_suggests(visit: Visit) -> None:
    html = "<input placeholder='6-digit code'>"
    portal = walked(visit, html, [{"fill": "y", "with": "{code}"}], controls={"y": {"placeholder": "6-digit code"}})
    assert portal.control("y").input_value() == "123456"


def test_a_narrow_window_has_ways_of_its_own(visit: Visit) -> None:
    html = "<button id=x onclick='say(\"wide\")'>a</button><button id=y onclick='say(\"narrow\")'>b</button>"
    screens = {"small": {"below": 900, "paths": {"enable": ["y"]}}}
    actor, _ = visit(
        {"/page": SAID + html},
        controls={"x": X, "y": {"css": "#y"}},
        paths={"enable": ["x"]},
        screens=screens,
    )
    for width, words in ((1280, "wide"), (800, "narrow")):
        actor.portal.page.set_viewport_size({"width": width, "height": 700})
        actor.portal.go(f"{actor.portal.url}/page")
        actor.portal.walk("enable")
        assert said(actor.portal) == words


def test_what_was_done_can_be_told_to_a_person_without_a_secret(visit: Visit) -> None:
    portal = walked(visit, "<input id=x>", [{"fill": "x", "with": "{code}"}])
    trail = portal.recorder.notes.trail
    assert '  type the code into CSS "#x"' in trail
    assert not any("123456" in words for words in trail)
