"""`portal2fa profile new` before it touches a portal: what it refuses, and that secrets stay off the command line."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from portal2fa.cli import cli, profile_new
from portal2fa.drafting.draft import Certainty, Draft, Found, LeftOn
from portal2fa.errors import NotRestored, UsageError
from portal2fa.profile_mailbox import Mailbox

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers there
ACCOUNT = ("--username", "ana", "--name", "Ana Example", "--yes")


def new(folder: Path, *arguments: str) -> object:
    """Call the command in this process, with a file in `folder` to write."""
    return invoke(*arguments, *ACCOUNT, "--out", str(folder / "new.toml"))


def invoke(*arguments: str, password: str = "the password") -> object:
    """Call the command in this process."""
    line, environment = ["profile", "new", *arguments], {"PORTAL2FA_PASSWORD": password}
    return CliRunner().invoke(cli, line, standalone_mode=False, catch_exceptions=False, env=environment).return_value


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["portal.example"], "is no address"),
        (["http://[portal"], "is no address"),
        (["http://portal:80800"], "is no address"),
        (["http://portal:port"], "is no address"),
        (["https://ana:hunter2@portal.example"], "No user name and no password belongs in the address"),
        (["ana:hunter2@portal.example"], "No user name and no password belongs in the address"),
        ([NOBODY, "--settings", "https://ana:hunter2@portal.example/2fa"], "--settings: no user name and no password"),
        ([NOBODY, "--origin", "https://ana:hunter2@cdn.example"], "--origin: no user name and no password"),
        (
            [NOBODY, "--mailbox", "kind=http", "--mailbox", "url=http://ana:hunter2@m"],
            "no password belongs in an address",
        ),
        ([NOBODY, "--mailbox", "kind"], "there is no '='"),
        ([NOBODY, "--mailbox", "password=hunter2"], "does not belong on the command line"),
        ([NOBODY, "--mailbox", "kind=pigeon"], '--mailbox kind: cannot be "pigeon"'),
        ([NOBODY, "--profile-name", "Portal!"], '--profile-name: cannot be "Portal!"'),
        ([NOBODY, "--language", "English"], '--language: cannot be "English"'),
        ([NOBODY, "--origin", "no host"], "--origin: 'no host' is no host"),
        ([NOBODY, "--report", "/nowhere/page.html"], "There is no folder /nowhere"),
    ],
)
def test_a_wrong_command_line_is_told_and_nothing_written(tmp_path: Path, arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        new(tmp_path, *arguments)
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert list(tmp_path.glob("new.*")) == []


@pytest.mark.parametrize(
    ("given", "password", "option"),
    [
        (["--name", "Ana", "--yes"], "the password", "--username"),
        (["--username", "ana", "--yes"], "the password", "--name"),
        (["--username", "ana", "--name", "Ana", "--yes"], "", "PORTAL2FA_PASSWORD"),
        (["--username", "ana", "--name", "Ana"], "the password", "--yes"),
    ],
)
def test_where_nobody_can_be_asked_the_option_is_named(
    tmp_path: Path, given: list[str], password: str, option: str
) -> None:
    with pytest.raises(UsageError, match=f"give .*{option}"):
        invoke(NOBODY, *given, "--out", str(tmp_path / "new.toml"), password=password)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [["--out", "new.html"], ["--report", "new.toml"], ["--report", "./new.toml"]])
def test_the_page_is_never_written_over_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(given[1]).write_text("mine", "utf-8")
    out = given if "--out" in given else ["--out", "new.toml", *given]
    with pytest.raises(UsageError, match="over the profile"):
        invoke(NOBODY, *ACCOUNT, "--force", *out)
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [(Path(given[1]).name, "mine")]


def test_what_cannot_be_written_is_told_before_the_walk(tmp_path: Path) -> None:
    (tmp_path / "new.html").mkdir()
    with pytest.raises(UsageError, match="page cannot be written"):
        new(tmp_path, NOBODY, "--force")
    with pytest.raises(UsageError, match="profile cannot be written"):  # no temporary neighbour has room for its name
        invoke(NOBODY, *ACCOUNT, "--out", str(tmp_path / ("n" * 250 + ".toml")))
    assert [file.name for file in tmp_path.iterdir()] == ["new.html"]


def test_the_password_of_a_mailbox_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    said = ["kind=imap", "host=127.0.0.1", "username=ana", "password=$MAIL_PASSWORD", "security=none"]
    with pytest.raises(UsageError, match="--mailbox: 'port' is missing") as refused:
        new(tmp_path, NOBODY, *(word for pair in said for word in ("--mailbox", pair)))
    assert "hunter2" not in str(refused.value)


def test_no_error_of_a_profile_quotes_what_was_given() -> None:
    with pytest.raises(ValidationError) as refused:
        Mailbox.model_validate({"kind": "imap", "password": "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_what_was_drafted_before_the_account_was_left_on_is_kept_beside_the_file_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft()
    draft.put(Found("controls", "enable", {"text": "Enable"}, Certainty.SURE))

    def walk(*_: object, **__: object) -> Draft:
        raise LeftOn(NotRestored("It may be on.", cause="it does not go off"), draft)

    monkeypatch.setattr(profile_new, "_walk", walk)
    for name in ("new.partial", "new.partial-2"):
        with pytest.raises(NotRestored) as told:
            new(tmp_path, NOBODY)
        file, page = tmp_path / f"{name}.toml", tmp_path / f"{name}.html"
        assert tomllib.loads(file.read_text("utf-8"))["controls"] == {"enable": {"text": "Enable"}}
        assert 'id="controls.enable"' in page.read_text("utf-8")
        assert str(file) in told.value.hint
        assert str(page) in told.value.hint
        assert told.value.cause == "it does not go off"
    assert not (tmp_path / "new.toml").exists()


def test_the_whole_draft_replaces_what_earlier_ones_left_unless_somebody_changed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Draft()
    draft.put(Found("notices", "on", {"text": 'It\'s "on" & well'}, Certainty.SURE))

    def left_on(*_: object, **__: object) -> Draft:
        raise LeftOn(NotRestored("It may be on."), draft)

    monkeypatch.setattr(profile_new, "_walk", left_on)
    for _ in range(2):
        with pytest.raises(NotRestored):
            new(tmp_path, NOBODY)
    changed = tmp_path / "new.partial-2.toml"
    changed.write_text(changed.read_text("utf-8") + "# mended by hand\n", "utf-8")
    monkeypatch.setattr(profile_new, "_walk", lambda *_, **__: draft)
    new(tmp_path, NOBODY)
    left = sorted(file.name for file in tmp_path.iterdir())
    assert left == ["new.html", "new.partial-2.html", "new.partial-2.toml", "new.toml"]


def test_without_a_name_two_ports_of_one_host_are_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(profile_new, "_walk", lambda *_, **__: Draft())
    for port in (8000, 8001):
        invoke(f"http://127.0.0.1:{port}", *ACCOUNT)
    written = {file.name: tomllib.loads(file.read_text("utf-8"))["url"] for file in tmp_path.glob("*.toml")}
    assert written == {f"portal-127-0-0-1-{port}.toml": f"http://127.0.0.1:{port}" for port in (8000, 8001)}


@pytest.mark.parametrize(
    ("there", "told"),
    [('url = "http://127.0.0.1:8000"', True), (f'url = "{NOBODY}"', False), ("url", False), ("name = 'x'", False)],
)
def test_that_the_draft_of_another_portal_is_written_over_is_said_before_the_walk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str, told: bool
) -> None:
    def walk(*_: object, **__: object) -> Draft:
        raise LeftOn(NotRestored("It may be on."), Draft())

    monkeypatch.setattr(profile_new, "_walk", walk)
    (tmp_path / "new.toml").write_text(there, "utf-8")
    line = ["profile", "new", NOBODY, *ACCOUNT, "--out", str(tmp_path / "new.toml"), "--force"]
    ended = CliRunner().invoke(cli, line, standalone_mode=False, env={"PORTAL2FA_PASSWORD": "the password"})
    assert isinstance(ended.exception, NotRestored)
    assert ("describes http://127.0.0.1:8000, and will be written over" in ended.stderr) == told


def test_that_the_partial_profile_cannot_be_written_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(*_: object, **__: object) -> Draft:
        raise LeftOn(NotRestored("It may be on."), Draft())

    monkeypatch.setattr(profile_new, "_walk", walk)
    no_room = tmp_path / ("n" * 250 + ".toml")  # for its temporary neighbour
    monkeypatch.setattr(profile_new, "_partial", lambda *_: iter([(no_room, tmp_path / "new.partial.html")]))
    with pytest.raises(NotRestored, match="It may be on") as told:
        new(tmp_path, NOBODY)
    assert "the same command again" in told.value.hint
    assert "cannot be written" in told.value.hint


def test_without_a_screen_nobody_can_be_asked_in_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(UsageError, match="there is no screen"):
        new(tmp_path, NOBODY, "--guide")
