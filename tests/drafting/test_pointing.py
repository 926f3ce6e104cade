"""How a draft points at things, the most lasting way first."""

from __future__ import annotations

from portal2fa.drafting.pointing import harmless_ways, ways
from tests.drafting.pages import element

ANA = {"name": "Ana Example", "username": "ana@portal.example", "email": "ana@portal.example"}


def test_a_field_goes_by_its_label_first_and_by_css_last() -> None:
    found = ways(element("field", "Password", css="#password"), ANA)
    assert found[0] == {"label": "Password"}
    assert found[-1] == {"css": "#password"}


def test_a_button_goes_by_role_and_name() -> None:
    assert ways(element("button", "Get Started"), ANA)[0] == {"role": "button", "name": "Get Started"}


def test_the_customers_own_values_become_placeholders() -> None:
    assert ways(element("text", "Ana Example"), ANA)[0] == {"text": "{name}"}
    assert ways(element("button", "ana@portal.example (internal)"), ANA)[0] == {
        "role": "button",
        "name": "{username} (internal)",
    }


def test_of_a_text_with_an_address_only_the_lasting_part_is_taken() -> None:
    found = ways(element("text", "We sent a code to a••@portal.example. Look for it."), ANA)
    assert found[0] == {"text": "We sent a code to", "exact": False}


def test_what_stands_in_a_frame_is_looked_for_there() -> None:
    assert ways(element("heading", "Methods", frame="iframe[name='mfa']"), ANA)[0]["frame"] == "iframe[name='mfa']"


def test_of_words_that_hold_a_secret_not_even_a_part_is_taken() -> None:
    shown = element("text", "27OZ-W46O-LEF6 5 minutes", css="main > div")
    assert harmless_ways(shown, ANA, lambda text: text.replace("27OZ-W46O-LEF6", "...")) == [{"css": "main > div"}]
    named = element("button", "27OZ-W46O-LEF6", css="main > button")
    assert harmless_ways(named, ANA, lambda text: text.replace("27OZ-W46O-LEF6", "...")) == [{"css": "main > button"}]


def test_a_pages_own_words_in_braces_are_no_way_as_a_profile_takes_them_for_a_value() -> None:
    assert ways(element("button", "{go}", css="#go"), ANA) == [{"css": "#go"}]
    assert ways(element("text", "Ana Example", css="#name"), ANA)[0] == {"text": "{name}"}


def test_what_is_hidden_from_assistive_technology_is_looked_for_there_as_well() -> None:
    concealed = element("button", "Submit", concealed=True)
    assert ways(concealed, ANA)[0] == {"role": "button", "name": "Submit", "aria_hidden": True}
