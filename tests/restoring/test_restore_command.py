"""`portal2fa restore` without a portal: what it lists, what it says while it goes on, and what it leaves behind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal2fa import restoring
from portal2fa.cli import cli
from portal2fa.errors import UsageError
from portal2fa.forgetting import chosen, forget, id_of
from portal2fa.journal import Entry, Journal
from portal2fa.leases import Leases
from portal2fa.restoring import PutBack, Restored, Tell
from portal2fa.session import Session

OWN = """
extends = "documented"
name = "own"
url = "{url}"

[accounts]
kind = "pool"
pool = [{{ username = "ana", password = "$OWN_PASSWORD", name = "Ana Own" }}]

[mailbox]
kind = "none"
"""
MADE = """
extends = "documented"
name = "own"
url = "{url}"

[accounts]
kind = "command"
make = ["false"]
{more}

[mailbox]
kind = "none"
"""
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers there


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The profile of a tester, with the password and a state folder in the environment."""
    monkeypatch.setenv("OWN_PASSWORD", "the password")
    monkeypatch.setenv("PORTAL2FA_STATE", str(tmp_path / "state"))
    path = tmp_path / "own.toml"
    path.write_text(OWN.format(url=NOBODY))
    return path


def left_on(profile: Path, username: str = "ana", url: str = NOBODY) -> Entry:
    """What a run leaves in the journal when it is killed."""
    entry = Entry("own", str(profile), url, username, methods=("time_based",), when="2026-04-29T10:00:00")
    Journal().write(entry)
    return entry


def made(profile: Path, *methods: str) -> Entry:
    """What a run leaves of an account that it had made, when it is killed."""
    entry = dataclasses.replace(left_on(profile), methods=methods, made=True)
    Journal().write(entry)
    return entry


def left() -> list[tuple[str, str]]:
    """What the journal still has, as address and username."""
    return sorted((entry.url, entry.username) for entry in Journal().entries()[0])


def restore(*arguments: str, answer: str | None = None) -> Result:
    """Call the command in this process; its return value is the exit code."""
    return CliRunner().invoke(cli, ["restore", *arguments], standalone_mode=False, input=answer)


def test_without_an_entry_there_is_nothing_to_do(profile: Path) -> None:
    ended = restore()
    assert (ended.return_value, ended.stdout) == (0, "No account has to be put back.\n")


def test_the_list_names_target_id_account_address_method_and_time(profile: Path) -> None:
    entry = left_on(profile)
    ended = restore("--list")
    assert ended.return_value == 0
    told = f"  {id_of(entry)}  ana at {NOBODY}: time-based, begun 2026-04-29T10:00:00\n"
    assert ended.stdout == f"{profile}\n{told}"


@pytest.mark.parametrize(
    ("methods", "told"), [((), "nothing switched on"), (("time_based", "email"), "time-based, email")]
)
def test_the_list_tells_which_accounts_were_made_for_a_run(profile: Path, methods: tuple[str, ...], told: str) -> None:
    entry = made(profile, *methods)
    assert restore("--list").stdout == (
        f"{profile}\n  {id_of(entry)}  ana at {NOBODY}: made for the run, {told}, begun 2026-04-29T10:00:00\n"
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "it was made for the run, and its password is not in the journal; let 'remove' in [accounts]"),
        ('remove = ["true", "{username}"]', f"The portal does not answer at {NOBODY}."),
        ('password = ["true", "{username}"]', f"The portal does not answer at {NOBODY}."),
    ],
)
def test_an_account_that_was_made_needs_a_command_that_removes_it_or_tells_its_password(
    profile: Path, more: str, said: str
) -> None:
    made(profile, "time_based")
    profile.write_text(MADE.format(url=NOBODY, more=more))
    ended = restore()
    assert ended.return_value == 4
    assert said in ended.stdout
    assert left() == [(NOBODY, "ana")]


def test_an_account_that_was_made_can_be_put_back_as_one_of_a_pool(profile: Path) -> None:
    made(profile, "time_based")
    assert f"The portal does not answer at {NOBODY}." in restore().stdout


def test_an_account_with_nothing_switched_on_is_forgotten_and_said_to_stay(profile: Path) -> None:
    made(profile)
    ended = restore("--forget", "ana", "--yes")
    assert ended.return_value == 0
    assert "  it was made for the run, and nothing was switched on. It is not removed.\n" in ended.stdout
    assert left() == []


def test_an_entry_of_another_target_is_left_alone(profile: Path) -> None:
    left_on(profile)
    ended = restore("--target", "reference")
    assert ended.return_value == 0
    assert ended.stdout == (
        "No account of this target has to be put back.\n"
        "Of other targets, or under another address: ana; see them with --list.\n"
    )


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("password", "the environment variable OWN_PASSWORD is not set"),
        ("account", "the profile does not list this account any more"),
        ("file", "There is no profile at"),
        ("portal", f"The portal does not answer at {NOBODY}."),
        ("run", "another run is using ana"),
    ],
)
def test_what_keeps_an_account_from_being_put_back_is_told_and_the_entry_stays(
    profile: Path, monkeypatch: pytest.MonkeyPatch, spoil: str, said: str
) -> None:
    left_on(profile)
    other = Leases()
    deeds: dict[str, Callable[[], object]] = {
        "password": lambda: monkeypatch.delenv("OWN_PASSWORD"),
        "account": lambda: profile.write_text(OWN.format(url=NOBODY).replace('"ana"', '"anna"')),
        "file": profile.unlink,
        "portal": lambda: None,
        "run": lambda: other.take(NOBODY, "ana"),
    }
    deeds[spoil]()
    ended = restore()
    other.close()
    assert ended.return_value == 4
    assert said in ended.stdout
    assert "1 account is not as before" in ended.stdout
    assert [entry.username for entry in Journal().entries()[0]] == ["ana"]


def putting_back(*found: Restored) -> Callable[[Path], PutBack]:
    """In the place of the suite: tells of two deeds for each account, and comes to what is given."""

    def put_back(session: Session, tell: Tell) -> Iterator[Restored]:
        for one in found:
            tell(one.username, "signing in with the password")
            tell(one.username, "turning time-based tokens off")
            yield one

    return lambda root: put_back


def test_what_is_being_done_is_told_account_by_account_beside_what_came_of_it(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_on(profile)
    monkeypatch.setattr(restoring, "load_suite", putting_back(Restored("ana")))
    ended = restore("--out", str(profile.parent))
    assert ended.return_value == 0
    assert ended.stdout == f"{profile}: 1 to put back\n  ana: put back as it was\n"
    assert ended.stderr.splitlines() == [
        "  starting the browser",
        "  ana: signing in with the password",
        "  ana: turning time-based tokens off",
    ]


@pytest.mark.parametrize("picture", [b"PNG", b""])
def test_of_an_account_that_stays_on_picture_and_reason_are_left_until_it_is_put_back(
    profile: Path, monkeypatch: pytest.MonkeyPatch, picture: bytes
) -> None:
    entry, folder = left_on(profile), profile.parent / "out" / "restore"
    stays = Restored("ana", "It is still asked for.\n  hint: wait", picture=picture, done=("signing in", "  press it"))
    monkeypatch.setattr(restoring, "load_suite", putting_back(stays))
    ended = restore("--out", str(profile.parent / "out"))
    assert ended.return_value == 4
    reason, shown = folder / f"{id_of(entry)}.txt", folder / f"{id_of(entry)}.png"
    assert (str(shown) if picture else str(reason)) in ended.stdout
    said = reason.read_text("utf-8")
    assert said.startswith(f"ana at {NOBODY} could not be put back (20")
    assert "It is still asked for.\n  hint: wait\n" in said
    assert said.endswith("What was done, in order:\nsigning in\n  press it\n")
    assert [shown.read_bytes()] == [picture] if picture else not shown.exists()
    monkeypatch.setattr(restoring, "load_suite", putting_back(Restored("ana")))
    assert restore("--out", str(profile.parent / "out")).return_value == 0
    assert list(folder.iterdir()) == []


def test_that_no_picture_can_be_kept_is_told_and_keeps_no_account_from_being_put_back(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_on(profile)
    left_on(profile, "ben")
    stays = Restored("ana", "It is still asked for.", picture=b"PNG")
    monkeypatch.setattr(restoring, "load_suite", putting_back(stays, Restored("ben")))
    monkeypatch.setattr(restoring, "missing", lambda group, target: {})
    (profile.parent / "out").write_text("no folder", "utf-8")
    ended = restore("--out", str(profile.parent / "out"))
    assert ended.return_value == 4
    assert "no picture and no reason could be kept" in ended.stdout
    assert "  ben: put back as it was\n" in ended.stdout


def test_an_entry_that_cannot_be_read_is_told_of_and_keeps_the_exit_code(profile: Path) -> None:
    left_on(profile)
    Journal().path("own", NOBODY, "ana").write_bytes(b"broken")
    ended = restore()
    assert ended.return_value == 4
    assert "cannot be read; it is left as it is" in ended.stderr


def test_a_forgotten_account_is_gone_with_no_word_to_its_portal_and_the_others_stay(profile: Path) -> None:
    left_on(profile)
    left_on(profile, "ben")
    profile.unlink()
    ended = restore("--forget", "ana", "--yes")
    assert ended.return_value == 0
    assert ended.stdout.endswith("\nana: forgotten\n")
    assert left() == [(NOBODY, "ben")]


@pytest.mark.parametrize(("phase", "said"), [("started", "may be on"), ("confirmed", "is likely on")])
def test_what_is_given_up_is_told_first_but_no_secret(profile: Path, phase: str, said: str) -> None:
    uri, codes = "otpauth://totp/Own?secret=JBSWY3DPEHPK3PXP", ("abcd-efgh", "ijkl-mnop")
    entry = dataclasses.replace(left_on(profile), phase=phase, key_uris=(uri,), backup_codes=codes)
    Journal().write(entry)
    ended = restore("--forget", id_of(entry), "--yes")
    assert ended.stdout == (
        f"ana at {NOBODY} ({id_of(entry)}):\n"
        f"  its second factor {said}{': a code of its set-up was accepted' * (phase == 'confirmed')}."
        " It is not switched off.\n"
        "  deleted for good: all that is known of it (1 secret, 2 backup codes);"
        " portal2fa cannot put the account back any more.\n"
        "ana: forgotten\n"
    )


@pytest.mark.parametrize(("answer", "code", "stay"), [("y\n", 0, 0), ("n\n", 4, 1), ("\n", 4, 1)])
def test_nothing_is_forgotten_without_a_yes(
    profile: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, stay: int
) -> None:
    left_on(profile)
    monkeypatch.setattr("portal2fa.cli.restore.need_somebody", lambda instead: None)
    ended = restore("--forget", "ana", answer=answer)
    assert (ended.return_value, len(left())) == (code, stay)
    assert ("Nothing was forgotten." in ended.stdout) == bool(stay)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--forget", "ana"], "Nobody can be asked: the input is no terminal.\n  hint:  give --yes"),
        (["--forget", "anna", "--yes"], "The journal has no account 'anna'.\n  cause: it has ana ("),
        (["--forget", "anna", "--yes"], "did you mean 'ana'?"),
        (["--forget", "ana", "--forget", "cleo", "--yes"], "The journal has no account 'cleo'."),
        (["--forget", "ben", "--yes"], "The journal has 2 accounts called 'ben'."),
        (["--forget", "ana", "--target", "reference", "--yes"], "it has none, or none of this target"),
        (["--forget", "ana", "--list"], "--list and --forget exclude each other."),
        (["--yes"], "--yes belongs to --forget."),
    ],
)
def test_a_name_that_is_not_clear_forgets_nothing_at_all(profile: Path, arguments: list[str], said: str) -> None:
    entries = [left_on(profile), left_on(profile, "ben"), left_on(profile, "ben", "http://127.0.0.1:19")]
    ended = restore(*arguments)
    assert isinstance(ended.exception, UsageError)
    assert said in str(ended.exception)
    assert len(left()) == len(entries)


def test_of_two_accounts_with_one_name_the_id_tells_which_is_meant(profile: Path) -> None:
    here, there = left_on(profile), left_on(profile, url="http://127.0.0.1:19")
    with pytest.raises(UsageError, match="2 accounts called 'ana'") as refused:
        chosen(["ana"], [here, there])
    assert f"{id_of(there)} at http://127.0.0.1:19" in refused.value.cause
    assert restore("--forget", id_of(there), "--yes").return_value == 0
    assert left() == [(NOBODY, "ana")]


def test_an_account_that_a_run_is_using_is_not_forgotten(profile: Path) -> None:
    left_on(profile)
    other = Leases()
    assert other.take(NOBODY, "ana")
    ended = restore("--forget", "ana", "--yes")
    other.close()
    assert ended.return_value == 4
    assert ended.stdout.endswith("ana: NOT forgotten, a run is using it\n")
    assert left() == [(NOBODY, "ana")]


def test_what_a_run_has_added_since_it_was_told_of_is_not_forgotten(profile: Path) -> None:
    told = left_on(profile)
    Journal().write(dataclasses.replace(told, key_uris=("otpauth://totp/Own?secret=JBSWY3DPEHPK3PXP",)))
    ((entry, why),) = forget(Journal(), [told])
    assert (entry, why) == (told, "a run has used it in the meantime; look at it again")
    assert left() == [(NOBODY, "ana")]


def test_what_was_put_back_since_it_was_told_of_needs_no_forgetting(profile: Path) -> None:
    told = left_on(profile)
    Journal().remove(told)
    assert list(forget(Journal(), [told])) == [(told, "")]
