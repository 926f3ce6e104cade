"""What is proposed for an entry that points at nothing: elements of the page, never a code."""

from __future__ import annotations

import tomllib
from functools import partial

import pytest

from portal2fa import doctor_wordings
from portal2fa.doctor_edits import Seen, elements, inline, nearest, proposals, setting
from portal2fa.profile_locator import Locator

PAGE = """- banner:
  - link "Overview":
    - /url: /client
  - button "Account of Ana" [expanded]
- main:
  - heading "Two-factor sign-in" [level=1]
  - 'link "Help: what is this?"':
    - /url: /help
  - button "Enable"
  - button "Enable reminders"
  - textbox "E-mail": ana@portal.example
  - textbox: typed by somebody
  - text: Keep this code. ABCD-1234-EFGH
  - paragraph: ABCD-1234-EFGH
  - paragraph: JBSW Y3DP EHPK 3PXP
  - paragraph: Your code is 482911.
  - strong: "It says: \\"on\\""
"""


def test_the_elements_of_a_page_are_read_with_their_names() -> None:
    found = elements(PAGE)
    assert Seen("link", "Overview") in found
    assert Seen("link", "Help: what is this?") in found
    assert Seen("button", "Account of Ana") in found
    assert Seen("textbox", "E-mail") in found
    assert Seen("text", 'It says: "on"') in found


def test_neither_what_was_typed_nor_a_code_is_read() -> None:
    said = {seen.name for seen in elements(PAGE)}
    assert not said & {"typed by somebody", "ana@portal.example"}
    assert not [text for text in said if "1234" in text or "JBSW" in text or "482911" in text]


@pytest.mark.parametrize(
    ("locator", "wanted", "expected"),
    [
        ({"role": "button", "name": "Click Here to Enable"}, (), 'enable = { role = "button", name = "Enable" }'),
        ({"role": "link", "name": "Enable"}, (), 'enable = { role = "button", name = "Enable" }'),
        ({"label": "Email address"}, ("Email",), 'enable = { label = "E-mail" }'),
        ({"css": "#nothing"}, ("Click Here to Enable",), 'enable = { role = "button", name = "Enable" }'),
    ],
)
def test_the_nearest_element_of_the_right_role_is_proposed_first(
    locator: dict[str, str], wanted: tuple[str, ...], expected: str
) -> None:
    found = nearest([Locator.model_validate(locator)], elements(PAGE), wanted=wanted, deed="press")
    assert proposals("controls.enable", found)[0].line == expected
    assert len(found) <= 3


FORM = """- main:
  - text: Code from the app
  - textbox "Code from the app"
  - button "Copy"
  - status: Copied to the clipboard.
  - group: Ana Example
  - img "Picture to scan"
  - link "Was ist Zwei-Faktor-Authentifizierung?"
"""


@pytest.mark.parametrize(
    ("locator", "name", "deed", "expected"),
    [
        ({"role": "button", "name": "Code"}, "app_code", "fill", 'app_code = { label = "Code from the app" }'),
        ({"label": "Code"}, "qr_code", "scan", 'qr_code = { role = "img", name = "Picture to scan" }'),
        (
            {"role": "button", "name": "Nowhere"},
            "help_link",
            "",
            'help_link = { role = "link", name = "Was ist Zwei-Faktor-Authentifizierung?" }',
        ),
    ],
)
def test_what_is_done_with_a_control_and_its_usual_words_say_which_element_is_meant(
    locator: dict[str, str], name: str, deed: str, expected: str
) -> None:
    key, wrong = f"controls.{name}", Locator.model_validate(locator)
    words = partial(doctor_wordings.about, key)
    found = nearest([wrong], elements(FORM), deed=deed, weigh=lambda score, seen: max(score, words(seen)))
    assert proposals(key, found)[0].line == expected


def test_what_has_no_name_of_its_own_is_a_text() -> None:
    assert {Seen("text", "Copied to the clipboard."), Seen("text", "Ana Example")} <= set(elements(FORM))


def test_neither_the_label_of_a_field_nor_what_is_pointed_at_now_is_proposed() -> None:
    found = nearest([Locator(label="Code")], elements(FORM), deed="fill")
    assert [edit.line for edit in proposals("controls.a", found)] == ['a = { label = "Code from the app" }']
    assert nearest([Locator(label="Code from the app")], elements(FORM), deed="fill") == []


def test_what_the_account_is_called_stands_in_a_proposal_as_a_placeholder() -> None:
    values = {"name": "Ana Example"}
    found = nearest([Locator(text="Account")], elements(FORM), wanted=["Ana Example"], values=values)
    assert proposals("controls.name", found, values=values)[0].line == 'name = { text = "{name}" }'


def test_a_notice_most_likely_is_what_came_last() -> None:
    refusal = Seen("text", "That code does not fit.")
    page = [*elements(PAGE), refusal]
    locator = Locator(text="Wrong!")
    [first, *_] = proposals("notices.time_based_refused", nearest([locator], page, fresh=[refusal]), fresh=[refusal])
    assert first.line == 'time_based_refused = { text = "That code does not fit." }'
    assert first.because == "it came with what was done last"


@pytest.mark.parametrize("value", [True, 30, "plain", 'say "yes"', r"(\d{6})", r"it's (\d{6})", ["a", "b"], {"a": 1}])
def test_an_edit_is_toml_that_says_the_value(value: object) -> None:
    assert tomllib.loads(f"key = {inline(value)}") == {"key": value}


def test_a_setting_names_its_table() -> None:
    edit = setting("mailbox.code_pattern", r"(\d{6})")
    assert (edit.table, edit.line) == ("mailbox", r"code_pattern = '(\d{6})'")
