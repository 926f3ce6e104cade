"""Where portal2fa keeps what has to outlive a run: the journal, its key, and the locks of accounts in use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def state_folder(environment: Mapping[str, str]) -> Path:
    """`$PORTAL2FA_STATE`, else `$XDG_STATE_HOME/portal2fa`, else `~/.local/state/portal2fa`; not made here."""
    if own := environment.get("PORTAL2FA_STATE"):
        return Path(own).absolute()
    if shared := environment.get("XDG_STATE_HOME"):
        return Path(shared).absolute() / "portal2fa"
    return Path(environment.get("HOME") or Path.home()) / ".local" / "state" / "portal2fa"


def private(folder: Path) -> Path:
    """Make a folder below the state folder, and close both to everybody else; raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (folder.parent, folder):
        if each.stat().st_mode & 0o077:
            each.chmod(0o700)
    return folder
