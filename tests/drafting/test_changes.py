"""What a portal said, told from what stood there before."""

from __future__ import annotations

from dataclasses import replace

from portal2fa.drafting.changes import answers, came, common_words, stable_part
from portal2fa.drafting.vocabulary import load
from tests.drafting.pages import element, page


def test_the_refusal_is_the_new_text_that_speaks_of_one() -> None:
    form = page(element("heading", "Sign in"), element("text", "All fields are required."))
    refused = page(
        element("heading", "Sign in"),
        element("text", "All fields are required."),
        element("text", "Three new offers for you"),
        element("text", "The password is wrong.", live=True),
    )
    said = answers(form, refused, load(), topics={"refused": 3.0})
    assert said[0].element.text == "The password is wrong."


def test_what_stands_on_another_page_is_no_answer() -> None:
    before, after = page(), page(element("heading", "Two-factor authentication is on"))
    assert answers(before, after, load(), topics={"on": 2.0}, absent=[after]) == []


def test_what_a_dialog_says_comes_before_what_changes_behind_it() -> None:
    behind = element("text", "Two-factor authentication is enabled")
    said = element("text", "Two-factor authentication is set up, and enabled.", landmark="dialog")
    after = page(behind, said)
    assert answers(page(), after, load(), topics={"on": 2.0, "two_factor": 1.0})[0].element.text == said.text


def test_what_came_into_sight_is_told_by_itself_and_on_another_page_by_its_words() -> None:
    listed, in_menu = element("link", "Security", number=1), element("link", "Security", number=2)
    assert came(page(listed), page(listed, in_menu)) == [replace(in_menu, index=1)]
    assert came(page(listed), page(in_menu)) == []
    drawn_anew = replace(listed, number=4)
    assert (
        came(page(listed, element("heading", "Home", number=0)), page(drawn_anew, element("heading", "Home", number=0)))
        == []
    )
    assert came(page(listed), page(in_menu, element("link", "Log out", number=3)))[0].words == "Log out"


def test_words_against_count() -> None:
    after = page(element("text", "It is disabled"), element("text", "It is enabled"))
    assert answers(page(), after, load(), topics={"on": 2.0}, against=("off",))[0].element.text == "It is enabled"


def test_the_stable_part_leaves_addresses_numbers_and_the_name_out() -> None:
    text = "Hello Ana, a code is on its way to a••@portal.example. It expires in 10 minutes."
    assert stable_part(text, ["Ana"]) == ("a code is on its way to", False)
    assert stable_part("What is 2FA?", []) == ("What is 2FA?", True)


def test_what_is_said_of_each_method_is_what_two_announcements_share() -> None:
    app = "Authenticator has been added to your sign-in."
    mail = "Mailed codes: has been added to your sign-in"
    assert common_words(app, mail) == "has been added to your sign-in"
    assert common_words(app, "Mailed codes are on.") == ""
    assert common_words(app, "It has been sent.") == ""
