"""Start a small client portal built on the published package django-two-factor-auth, for judging it from outside.

Run with any Python 3.11 or newer; only the standard library is needed:

    python start.py --smtp 127.0.0.1:2525 --accounts 60

The first run installs the pinned packages into a virtual environment of their own in a cache folder
(`$PORTAL2FA_CACHE`, else `.cache/portals` in the checkout); later runs find it there.  Progress goes to stderr.
Once the portal answers, one JSON line on stdout says where it is and who may sign in, and the portal runs until
stdin ends or SIGTERM arrives.
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

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
COMPLETE = ".complete"
"""Name of the file that is written last: an environment without it was interrupted and is made again."""


def main(arguments: list[str]) -> NoReturn:
    """Make sure that the packages are there, then become the portal process."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- the script may be started by any python3 on the path
        sys.exit("start.py needs Python 3.11 or newer, this is " + sys.version.split()[0])
    signal.signal(signal.SIGTERM, _end)  # while pip runs; forgotten again at execve
    python = ready_environment(cache_folder()) / "bin" / "python"
    environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    os.execve(python, [str(python), "-m", "portal.serve", *arguments], environment)


def cache_folder() -> Path:
    """Return the folder of this exact set of packages; a changed requirement or Python gets another folder."""
    checkout = HERE.parents[2]
    root = Path(os.environ.get("PORTAL2FA_CACHE") or checkout / ".cache" / "portals")
    recipe = REQUIREMENTS.read_bytes() + sys.version.encode()
    return root.resolve() / f"django-two-factor-auth-{hashlib.sha256(recipe).hexdigest()[:12]}"


def ready_environment(folder: Path) -> Path:
    """Return `folder` as a complete virtual environment, made now unless an earlier run has finished it."""
    with _locked(folder.with_name(folder.name + ".lock")):
        if not (folder / COMPLETE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            print(f"Installing {REQUIREMENTS.name} into {folder} (first run only)", file=sys.stderr, flush=True)
            _install(folder)
            (folder / COMPLETE).touch()
    return folder


def _install(folder: Path) -> None:
    """Create the virtual environment and install the pinned packages; also where Debian split off ensurepip."""
    python = folder / "bin" / "python"
    if importlib.util.find_spec("ensurepip"):
        _run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(python), "-m", "pip"]
    else:
        _run([sys.executable, "-m", "venv", "--without-pip", str(folder)])
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    _run([*pip, "install", "--quiet", "--no-deps", "--requirement", str(REQUIREMENTS)])


def _run(command: list[str]) -> None:
    """Run one installation command with its output on stderr; end with one sentence when it fails."""
    outcome = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
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


if __name__ == "__main__":
    main(sys.argv[1:])
