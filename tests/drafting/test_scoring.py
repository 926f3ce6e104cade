"""Which element is meant: decided on snapshots, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal2fa.drafting import goals
from portal2fa.drafting.elements import Element, Snapshot
from portal2fa.drafting.scoring import Goal, rank
from portal2fa.drafting.vocabulary import load
from tests.drafting.pages import element, page


def best(goal: Goal, *elements: Element) -> str:
    """The words of the element that fits best; empty where none does."""
    ranked = rank(goal, page(*elements), load())
    return ranked[0].element.words if ranked else ""


def test_the_user_name_is_told_by_autocomplete_before_its_position() -> None:
    search, name = element("field", "Search"), element("field", "Kennung oder so", autocomplete="username")
    assert best(goals.USERNAME, search, name) == "Kennung oder so"


def test_a_field_without_words_is_a_code_field_by_autocomplete() -> None:
    code = element("field", "", autocomplete="one-time-code", placeholder="123456", name="")
    assert rank(goals.CODE, page(element("field", "Email address", type="email"), code), load())[0].element.placeholder


def test_a_password_is_only_a_field_of_that_type() -> None:
    assert best(goals.PASSWORD, element("field", "Password", type="text")) == ""
    assert best(goals.PASSWORD, element("field", "Geheim", type="password")) == "Geheim"


def test_what_is_shown_and_cannot_be_written_to_is_no_field_for_a_code() -> None:
    assert best(goals.BACKUP_FIELD, element("field", "Backup code", value="ABCD-EFGH")) == ""


@pytest.mark.parametrize(
    ("goal", "meant", "others"),
    [
        (goals.ENABLE, "Click Here to Enable", ["Disable", "Log out", "What is Two-Factor Authentication (2FA)?"]),
        (goals.DISABLE, "Two-Faktor deaktivieren", ["Aktivieren", "Abmelden", "Konto löschen"]),
        (goals.CONFIRM, "Confirmer", ["Annuler", "Renvoyer le code"]),
        (goals.CANCEL, "キャンセル", ["確認", "次へ"]),
        (goals.SECURITY_SETTINGS, "安全设置", ["退出", "删除账户"]),
        (goals.RESEND, "Send a new code", ["Verify", "Cancel"]),
    ],
)
def test_the_words_decide_among_buttons(goal: Goal, meant: str, others: list[str]) -> None:
    assert best(goal, *(element("button", words) for words in [*others, meant])) == meant


def test_leaving_the_account_or_harming_it_is_never_a_candidate() -> None:
    for words in ("Log out", "Delete account", "Konto löschen", "退出"):
        assert best(goals.SECURITY_SETTINGS, element("link", words)) == ""


def test_an_explanation_at_the_foot_is_no_entry_of_the_settings() -> None:
    foot = element("link", "What is Two-Factor Authentication (2FA)?", landmark="footer")
    assert best(goals.TWO_FACTOR, foot) == ""


def test_the_method_with_an_app_is_told_from_the_one_by_mail() -> None:
    options = [element("choice", "Email Two-Factor Authentication"), element("choice", "Time Based Tokens")]
    assert best(goals.APP_METHOD, *options) == "Time Based Tokens"
    assert best(goals.EMAIL_METHOD, *options) == "Email Two-Factor Authentication"


def test_a_candidate_comes_with_reasons_in_words() -> None:
    found = rank(goals.CODE, page(element("field", "Authorization code", autocomplete="one-time-code")), load())[0]
    assert any("authorization code" in reason for reason in found.reasons)
    assert "autocomplete is one-time-code" in found.reasons


def asked(said: str, *fields: Element) -> Snapshot:
    """A page with a line of text, and fields."""
    return page(element("text", said), *fields)


def test_the_only_field_of_a_page_that_speaks_of_a_code_is_the_field_for_it() -> None:
    bare = element("field", "")
    sent = "A verification code was sent to you."
    assert rank(goals.CODE, asked(sent, bare), load())[0].score >= 2.0
    assert rank(goals.CODE, asked(sent, bare, bare), load()) == []
    assert rank(goals.CODE, asked("Look for something", bare), load()) == []
    assert rank(goals.CODE, asked(sent, element("field", "Search")), load()) == []


def test_a_field_without_words_that_takes_as_much_as_a_code_has_is_for_the_code() -> None:
    bare = element("field", "")
    assert rank(goals.CODE, asked("The app shows a number.", replace(bare, most=6)), load()) != []
    assert rank(goals.CODE, asked("The app shows a number.", replace(bare, most=200)), load()) == []
    assert rank(goals.CODE, asked("Your second factor is wanted.", bare), load())[0].score >= 2.0


def test_of_two_that_are_called_the_same_the_one_that_can_be_read_is_pressed() -> None:
    sign, words = element("button", "Close", text="X Close"), element("button", "Close")
    found = rank(goals.CANCEL, page(sign, words), load())
    assert [candidate.element.text for candidate in found] == ["Close", "X Close"]


def test_a_list_that_can_be_searched_is_no_field_for_a_code() -> None:
    listed = element("field", "", role="combobox")
    assert rank(goals.CODE, asked("Enter the code", listed), load()) == []
    assert rank(goals.CODE, asked("Enter the code", listed, element("field", "")), load()) != []


def test_a_hidden_field_without_words_is_for_the_code_where_the_page_speaks_of_one() -> None:
    hidden = element("field", "", type="password")
    assert rank(goals.PASSWORD, asked("Enter the code of your app", hidden), load()) == []
    assert rank(goals.PASSWORD, asked("Enter your password, not a code", hidden), load()) != []
    assert rank(goals.PASSWORD, asked("Welcome", hidden), load()) != []
