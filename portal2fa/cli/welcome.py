"""What `portal2fa` says when nothing was asked of it: the first things to do, the shortest way to a verdict first."""

from __future__ import annotations

from pathlib import Path

_TEXT = """\
portal2fa proves that a client portal's two-factor sign-in does what its help text says.

Judge your own portal: draft its profile with a test account, prove the draft, run.
  portal2fa profile new https://portal.example --out ours.toml
  portal2fa doctor ours.toml
  portal2fa run --target ours.toml

See first what is judged, and walk it by hand:
  portal2fa demo

Judge the portal that comes along, which is right:
  portal2fa run

Write the profile by hand instead of drafting it:
  cp {profile} ours.toml    then write your address into it, and what differs
  portal2fa profile check ours.toml

All commands: portal2fa --help
{pages}"""
_PAGES = "All pages: README.md and docs/ of the source; docs/your-portal.md leads from accounts to a verdict."


def welcome(root: Path, here: Path) -> str:
    """The text, for the suite at `root`; paths are as they are typed in the folder `here`."""
    profile = root / "fixtures" / "profiles" / "documented.toml"
    pages = root / "docs" / "your-portal.md"
    led = f"Step by step: {_short(pages, here)}" if pages.is_file() else _PAGES
    return _TEXT.format(profile=_short(profile, here), pages=led)


def _short(path: Path, here: Path) -> Path:
    return path.relative_to(here) if path.is_relative_to(here) else path
