"""Locales of a profile, and what a command says of a profile first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal2fa.cli import _status
from portal2fa.errors import ProfileError, UsageError
from portal2fa.profile_files import load_target
from tests.portal2fa.profile_checking import ACCOUNT, HEAD, MAIL, ROOT, checked

GERMAN = (
    '[locales.de]\nlanguage = "de-DE"\n[locales.de.controls]\nenable = { text = "Einschalten" }\n'
    '[locales.de.places]\nfront = "/de"\n[locales.de.notices]\noff = { text = "Aus" }\n'
)


def test_a_locale_is_laid_over_the_profile_only_where_it_is_chosen(tmp_path: Path) -> None:
    assert checked(tmp_path, HEAD + MAIL + GERMAN).errors == ()
    plain = load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT)
    german = load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT, locale="de")
    assert (plain.profile.language, german.profile.language) == ("en-GB", "de-DE")
    assert plain.profile.places["front"] == "/"
    assert german.profile.places["front"] == "/de"
    assert german.profile.controls["enable"][0].text == "Einschalten"
    assert german.profile.controls["name"] == plain.profile.controls["name"]
    assert german.digest != plain.digest


@pytest.mark.parametrize(
    ("text", "locale", "words"),
    [
        (GERMAN, "dd", "known locales: de"),
        (GERMAN, "den", "did you mean 'de'?"),
        ("", "de", "it has no [locales] at all"),
    ],
)
def test_an_unknown_locale_is_told_with_those_that_are_there(
    tmp_path: Path, text: str, locale: str, words: str
) -> None:
    checked(tmp_path, HEAD + MAIL + text)
    with pytest.raises(UsageError) as refused:
        load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT, locale=locale)
    assert words in str(refused.value)


def test_a_mistake_in_the_chosen_locale_is_refused(tmp_path: Path) -> None:
    checked(tmp_path, HEAD + MAIL + "[locales.de.contorls]\n")
    assert load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT).profile.language == "en-GB"
    with pytest.raises(ProfileError, match=r"locales\.de\.contorls: is not a key"):
        load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT, locale="de")


def test_locales_and_screens_are_inherited_entry_by_entry(tmp_path: Path) -> None:
    small = "[screens.small]\nbelow = 900\n[screens.small.paths]\nenable = ['name', 'enable']\nopen_menu = []\n"
    checked(tmp_path, HEAD + MAIL + GERMAN + small, "base.toml")
    own = (
        'extends = "base.toml"\nname = "other"\n[locales.de.controls]\nemail = { text = "E-Mail" }\n'
        "[screens.small.paths]\nopen_menu = ['name']\n"
    )
    assert checked(tmp_path, own).errors == ()
    profile = load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT, locale="de").profile
    assert [profile.controls[name][0].text for name in ("enable", "email")] == ["Einschalten", "E-Mail"]
    narrow = profile.at_width(800).paths
    assert [[action.press for action in narrow[name]] for name in ("enable", "open_menu")] == [
        ["name", "enable"],
        ["name"],
    ]
    assert profile.at_width(900).paths == profile.paths


def test_a_plan_takes_a_locale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(tmp_path, 'extends = "reference"\nname = "own"\n' + GERMAN.replace('"/de"', "[]"))
    assert _status(["plan", "--target", str(tmp_path / "own.toml")]) == 0
    assert _status(["plan", "--target", str(tmp_path / "own.toml"), "--locale", "de"]) == 2
    assert "places.front: names no address" in capsys.readouterr().err


def test_a_typing_mistake_is_told_before_a_variable_that_is_not_set(tmp_path: Path) -> None:
    checked(tmp_path, HEAD + MAIL + "[paths]\nfinish = ['dne']\n")
    with pytest.raises(ProfileError, match="did you mean 'done'") as refused:
        load_target(str(tmp_path / "own.toml"), ROOT, {})
    assert "environment" not in str(refused.value)


@pytest.mark.parametrize("mailbox", ['url = "$MAIL_URL"', 'url = "https://mail.example"\nseconds = "$MAIL_SECONDS"'])
def test_a_variable_that_is_not_set_is_no_mistake_of_the_file(tmp_path: Path, mailbox: str) -> None:
    result = checked(
        tmp_path, f'{HEAD}[mailbox]\nkind = "http"\napi = "mailpit"\n{mailbox}\n[paths]\nfinish = ["dne"]\n'
    )
    assert [finding.complaint.key for finding in result.errors] == ["paths.finish[0]"]
    assert any(name.startswith("MAIL_") for name in result.variables)


def test_methods_that_are_turned_off_in_their_own_ways_need_no_common_one(tmp_path: Path) -> None:
    text = (ROOT / "fixtures" / "profiles" / "documented.toml").read_text("utf-8")
    text = re.sub(r"^turn_off = \[(.*)\]$", r"turn_off_email = [\1]", text, flags=re.MULTILINE)
    text = text.replace('name = "documented"', 'name = "own"\nurl = "https://portal.example"')
    assert [finding.complaint.key for finding in checked(tmp_path, text).errors] == ["paths.turn_off"]
    text = text.replace("turn_off_email =", "turn_off_time_based = ['disable']\nturn_off_email =")
    assert checked(tmp_path, text).errors == ()
