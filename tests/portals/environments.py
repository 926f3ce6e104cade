"""A virtual environment for one portal under test, made on demand from its pinned packages.

Only the standard library is used, and any Python 3.11 or newer will do: a portal's `start.py` runs before anything is
installed.  The packages go into a cache folder (`$PORTAL2FA_CACHE`, else `.cache/portals` in the checkout); later
starts find them there.  Progress goes to stderr, because stdout is for the line that says where the portal is.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

COMPLETE = ".complete"
"""Name of the file that is written last: an environment without it was interrupted and is made again."""

SHARED = Path(__file__).resolve().parent / "shared"
"""Modules of the standard library alone that portals have in common."""

FOR_THE_PORTAL_ONLY = ("LD_PRELOAD", "PORTAL2FA_CLOCK_FILE")
"""What moves the portal's clock; an installation at another time could find certificates that have run out."""


def become(here: Path, module: str, arguments: list[str]) -> NoReturn:
    """Make sure that the packages of `here` are there, then become the process that runs `module`."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- the script may be started by any python3 on the path
        sys.exit("A portal under test needs Python 3.11 or newer, this is " + sys.version.split()[0])
    signal.signal(signal.SIGTERM, _end)  # while pip runs; forgotten again at execve
    python = ready_environment(here) / "bin" / "python"
    path = os.pathsep.join([str(here), str(SHARED)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    os.execve(python, [str(python), "-m", module, *arguments], environment)


def cache_folder(here: Path) -> Path:
    """Return the folder of this exact set of packages; a changed requirement or Python gets another folder."""
    checkout = Path(__file__).resolve().parents[2]
    root = Path(os.environ.get("PORTAL2FA_CACHE") or checkout / ".cache" / "portals")
    recipe = (here / "requirements.txt").read_bytes() + sys.version.encode()
    return root.resolve() / f"{here.name.replace('_', '-')}-{hashlib.sha256(recipe).hexdigest()[:12]}"


def ready_environment(here: Path) -> Path:
    """Return the portal's complete virtual environment, made now unless an earlier run has finished it."""
    folder = cache_folder(here)
    with _locked(folder.with_name(folder.name + ".lock")):
        if not (folder / COMPLETE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            print(f"Installing the packages of {here.name} into {folder} (first run only)", file=sys.stderr, flush=True)
            _install(folder, here / "requirements.txt")
            (folder / COMPLETE).touch()
    return folder


def _install(folder: Path, requirements: Path) -> None:
    """Create the virtual environment and install the pinned packages; also where Debian split off ensurepip."""
    python = folder / "bin" / "python"
    if importlib.util.find_spec("ensurepip"):
        _run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(python), "-m", "pip"]
    else:
        _run([sys.executable, "-m", "venv", "--without-pip", str(folder)])
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    # Twice quiet: what pip warns of, as of an index that is not there, would bury the address of the portal.
    _run([*pip, "install", "--quiet", "--quiet", "--no-deps", "--requirement", str(requirements)])


def _run(command: list[str]) -> None:
    """Run one installation command with its output on stderr; end with one sentence when it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in FOR_THE_PORTAL_ONLY}
    outcome = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
    if outcome.returncode:
        sys.exit(f"The portal could not be installed: {' '.join(command)} ended with status {outcome.returncode}.")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on `path`, so that of two first runs one installs and the other waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _end(signum: int, frame: FrameType | None) -> NoReturn:
    """Turn SIGTERM into an exception, so that a running pip is ended with us."""
    raise SystemExit(128 + signum)
