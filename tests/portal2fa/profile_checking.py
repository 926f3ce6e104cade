"""What tests of profile checks share: a profile that is right, and how one is checked."""

from __future__ import annotations

from pathlib import Path

from portal2fa.profile_files import find_root
from portal2fa.profile_lint import Checked, Finding, check

ROOT = find_root()
HEAD = 'extends = "documented"\nname = "own"\ntitle = "Own"\nurl = "https://portal.example"\n'
MAIL = '[mailbox]\nkind = "maildir"\npath = "$OWN_MAIL"\n'
ACCOUNT = dict.fromkeys(("PORTAL2FA_USERNAME", "PORTAL2FA_PASSWORD", "PORTAL2FA_NAME", "OWN_MAIL"), "made up")


def checked(tmp_path: Path, text: str, name: str = "own.toml") -> Checked:
    (tmp_path / name).write_text(text, "utf-8")
    return check(tmp_path / name, ROOT)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int, str]]:
    return [(finding.file.name, finding.line, finding.complaint.key) for finding in findings]
