"""`portal2fa profile check`: every finding with file, line and remedy, errors apart from notes, nothing touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal2fa.cli import _status
from portal2fa.errors import ProfileError
from portal2fa.profile_files import load_target, shipped
from portal2fa.profile_lint import check
from tests.portal2fa.profile_checking import ACCOUNT, HEAD, MAIL, ROOT, checked, told


def test_a_profile_that_is_right_has_no_findings_and_names_its_variables(tmp_path: Path) -> None:
    result = checked(tmp_path, HEAD + MAIL)
    assert (result.errors, result.notes) == ((), ())
    assert result.variables == ("OWN_MAIL", "PORTAL2FA_NAME", "PORTAL2FA_PASSWORD", "PORTAL2FA_USERNAME")


# Each row is what the profile says besides, from line 8 on; where the error has to point, and what it has to say.
ERRORS: list[tuple[str, int, str, str]] = [
    ("[timing]\nanswer = 5.0\nanswr = 1\n", 10, "timing.answr", "did you mean 'answer'?"),
    ('[controls]\nenable = { role = "buton", name = "x" }', 9, "controls.enable.role", "did you mean 'button'?"),
    ('[controls]\nenable = [{ css = "#a" },\n{ roll = "x" }]', 10, "controls.enable[1].roll", "did you mean 'role'?"),
    ('[controls]\nspare = { label = "x" }', 9, "controls.spare", "is never used"),
    ('[paths]\nfinish = [\n"done",\n"dne"]', 11, "paths.finish[1]", "did you mean 'done'?"),
    ('[paths]\nfinsh = ["done"]', 9, "paths.finsh", "did you mean 'finish'?"),
    ("[paths]\nclient_area = []", 9, "paths.client_area", "nothing leads from the front page"),
    ("[paths]\nsign_in = []", 9, "paths.sign_in", "from the sign-in form to its answer"),
    ("[paths]\nconfirm_email = []", 9, "paths.confirm_email", "say what a person does"),
    ("[paths]\nturn_off = []", 9, "paths.turn_off", "say what a person does to turn it off"),
    ("[paths]\nresend = []", 9, "paths.resend", "capabilities.resend = false"),
    ("[paths]\nsign_out = []", 9, "paths.sign_out", "or remove it"),
    ('[clock]\nkind = "shim"', 9, "clock.kind", "needs a portal that the run starts"),
    (
        "[methods]\nforced = true\n[capabilities]\nturn_off = false\nturn_off_password = false\n"
        '[notices]\nset_up_demanded = { text = "First" }',
        9,
        "methods.forced",
        "contradicts accounts.kind",
    ),
    ("[wrong_code]\nseconds = -1", 9, "wrong_code.seconds", "at least 0"),
    (
        '[accounts]\nkind = "pool"\npool = [\n  { username = "a", password = "$A" },\n'
        '  { username = "b", password = "secret" },\n]',
        12,
        "accounts.pool[1].password",
        "$PORTAL2FA_PASSWORD",
    ),
    ("[screens.small]\nbelow = 900\n[screens.small.paths]\nenable = ['menu']", 11, "screens.small.paths.enable[0]", ""),
    ("[screens.small.paths]\nenable = []", 8, "screens.small.below", "is missing"),
    ("[locales.de.contorls]\n", 8, "locales.de.contorls", "did you mean 'controls'?"),
    ("[locales.de]\nlanguage = 'deutsch bitte'\n", 9, "locales.de.language", "language tag"),
    ("[locales.de.notices]\nofff = { text = 'Aus' }", 9, "locales.de.notices.offf", "did you mean 'off'?"),
    ("[locales.de.controls]\nenable = { txt = 'Ein' }", 9, "locales.de.controls.enable.txt", "did you mean 'text'?"),
    ("[locales.de.paths]\nenable = ['einschalten']", 9, "locales.de.paths.enable[0]", "'einschalten'"),
    ("[locales.de.paths]\nsign_in = []", 9, "locales.de.paths.sign_in", "say what a person does"),
    ("[locales.de.paths]\nclient_area = []", 9, "locales.de.paths.client_area", "nothing leads from the front page"),
    (
        "[screens.small]\nbelow = 800\n[screens.small.paths]\nclient_area = []",
        11,
        "screens.small.paths.client_area",
        "say what a person presses on the front page",
    ),
    (
        "[screens.small]\nbelow = 800\n[screens.small.paths]\nsign_in = []",
        11,
        "screens.small.paths.sign_in",
        "say what a person does",
    ),
    ('[places]\nclient_area = "//other.example/x"', 9, "places.client_area", "is at a host that is not the portal's"),
    ('[clock]\nkind = "command"\ncommand = ["date"]', 10, "clock.command", "one of them with {offset}"),
    ('[controls]\nenable = { css = "#a", label = "b" }', 9, "controls.enable.css", "exactly one of"),
    ("[timing]\nanswer = 0.2", 9, "timing.answer", "use 1 or more"),
    ("[locales]\nde = 3", 9, "locales.de", "has to be a table"),
    ("[capabilities]\ncancel = 'yes'", 9, "capabilities.cancel", "true or false"),
    ('[controls]\nname = { text = "{nmae}" }', 9, "controls.name.text", "did you mean '{name}'?"),
    ('[controls]\nname = { role = "link", name = "Hi, {code}" }', 9, "controls.name.name", "known here are: {name},"),
    ("[controls]\nname = { css = \"a:has-text('{user}')\" }", 9, "controls.name.css", "did you mean '{username}'?"),
    ('[notices]\noff = [{ text = "x" },\n{ label = "{}" }]', 10, "notices.off[1].label", "unknown value {}"),
    ('[paths]\nprepare = [{ open = "/of/{usrname}" }]', 9, "paths.prepare[0].open", "did you mean '{username}'?"),
    ("[controls]\nenable = { css = 'button[[' }", 9, "controls.enable.css", "[ has no place within [ there"),
    ('[controls]\nenable = { css = "a[href=\'x]" }', 9, "controls.enable.css", "the quotation mark ' is never closed"),
    ('[controls]\nenable = { text = "x", frame = "#f:not(" }', 9, "controls.enable.frame", "add the missing )"),
    (
        '[controls]\nenable = { text = "x", within = { css = "#f)" } }',
        9,
        "controls.enable.within.css",
        ") has no place there",
    ),
    ("[locales.de.notices]\noff = { text = 'Aus, {nane}' }", 9, "locales.de.notices.off.text", "'{name}'"),
]


@pytest.mark.parametrize(("text", "line", "key", "words"), ERRORS)
def test_an_error_is_told_with_its_line_and_a_remedy(
    tmp_path: Path, text: str, line: int, key: str, words: str
) -> None:
    result = checked(tmp_path, HEAD + MAIL + text)
    assert told(result.errors) == [("own.toml", line, key)]
    assert words in str(result.errors[0].complaint)
    assert result.errors[0].complaint.remedy


NOTES: list[tuple[str, int, str, str]] = [
    (
        "[capabilities]\nlive_chat = false\n[controls]\nlive_chat = { label = 'x' }",
        11,
        "controls.live_chat",
        "remove it",
    ),
    ("[capabilities]\nresend = false\n[paths]\nresend = ['send_again']", 11, "paths.resend", "resend is false"),
    ("[controls]\nenable = { css = '#on' }", 9, "controls.enable", "CSS only"),
    ("[notices]\noff = [{ text = 'x' }, { css = '#on' }]", 9, "notices.off[1]", "CSS only"),
    ("[locales.de.controls]\nenable = { css = '#ein' }", 9, "locales.de.controls.enable", "CSS only"),
    ("[places]\nprotected = ['/client', '/']", 9, "places.protected", "anybody can open"),
    ("[paths]\nconfirm_email = ['activate']", 9, "paths.confirm_email", "never types {code}"),
    ("[capabilities]\nbackup_code = false", 8, "capabilities.backup_replacement", "without backup_code"),
    ("[accounts]\nkind = 'command'\nmake = ['make']", 10, "accounts.make", "add 'remove', or 'password'"),
    (
        "[capabilities]\nbackup_code = false\nbackup_replacement = false\n[backup_codes]\npattern = 'x'",
        11,
        "backup_codes",
        "capabilities.backup_code is false",
    ),
    ("[capabilities]\nmanual_key = false\n[manual_key]\npattern = 'x'", 10, "manual_key", "manual_key is false"),
    (
        "[capabilities]\ntime_based_tokens = false\nmanual_key = false\n[codes]\nspaces = true",
        11,
        "codes",
        "capabilities.time_based_tokens is false",
    ),
    (
        "[capabilities]\ntime_based_tokens = false\nmanual_key = false\n[wrong_code]\nseconds = 2\n"
        "[wrong_code.time_based]\nset_up = 'ends'",
        13,
        "wrong_code.time_based",
        "remove it, or set capabilities.time_based_tokens = true",
    ),
    (
        "[capabilities]\nemail_codes = false\nresend = false\n[wrong_code]\nemail = { set_up = 'ends' }",
        12,
        "wrong_code.email",
        "capabilities.email_codes is false",
    ),
]


@pytest.mark.parametrize(("text", "line", "key", "words"), NOTES)
def test_a_note_is_told_with_its_line_and_leaves_the_profile_usable(
    tmp_path: Path, text: str, line: int, key: str, words: str
) -> None:
    result = checked(tmp_path, HEAD + MAIL + text)
    assert result.errors == ()
    assert [found[2] for found in told(result.notes)] == [key]
    if key != "capabilities.backup_replacement":  # inherited: the line is that of the base
        assert told(result.notes) == [("own.toml", line, key)]
    assert words in str(result.notes[0].complaint)


@pytest.mark.parametrize("more", ["remove", "password"])
def test_accounts_that_can_be_cleared_away_after_a_killed_run_need_no_note(tmp_path: Path, more: str) -> None:
    accounts = f"[accounts]\nkind = 'command'\nmake = ['make']\n{more} = ['it', '{{username}}']"
    result = checked(tmp_path, HEAD + MAIL + accounts)
    assert (result.errors, result.notes) == ((), ())


def test_without_a_mailbox_it_is_said_that_mailed_codes_stay_untested(tmp_path: Path) -> None:
    result = checked(tmp_path, HEAD)
    assert result.errors == ()
    assert [(f.file.name, f.complaint.key) for f in result.notes] == [("documented.toml", "mailbox.kind")]


def test_of_a_note_on_the_base_it_is_said_how_to_answer_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").write_text(HEAD, "utf-8")
    assert _status(["profile", "check", "own.toml"]) == 0
    said = capsys.readouterr().out
    assert "this is in the profile that own.toml extends; give the same key in own.toml instead" in said
    (tmp_path / "own.toml").write_text(HEAD + '[mailbox]\nkind = "none"\n', "utf-8")
    assert _status(["profile", "check", "own.toml"]) == 0
    said = capsys.readouterr().out
    assert "mailbox.kind" in said
    assert "extends; give" not in said


def test_a_profile_can_be_printed_to_start_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["profile", "show", "documented"]) == 0
    assert capsys.readouterr().out == (ROOT / "fixtures" / "profiles" / "documented.toml").read_text("utf-8")


def test_an_inherited_mistake_is_told_in_the_file_that_makes_it(tmp_path: Path) -> None:
    checked(tmp_path, HEAD + MAIL + "[paths]\nfinish = ['dne']", "base.toml")
    result = checked(tmp_path, 'extends = "base.toml"\nname = "other"\n')
    assert told(result.errors) == [("base.toml", 9, "paths.finish[0]")]


@pytest.mark.parametrize(
    ("mailbox", "wrong"),
    [
        ('kind = "http"\napi = "mailpit"\nurl = "https://mail.example"\nusername = "a"\npassword = "secret"', True),
        ('kind = "http"\napi = "mailpit"\nurl = "https://mail.example"\nusername = "a"\npassword = "$P"', False),
        ('kind = "http"\napi = "mailpit"\nurl = "http://127.0.0.1:8025"\nusername = "a"\npassword = "secret"', False),
        ('kind = "http"\napi = "mailpit"\nurl = "$MAIL_URL"\nusername = "a"\npassword = "$P"', False),
        ('kind = "imap"\nhost = "mail.example"\nusername = "a"\npassword = "secret"', True),
    ],
)
def test_a_password_of_another_machine_may_not_stand_in_the_file(tmp_path: Path, mailbox: str, wrong: bool) -> None:
    result = checked(tmp_path, f"{HEAD}[mailbox]\n{mailbox}\n")
    assert [finding.complaint.key for finding in result.errors] == (["mailbox.password"] if wrong else [])


SECRET = '[accounts]\nkind = "pool"\npool = [{ username = "ana", password = "hunter2 again" }]\n'
PLACES = [
    ('url = "https://portal.example"', True),
    ('url = "http://127.0.0.2:80"', False),
    ("start.command = ['x']", False),
]


@pytest.mark.parametrize(("place", "wrong"), PLACES)
def test_what_is_refused_as_a_password_in_the_file_is_refused_by_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, wrong: bool
) -> None:
    result = checked(tmp_path, HEAD.replace('url = "https://portal.example"', place) + SECRET)
    assert told(result.errors) == ([("own.toml", 7, "accounts.pool[0].password")] if wrong else [])
    file = str(tmp_path / "own.toml")
    if not wrong:
        assert load_target(file, ROOT, {}).profile.accounts.pool[0].password == "hunter2 again"
        return
    for command in (["plan", "--target"], ["run", "--out", str(tmp_path / "report"), "--target"], ["doctor"]):
        assert _status([*command, file]) == 2
        said = capsys.readouterr().err
        assert said.count("accounts.pool[0].password: is a password in a file that others may read") == 1
        assert '"$PORTAL2FA_PASSWORD"' in said
        assert "hunter2" not in said
    assert not (tmp_path / "report").exists()


def test_the_password_of_a_mailbox_elsewhere_is_refused_where_the_profile_is_loaded(tmp_path: Path) -> None:
    mailbox = '[mailbox]\nkind = "imap"\nhost = "mail.example"\nusername = "a"\npassword = "hunter2"\n'
    checked(tmp_path, HEAD + mailbox)
    with pytest.raises(ProfileError, match=r"mailbox\.password: is a password in a file") as refused:
        load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = \n", 2, "is not a TOML file"),
        ('extends = "nowhere"\n', 1, "there is no profile 'nowhere'"),
        ('extends = "own.toml"\n', 1, "goes in a circle"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding_too(tmp_path: Path, text: str, line: int, words: str) -> None:
    [finding] = checked(tmp_path, text).errors
    assert (finding.file.name, finding.line) == ("own.toml", line)
    assert words in finding.complaint.what
    assert finding.complaint.remedy
    assert finding.complaint.key == ("extends" if "extends" in text else "file")


def test_a_circle_is_told_whatever_way_the_base_is_written(tmp_path: Path) -> None:
    [finding] = checked(tmp_path, f'name = "own"\nextends = "../{tmp_path.name}/own.toml"\n').errors
    assert (finding.line, finding.complaint.key) == (2, "extends")
    assert "goes in a circle" in finding.complaint.what


@pytest.mark.parametrize(
    ("base", "line", "words"),
    [
        ('a = 1\nb = 2\nc = "', 3, "is not a TOML file"),
        ('name = "base"\nextends = "nowhere"\n', 2, "there is no profile 'nowhere'"),
    ],
)
def test_what_keeps_a_base_from_being_read_is_told_in_the_base(
    tmp_path: Path, base: str, line: int, words: str
) -> None:
    (tmp_path / "base.toml").write_text(base, "utf-8")
    [finding] = checked(tmp_path, 'extends = "base.toml"\n').errors
    assert (finding.file.name, finding.line) == ("base.toml", line)
    assert words in finding.complaint.what


def test_a_file_that_is_no_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b'name = "own"\ntitle = "Gr\xfc\xdfe"\n')
    [finding] = check(tmp_path / "own.toml", ROOT).errors
    assert finding.line == 2
    assert "save it as UTF-8" in finding.complaint.remedy


NO_WAY_BACK = "[capabilities]\nturn_off = false\nturn_off_password = false\n"


@pytest.mark.parametrize(
    ("accounts", "wrong"),
    [
        ("", True),
        ("[accounts]\nkind = 'command'\nmake = ['make']\npassword = ['tell', '{username}']\n", True),
        ("[accounts]\nkind = 'command'\nmake = ['make']\nremove = ['remove', '{username}']\n", False),
    ],
)
def test_accounts_that_outlive_the_run_have_to_have_a_way_to_turn_it_off(
    tmp_path: Path, accounts: str, wrong: bool
) -> None:
    text = HEAD + MAIL + NO_WAY_BACK + accounts + "[paths]\nturn_off = []\n"
    found = [finding.complaint for finding in checked(tmp_path, text).errors]
    assert [complaint.key for complaint in found] == (["paths.turn_off"] if wrong else [])
    assert not wrong or "nobody could turn the second factor off again" in found[0].what


def test_a_way_of_each_method_by_itself_is_one_too(tmp_path: Path) -> None:
    ways = "".join(f"turn_off_{method} = ['disable']\n" for method in ("time_based", "email"))
    assert checked(tmp_path, HEAD + MAIL + NO_WAY_BACK + f"[paths]\nturn_off = []\n{ways}").errors == ()
    one = ways.splitlines()[0]
    [finding] = checked(tmp_path, HEAD + MAIL + NO_WAY_BACK + f"[paths]\nturn_off = []\n{one}\n").errors
    assert finding.complaint.key == "paths.turn_off"


@pytest.mark.parametrize(
    ("address", "wrong"), [('url = "https://portal.example"', True), ('url = "http://127.0.0.2:80"', False)]
)
def test_a_password_that_is_typed_as_it_stands_there_is_refused(tmp_path: Path, address: str, wrong: bool) -> None:
    head = HEAD.replace('url = "https://portal.example"', address)
    typed = "[paths]\nprepare = [{ fill = 'confirm_password', with = 'hunter2' }]\n"
    found = checked(tmp_path, head + MAIL + typed).errors
    assert told(found) == ([("own.toml", 9, "paths.prepare[0]")] if wrong else [])
    assert "hunter2" not in "".join(str(finding.complaint) for finding in found)


@pytest.mark.parametrize("address", ["http://[", "https://[::1", "https://:80"])
def test_an_address_that_is_none_is_told_and_not_tripped_over(tmp_path: Path, address: str) -> None:
    result = checked(tmp_path, HEAD.replace("https://portal.example", address) + MAIL)
    assert told(result.errors) == [("own.toml", 4, "url")]
    with pytest.raises(ProfileError, match="is no address"):
        load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT)


@pytest.mark.parametrize("name", sorted(shipped(ROOT)))
def test_a_shipped_profile_has_no_errors(name: str) -> None:
    assert check(shipped(ROOT)[name], ROOT).errors == ()


def test_a_profile_of_ones_own_without_an_address_has_an_error(tmp_path: Path) -> None:
    result = checked(tmp_path, HEAD.replace('url = "https://portal.example"\n', "") + MAIL)
    assert [finding.complaint.key for finding in result.errors] == ["url"]


# --- the command


def test_errors_and_notes_are_listed_apart_and_end_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    checked(tmp_path, HEAD + MAIL + "[controls]\nenable = { css = '#on' }\nspare = { label = 'x' }\n")
    assert _status(["profile", "check", "own.toml"]) == 2
    assert capsys.readouterr().out == (
        "own.toml: 1 error, 1 note\n"
        "  errors\n"
        "    own.toml:10: controls.spare: is never used\n"
        "        use it in a path, or remove it\n"
        "  notes\n"
        "    own.toml:9: controls.enable: is found by CSS only, which no person sees and a rebuilt page changes\n"
        "        use a role and name, a label or a text where there is one\n"
        "  needs in the environment: OWN_MAIL, PORTAL2FA_NAME, PORTAL2FA_PASSWORD, PORTAL2FA_USERNAME\n"
    )


def test_notes_fail_only_where_they_are_to_count(tmp_path: Path) -> None:
    checked(tmp_path, HEAD + MAIL + "[controls]\nenable = { css = '#on' }\n")
    assert _status(["profile", "check", str(tmp_path / "own.toml")]) == 0
    assert _status(["profile", "check", "--strict", str(tmp_path / "own.toml")]) == 2


def test_every_profile_that_is_named_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(tmp_path, "name =")
    assert _status(["profile", "check", str(tmp_path / "own.toml"), "reference"]) == 2
    heads = re.findall(r"^\S.*$", capsys.readouterr().out, re.MULTILINE)
    assert [head.rpartition(": ")[2] for head in heads] == ["1 error, 0 notes", "0 errors, 0 notes"]


def test_a_profile_that_is_not_there_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _status(["profile", "check", "referense"]) == 2
    assert "did you mean 'reference'?" in capsys.readouterr().err
