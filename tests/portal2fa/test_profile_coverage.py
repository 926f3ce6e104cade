"""Which entries of a profile a run came to: by key path, with file and line, in bases, screens and locales."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from portal2fa.outcomes import ProfileEntry
from portal2fa.profile_coverage import entries, files, known_as
from portal2fa.profile_files import Target, load_target

ROOT = Path(__file__).parents[2]
ENVIRONMENT = dict.fromkeys(("PORTAL2FA_USERNAME", "PORTAL2FA_PASSWORD", "PORTAL2FA_NAME"), "made up")
OWN = """extends = "documented"
name = "own"
title = "Own"
url = "http://127.0.0.1:1"
[capabilities]
live_chat = false
[places]
protected = ["/a", "/b"]
[controls]
enable = [{ css = "#on" }, { role = "button", name = "On" }]
two_factor = { css = "#two" }
[paths]
sign_in = [
  { fill = "username", with = "{username}" },
  "sign_in",
]
[screens.phone]
below = 600
[screens.phone.controls]
name = { css = "#menu" }
[locales.de.controls]
enable = { text = "Einschalten" }
"""


def target(folder: Path, *, locale: str = "", text: str = OWN) -> Target:
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return load_target(str(folder / "own.toml"), ROOT, ENVIRONMENT, locale=locale)


def by_key(target: Target, *used: str) -> dict[str, ProfileEntry]:
    return {entry.key: entry for entry in entries(target, ROOT, used)}


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(OWN.splitlines(), 1) if line.startswith(text))


def test_every_entry_has_its_key_path_and_the_line_that_says_it(tmp_path: Path) -> None:
    found = by_key(target(tmp_path))
    expected = {
        "places.protected[1]": line_of("protected"),
        "controls.enable": line_of("enable"),
        "paths.sign_in[0]": line_of("  { fill"),
        "paths.sign_in[1]": line_of('  "sign_in"'),
        "screens.phone.controls.name": line_of("name = { css"),
    }
    assert {key: (found[key].file, found[key].line) for key in expected} == {
        key: ("own.toml", line) for key, line in expected.items()
    }
    assert "paths.sign_in[2]" not in found, "the base has a third step, but a path is replaced whole"


def test_an_inherited_entry_is_found_in_the_base(tmp_path: Path) -> None:
    entry = by_key(target(tmp_path))["notices.off"]
    base = (ROOT / "fixtures" / "profiles" / "documented.toml").read_text(encoding="utf-8").splitlines()
    assert entry.file == "fixtures/profiles/documented.toml"
    assert base[entry.line - 1].startswith("off = ")


def test_what_a_locale_says_stands_in_the_locale(tmp_path: Path) -> None:
    german = by_key(target(tmp_path, locale="de"))
    assert german["controls.enable"].line == len(OWN.splitlines())
    assert german["controls.two_factor"].line == line_of("two_factor")


def test_only_what_was_used_is_exercised(tmp_path: Path) -> None:
    found = by_key(target(tmp_path), "paths.sign_in[1]", "notices.off")
    assert {key for key, entry in found.items() if entry.exercised} == {"paths.sign_in[1]", "notices.off"}


def test_css_only_are_entries_without_any_other_locator(tmp_path: Path) -> None:
    found = by_key(target(tmp_path))
    assert found["controls.two_factor"].css_only
    assert found["screens.phone.controls.name"].css_only
    assert not found["controls.enable"].css_only


def test_what_the_portal_does_not_offer_is_left_out_unless_it_was_of_use(tmp_path: Path) -> None:
    own = target(tmp_path)
    assert "controls.live_chat" not in by_key(own)
    assert by_key(own, "controls.live_chat")["controls.live_chat"].exercised


def test_patterns_are_entries_where_the_profile_says_them(tmp_path: Path) -> None:
    found = by_key(target(tmp_path))
    assert "backup_codes.pattern" in found
    assert "mailbox.code_pattern" not in found, "its default stands in no profile"


def test_the_files_come_with_digests_of_their_text_that_ignore_line_ends(tmp_path: Path) -> None:
    own, base = files(target(tmp_path), ROOT)
    assert (own.path, base.path) == ("own.toml", "fixtures/profiles/documented.toml")
    assert own.digest == "sha256:" + hashlib.sha256(OWN.encode()).hexdigest()
    (tmp_path / "own.toml").write_bytes(OWN.replace("\n", "\r\n").encode())
    assert files(load_target(str(tmp_path / "own.toml"), ROOT, ENVIRONMENT), ROOT)[0] == own
    assert files(target(tmp_path, text=OWN + "# more\n"), ROOT)[0] != own


def test_the_digest_in_effect_follows_the_base_and_not_what_opens_the_mailbox(tmp_path: Path) -> None:
    mailbox = '[mailbox]\nkind = "imap"\nhost = "127.0.0.1"\nusername = "ana"\npassword = "{}"\n'
    first, second = (target(tmp_path, text=OWN + mailbox.format(word)).digest for word in ("one-secret", "another"))
    assert first == second
    assert first != target(tmp_path, text=OWN + mailbox.format("another").replace("127.0.0.1", "127.0.0.2")).digest


@pytest.mark.parametrize(("width", "key"), [(599, "screens.phone.controls.name"), (600, "controls.name")])
def test_a_narrow_window_uses_the_entry_of_its_screen(tmp_path: Path, width: int, key: str) -> None:
    assert target(tmp_path).profile.entry("controls", "name", width) == key


def test_a_file_in_the_suite_is_called_by_its_path_and_any_other_by_its_name(tmp_path: Path) -> None:
    assert known_as(ROOT / "fixtures" / "profiles" / "reference.toml", ROOT) == "fixtures/profiles/reference.toml"
    assert known_as(tmp_path / "own.toml", ROOT) == "own.toml"
