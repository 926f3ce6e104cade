"""Another installation of portal2fa beside this one, with a suite of its own: what another machine would have."""

from __future__ import annotations

import shutil
from pathlib import Path

from portal2fa.profile_files import find_root
from tests.workers.suite import PLAIN, suite

_PARTS = ("portal2fa", "features", "steps", "fixtures", "reference_server")


def installation(folder: Path, root: Path | None = None) -> Path:
    """A copy of the command and of the suite, that at `root` or the one of this checkout, in `folder`."""
    here = find_root()
    for part in _PARTS:
        source = (root or here) / part
        if not source.exists() or part == "portal2fa":
            source = here / part
        shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy((root or here) / "environment.py", folder)
    return folder


def small_suite(folder: Path, scenarios: str = PLAIN) -> Path:
    """The suite of `tests.workers.suite` with profiles and a register, so that the command can run it."""
    root = suite(folder, scenarios)
    shutil.copytree(find_root() / "fixtures" / "profiles", root / "fixtures" / "profiles")
    shutil.copy(find_root() / "features" / "clauses.toml", root / "features")
    (root / "fixtures" / "__init__.py").touch()
    return root


def of(folder: Path) -> dict[str, str]:
    """The environment in which Python finds the installation in `folder` before any other."""
    return {"PYTHONPATH": str(folder)}
