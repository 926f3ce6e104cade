"""Profiles: what is wrong is told by file, entry and remedy; what is right is found, merged and filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from portal2fa.errors import ProfileError, UsageError
from portal2fa.outcomes import ExitCode
from portal2fa.profile_files import find_root, load_target, shipped
from portal2fa.profile_locator import Locator
from tests.portal2fa.breaking import GONE, changed, refusal

ROOT = find_root()
Table = dict[str, Any]
Write = Callable[..., Path]
TEMPLATES = {"documented", "whmcs", "whmcs-six"}
"""Shipped profiles that leave the address to whoever uses them."""


def test_the_documented_profile_is_right_once_it_has_an_address_and_an_account(documented: Table, write: Write) -> None:
    assert load_target(str(write(documented)), ROOT, {}).profile.name == "documented"


WHMCS = sorted((ROOT / "fixtures" / "profiles").glob("whmcs*.toml"))


def test_there_are_two_profiles_for_whmcs() -> None:
    assert [path.stem for path in WHMCS] == ["whmcs-six", "whmcs"]


@pytest.mark.parametrize("path", WHMCS, ids=lambda path: path.stem)
def test_a_profile_for_whmcs_says_that_it_is_not_verified_against_the_product(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    head = "\n".join(takewhile(lambda line: line.startswith("#"), text.splitlines()))
    assert "NOT VERIFIED AGAINST THE PRODUCT" in head
    assert "not verified against the product" in tomllib.loads(text)["title"]
    (tmp_path / "own.toml").write_text(f'extends = "{path.stem}"\nname = "own"\nurl = "http://127.0.0.1:1"\n')
    account = {f"PORTAL2FA_{name}": "made up" for name in ("USERNAME", "PASSWORD", "NAME")}
    inherited = load_target(str(tmp_path / "own.toml"), ROOT, account).profile.title
    assert "not verified against the product" in inherited, "so every report says it"


@pytest.mark.parametrize(("method", "capability"), [("email", "email_codes"), ("time_based", "time_based_tokens")])
def test_a_way_out_is_needed_of_the_methods_that_are_offered(
    documented: Table, write: Write, method: str, capability: str
) -> None:
    changed(documented, f"capabilities.{capability}", False)
    changed(documented, f"paths.cancel_{method}", GONE)
    assert f"cancel_{method}" not in load_target(str(write(documented)), ROOT, {}).profile.paths


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
    assert profile.controls["enable"] == (Locator(css="#on"),), "a locator is replaced whole"
    assert profile.controls["name"] == (Locator(css="header summary"),)
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
    assert set(profile.means) == {
        "mailbox",
        "clock",
        "movable-clock",
        "two-accounts",
        "throwaway-accounts",
        "any-name",
        "failing-mail",
    }
    assert not any(profile.means.values())


def test_every_shipped_profile_can_be_used() -> None:
    assert {"documented", "reference"} <= set(shipped(ROOT))
    for name in set(shipped(ROOT)) - TEMPLATES:
        assert load_target(name, ROOT, ACCOUNT).profile.name == name


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_shipped_profile_without_an_address_is_usable_with_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "own.toml").write_text(f'extends = "{name}"\nurl = "https://portal.example"\n')
    assert load_target(str(tmp_path / "own.toml"), ROOT, ACCOUNT).profile.name == name
    with pytest.raises(ProfileError, match="in a profile that extends this one"):
        load_target(name, ROOT, ACCOUNT)


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


def test_an_address_with_a_path_is_refused_because_no_place_would_keep_it() -> None:
    with pytest.raises(UsageError, match="has the path /client") as refused:
        load_target("https://portal.example/client/", ROOT, ACCOUNT)
    assert 'sign_in = "/client/login"' in str(refused.value)


@pytest.mark.parametrize(
    "target", ["https://ana:hunter2@portal.example", "ana:hunter2@portal.example", "//a:hunter2@p"]
)
def test_an_address_with_a_password_is_refused_and_not_repeated(target: str) -> None:
    with pytest.raises(UsageError, match="No user name and no password belongs in the address") as caught:
        load_target(target, ROOT, ACCOUNT)
    assert caught.value.exit_code == 2
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("url", 'url = "https://ana:hunter2@portal.example"'),
        ("origins", 'origins = ["https://ana:hunter2@cdn.example"]'),
        ("mailbox.host", '[mailbox]\nkind = "imap"\nhost = "ana:hunter2@mail.example"\nusername = "a"\npassword = "b"'),
        ("mailbox.url", '[mailbox]\nkind = "http"\napi = "mailpit"\nurl = "http://ana:hunter2@mail.example"'),
        ("places", '[places]\nsign_in = "https://ana:hunter2@portal.example/login"'),
        ("places", '[places]\nrevisit = ["/ok", "//ana:hunter2@portal.example/"]'),
        ("paths.prepare[0].open", '[paths]\nprepare = [{ open = "https://ana:hunter2@portal.example/" }]'),
    ],
)
def test_no_address_in_a_profile_holds_a_password_and_no_error_repeats_it(tmp_path: Path, key: str, lines: str) -> None:
    url = "" if key == "url" else 'url = "https://portal.example"\n'
    file = tmp_path / "ours.toml"
    file.write_text(f'extends = "documented"\nname = "ours"\n{url}{lines}\n', "utf-8")
    with pytest.raises(ProfileError) as caught:
        load_target(str(file), ROOT, ACCOUNT)
    assert f"{key}: no " in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("place", ["/@ana", "/users/ana@portal.example", "/login?next=a@b"])
def test_a_place_may_have_an_at_sign(tmp_path: Path, place: str) -> None:
    file = tmp_path / "ours.toml"
    head = 'extends = "documented"\nname = "ours"\nurl = "https://portal.example"\n'
    file.write_text(f'{head}[places]\nsign_in = "{place}"\n', "utf-8")
    assert load_target(str(file), ROOT, ACCOUNT).profile.places["sign_in"] == place


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
