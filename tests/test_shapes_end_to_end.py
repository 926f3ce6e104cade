"""Whole runs on portals of another shape: one in another language by `--locale`, one with its backup code in a file.

Each is the reference portal with one difference, started by the run itself; a few scenarios go through what differs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from portal2fa.profile_files import find_root

ROOT = find_root()
GERMAN = "reference_server.variations.another_language"
FILE = "tests.backup_code_in_a_file"
START = (
    '[start]\ncommand = ["{{python}}", "-m", "tests.reference_deviating", "{module}", "--port", "0", "--smtp", '
    '"{{smtp}}", "--test-control", "--cheap-passwords"]\n'
)
DOWNLOAD = """
[controls]
download = { role = "button", name = "Download backup code" }
[paths]
show_backup_code = [{ press = "download", download = true }]
"""
AS_A_FILE = START.format(module=FILE) + DOWNLOAD


def locale() -> str:
    """What the profile of the German portal says of its words, as a locale."""
    file = ROOT / "reference_server" / "variations" / "profiles" / "another-language.toml"
    words = tomllib.loads(file.read_text("utf-8"))
    tables = [f"[locales.de]\nlanguage = {json.dumps(words['language'])}\n"]
    for table in ("controls", "notices"):
        entries = [f"{name} = {_inline(value)}" for name, value in words[table].items()]
        tables.append("\n".join([f"[locales.de.{table}]", *entries, ""]))
    return "\n".join(tables)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_inline(each)}" for name, each in value.items()) + " }"
    return f"[{', '.join(map(_inline, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def run(folder: Path, profile: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status of a run by a profile that stands on the reference portal's, and what it found."""
    (folder / "own.toml").write_text(f'extends = "reference"\nname = "own"\n{profile}', encoding="utf-8")
    command = [sys.executable, "-m", "portal2fa", "run", "--target", str(folder / "own.toml"), "--lanes", "1"]
    out = folder / "report"
    ended = subprocess.run(
        [*command, "--out", str(out), "--evidence", "none", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (out / "result.json").exists(), ended.stderr
    found: dict[str, Any] = json.loads((out / "result.json").read_text("utf-8"))["result"]
    return ended.returncode, found


def outcomes(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What each scenario came to, and why, by its name without the feature."""
    return {row["id"].partition("#")[2]: (row["outcome"], row["reason"]) for row in found["scenarios"]}


SIGNING_IN = "without-the-app-the-backup-code-signs-in"
REFUSED = "a-wrong-backup-code-is-refused-and-the-right-one-signs-in"


def test_a_portal_in_another_language_is_judged_by_the_labels_of_its_locale(tmp_path: Path) -> None:
    _, found = run(tmp_path, START.format(module=GERMAN) + locale(), "--locale", "de", "--clause", "BACKUP-2")
    told = outcomes(found)
    assert told[SIGNING_IN] == told[REFUSED] == ("passed", "")
    assert {name: row for name, row in told.items() if row[0] == "failed"} == {}


def test_without_its_locale_nothing_is_judged_of_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        f'extends = "reference"\nname = "own"\n{START.format(module=GERMAN)}{locale()}', encoding="utf-8"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "portal2fa", "run", "--target", str(tmp_path / "own.toml"), "--clause", "TOTP-4"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3, ended.stderr
    assert "notices.sign_in_form" in ended.stderr


def test_a_backup_code_that_comes_as_a_file_is_read_there_and_typed_at_sign_in(tmp_path: Path) -> None:
    _, found = run(tmp_path, AS_A_FILE, "--clause", "BACKUP-2")
    told = outcomes(found)
    assert told[SIGNING_IN] == told[REFUSED] == ("passed", "")
    assert {name: row for name, row in told.items() if row[0] == "failed"} == {}
