"""Profiles: what is wrong is told by file, entry and remedy; what is right is found, merged and filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal2fa.errors import ProfileError, UsageError
from portal2fa.outcomes import ExitCode
from portal2fa.profile import Locator
from portal2fa.profile_files import find_root, load_target, shipped

ROOT = find_root()
Table = dict[str, Any]
Write = Callable[..., Path]
GONE = object()


def changed(table: Table, key: str, value: object) -> Table:
    """`table` with one entry set to `value`, or taken away."""
    *way, last = key.split(".")
    inner = table
    for name in way:
        inner = inner.setdefault(name, {})
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return table


def refusal(path: Path) -> str:
    with pytest.raises(ProfileError) as refused:
        load_target(str(path), ROOT, {})
    assert refused.value.exit_code == ExitCode.USAGE
    return str(refused.value)


def test_the_documented_profile_is_right_once_it_has_an_address_and_an_account(documented: Table, write: Write) -> None:
    assert load_target(str(write(documented)), ROOT, {}).profile.name == "documented"


# Each row breaks one entry of a profile that is right: where the complaint has to point, and what it has to say.
BREAKAGES: list[tuple[str, object, str, str]] = [
    # kinds of values
    ("profile_version", GONE, "profile_version", "add this entry"),
    ("profile_version", 2, "profile_version", "Input should be 1"),
    ("name", "Not A Slug", "name", "pattern"),
    ("title", GONE, "title", "add this entry"),
    ("title", 7, "title", "valid string"),
    ("colour", "red", "colour", "remove it, or mend its spelling"),
    # where the portal is
    ("url", "portal.example", "url", "https://"),
    ("url", "ftp://portal.example", "url", "https://"),
    ("url", GONE, "url", "exactly one of 'url' and '[start]'"),
    ("start", {"command": ["x"]}, "url", "keep one of the two"),
    ("start", {"command": []}, "start.command", "at least 1"),
    ("start", {"command": "x"}, "start.command", "valid tuple"),
    ("start", {"command": ["x"], "seconds": 0}, "start.seconds", "greater than or equal to 1"),
    # accounts and means
    ("accounts", GONE, "accounts.kind", "add this entry"),
    ("accounts.kind", "bought", "accounts.kind", "'control', 'started' or 'pool'"),
    ("accounts.pool", [], "accounts", "at least one account"),
    ("accounts.pool", [{"username": "ana"}], "accounts.pool[0].password", "add this entry"),
    ("accounts.pool", [{"username": "a", "password": "b", "age": 1}], "accounts.pool[0].age", "mend its spelling"),
    ("mailbox.kind", "imap", "mailbox.kind", "'sink', 'maildir' or 'none'"),
    ("mailbox.kind", "maildir", "mailbox", "'path' goes with kind"),
    ("mailbox.path", "/mail", "mailbox", "'path' goes with kind"),
    ("mailbox.seconds", 0, "mailbox.seconds", "greater than or equal to 1"),
    ("mailbox.code_pattern", "(", "mailbox.code_pattern", "not a regular expression"),
    ("mailbox.code_pattern", r"\d{6}", "mailbox.code_pattern", "exactly one group"),
    ("mailbox.code_pattern", r"(\d)(\d)", "mailbox.code_pattern", "exactly one group"),
    ("clock.kind", "sundial", "clock.kind", "'control' or 'none'"),
    ("timing.answer", 0, "timing.answer", "greater than 0"),
    ("timing.answer", "soon", "timing.answer", "valid number"),
    ("timing.after_wrong_code", -1, "timing.after_wrong_code", "greater than or equal to 0"),
    ("timing.period", 1, "timing.period", "greater than or equal to 15"),
    ("backup_codes.pattern", "[", "backup_codes.pattern", "not a regular expression"),
    ("backup_codes.pattern", "[A-Z]*", "backup_codes.pattern", "matches nothing at all"),
    # capabilities
    ("capabilities", GONE, "capabilities", "add this entry"),
    ("capabilities.cancel", GONE, "capabilities.cancel", "add this entry"),
    ("capabilities.cancel", "perhaps", "capabilities.cancel", "valid boolean"),
    ("capabilities.telepathy", True, "capabilities.telepathy", "mend its spelling"),
    # places
    ("places.sign_in", GONE, "places.sign_in", "add 'sign_in' to [places]"),
    ("places.sing_in", "/x", "places.sing_in", "did you mean 'sign_in'?"),
    ("places.front", 3, "places.front", "valid string"),
    ("places.front", "", "places.front", "names no address"),
    ("places.protected", [], "places.protected", "names no address"),
    # controls
    ("controls.name", GONE, "controls.name", "every portal needs it"),
    ("controls.qr_code", GONE, "controls.qr_code", "capabilities.time_based_tokens is declared"),
    ("controls.google_play", GONE, "controls.google_play", "set capabilities.store_links = false"),
    ("controls.spare", {"css": "#spare"}, "controls.spare", "is never used"),
    ("controls.Two-Factor", {"css": "#x"}, "controls.Two-Factor", "pattern"),
    ("controls.enable", {}, "controls.enable", "exactly one of role, label, text, test_id, css (found: none)"),
    ("controls.enable", {"label": "a", "css": "b"}, "controls.enable", "(found: label, css)"),
    ("controls.enable", {"label": "a", "name": "b"}, "controls.enable", "'name' goes with 'role'"),
    ("controls.enable", {"label": "a", "colour": "b"}, "controls.enable.colour", "mend its spelling"),
    ("controls.enable", {"label": "a", "within": {}}, "controls.enable.within", "exactly one of role"),
    ("controls.enable", "Enable", "controls.enable", "valid dictionary"),
    # notices
    ("notices.signed_in", GONE, "notices.signed_in", "add 'signed_in' to [notices]"),
    ("notices.on", [], "notices.on", "at least 1 item"),
    ("notices.on", [{"text": "a"}, {}], "notices.on[1]", "exactly one of role"),
    ("notices.turned_of", {"text": "x"}, "notices.turned_of", "did you mean 'turned_off'?"),
    ("notices.zzz", {"text": "x"}, "notices.zzz", "known are: "),
    # paths
    ("paths.enable", GONE, "paths.enable", "add 'enable' to [paths]"),
    ("paths.enabel", ["enable"], "paths.enabel", "did you mean 'enable'?"),
    ("paths.enable", ["enabel"], "paths.enable[0]", "did you mean 'enable'?"),
    ("paths.enable", ["enable", "zzzz"], "paths.enable[1]", "add 'zzzz' to [controls]"),
    ("paths.enable", "enable", "paths.enable", "valid tuple"),
    ("paths.enable", [7], "paths.enable[0]", "valid dictionary"),
    ("paths.enable", [{}], "paths.enable[0]", "exactly one of press, fill, choose, see, open (found: none)"),
    ("paths.enable", [{"press": "enable", "open": "/x"}], "paths.enable[0]", "(found: press, open)"),
    ("paths.enable", [{"fill": "username"}], "paths.enable[0]", "'fill' and 'with' go together"),
    ("paths.enable", [{"press": "enable", "with": "x"}], "paths.enable[0]", "'fill' and 'with' go together"),
    ("paths.enable", [{"fill": "username", "with": "{user}"}], "paths.enable[0]", "unknown value {user}"),
    ("paths.enable", [{"press": "enable", "twice": True}], "paths.enable[0].twice", "mend its spelling"),
]


@pytest.mark.parametrize(("key", "value", "place", "words"), BREAKAGES)
def test_one_wrong_entry_is_told_by_file_place_and_remedy(
    documented: Table, write: Write, key: str, value: object, place: str, words: str
) -> None:
    path = write(changed(documented, key, value))
    told = refusal(path)
    entry = next((line for line in told.splitlines() if line.strip().startswith(f"{place}:")), "")
    assert told.startswith(str(path))
    assert words in entry, told


def test_all_wrong_entries_are_told_at_once(documented: Table, write: Write) -> None:
    for key in ("places.front", "controls.enable", "notices.off", "paths.finish"):
        changed(documented, key, GONE)
    told = refusal(write(documented))
    assert all(f"\n    {key}: " in told for key in ("places.front", "controls.enable", "notices.off"))
    assert "paths.finish" not in told, "it is optional"


@pytest.mark.parametrize(
    ("content", "cause"),
    [("name = x\n", "line 1"), ("[controls\n", "line 1"), ("a = 1\na = 2\n", "line 2"), ("\xff", "utf-8")],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, content: str, cause: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content.encode("latin-1"))
    told = refusal(path)
    assert "is not a TOML file" in told
    assert cause in told


# --- extends


def test_a_profile_that_extends_says_only_what_is_different(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'extends = "documented"\nname = "own"\ntitle = "Own"\nurl = "http://127.0.0.1:1/"\n'
        '[accounts]\nkind = "pool"\npool = [{ username = "a", password = "b" }]\n'
        '[controls]\nenable = { css = "#on" }\n[capabilities]\nstore_links = false\n'
        '[paths]\nenable = ["name", "enable"]\n'
    )
    profile = load_target(str(tmp_path / "own.toml"), ROOT, {}).profile
    assert profile.controls["enable"] == Locator(css="#on"), "a locator is replaced whole"
    assert profile.controls["name"] == Locator(css="header summary")
    assert [action.press for action in profile.paths["enable"]] == ["name", "enable"]
    assert (profile.capabilities.store_links, profile.capabilities.cancel) == (False, True)
    assert profile.url == "http://127.0.0.1:1"


def test_a_profile_may_extend_a_file_beside_it(tmp_path: Path, documented: Table, write: Write) -> None:
    write(documented, "base.toml")
    (tmp_path / "own.toml").write_text('extends = "base.toml"\nname = "own"\n')
    assert load_target(str(tmp_path / "own.toml"), ROOT, {}).profile.name == "own"


def test_the_pool_of_a_base_does_not_leak_into_another_kind_of_accounts() -> None:
    assert load_target("reference", ROOT, {}).profile.accounts.pool == ()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"own": 'extends = "own.toml"'}, "goes in a circle"),
        ({"own": 'extends = "b.toml"', "b": 'extends = "own.toml"'}, "goes in a circle"),
        ({"own": 'extends = "nowhere"'}, "there is no profile 'nowhere'"),
        ({"own": "extends = 7"}, "there is no profile '7'"),
        ({"own": 'extends = "b.toml"', "b": "x ="}, "b.toml is not a TOML file"),
    ],
)
def test_a_base_that_cannot_be_used_is_told(tmp_path: Path, files: dict[str, str], words: str) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text)
    told = refusal(tmp_path / "own.toml")
    assert words in told
    assert str(tmp_path) in told


# --- the environment


FROM_ENVIRONMENT = [{"username": "$OWN_USER", "password": "$OWN_PASSWORD", "name": "$100 or $lower stay"}]


def test_accounts_are_filled_in_from_the_environment(documented: Table, write: Write) -> None:
    path = write(changed(documented, "accounts.pool", FROM_ENVIRONMENT))
    account = load_target(str(path), ROOT, {"OWN_USER": "ana", "OWN_PASSWORD": "$OWN_USER"}).profile.accounts.pool[0]
    assert (account.username, account.password, account.name) == ("ana", "$OWN_USER", "$100 or $lower stay")


def test_a_variable_that_is_not_set_is_told_by_name_and_place(documented: Table, write: Write) -> None:
    path = write(changed(documented, "accounts.pool", FROM_ENVIRONMENT))
    with pytest.raises(ProfileError) as refused:
        load_target(str(path), ROOT, {"OWN_USER": "ana"})
    assert f"{path}: accounts.pool[0].password: the environment variable OWN_PASSWORD is not set" in str(refused.value)
    assert "export OWN_PASSWORD=" in refused.value.hint


def test_a_mailbox_may_come_from_the_environment(documented: Table, write: Write, tmp_path: Path) -> None:
    path = write(changed(documented, "mailbox", {"kind": "maildir", "path": "$OWN_MAIL"}))
    assert load_target(str(path), ROOT, {"OWN_MAIL": str(tmp_path)}).profile.mailbox.path == str(tmp_path)


def test_the_digest_tells_profiles_apart_but_not_by_account_or_address(documented: Table, write: Write) -> None:
    digest = load_target(str(write(documented)), ROOT, {}).digest
    changed(documented, "accounts.pool", [{"username": "ben", "password": "secret-of-ben"}])
    changed(documented, "url", "http://127.0.0.1:2")
    assert load_target(str(write(documented)), ROOT, {}).digest == digest
    changed(documented, "capabilities.live_chat", False)
    assert load_target(str(write(documented)), ROOT, {}).digest != digest


# --- names, files and addresses


ACCOUNT = {"PORTAL2FA_USERNAME": "ana", "PORTAL2FA_PASSWORD": "password", "PORTAL2FA_NAME": "Ana"}


def test_an_address_is_judged_as_documented_with_the_account_of_the_environment() -> None:
    profile = load_target("https://portal.example/", ROOT, ACCOUNT).profile
    assert profile.url == "https://portal.example"
    assert profile.accounts.pool[0].username == "ana"
    assert profile.means == {"mailbox": False, "clock": False, "two-accounts": False}


def test_every_shipped_profile_can_be_used() -> None:
    assert {"documented", "reference"} <= set(shipped(ROOT))
    for name in set(shipped(ROOT)) - {"documented"}:
        assert load_target(name, ROOT, ACCOUNT).profile.name == name


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("referense", "did you mean 'reference'?"),
        ("zzz", "known targets: "),
        ("", "There is no target called ''"),
        ("no/such.toml", "There is no profile at no/such.toml"),
        ("own.toml", "There is no profile at own.toml"),
        ("/", "There is no profile at /"),
    ],
)
def test_an_unknown_target_is_told_with_what_is_known(target: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        load_target(target, ROOT, {})
    assert words in str(refused.value)
    assert refused.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("target", ["https://", "http:///client", "https:// x"])
def test_an_address_without_a_host_is_told(target: str) -> None:
    with pytest.raises(UsageError) as refused:
        load_target(target, ROOT, ACCOUNT)
    assert "url: " in str(refused.value)


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        (Locator(role="button", name="Go"), 'the button "Go"'),
        (Locator(role="img"), "the img"),
        (Locator(label="Password"), 'the field labelled "Password"'),
        (Locator(text="Hello"), 'the text "Hello"'),
        (Locator(test_id="x"), 'test id "x"'),
        (Locator(css="#x"), 'CSS "#x"'),
    ],
)
def test_a_control_is_described_in_words(locator: Locator, words: str) -> None:
    assert locator.describe() == words
