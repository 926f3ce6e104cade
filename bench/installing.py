"""Peers on demand: each is laid out and installed in a folder of its own, by its own lock.

The folders lie where the machine keeps such things, and not in the checkout: behave takes every feature below it for
one of ours, and peers have features of their own.

A peer is installed again when its lock or its interpreter changes.  Playwright's browsers are never fetched: all
peers use the one that portal2fa finds.  `python -m bench.installing` installs all of them beforehand: that needs a
network and no quiet machine, and measuring needs a quiet machine and no network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.entrants import ENTRANTS, NODE, PEERS, PYTHON, Peer
from bench.processes import CannotMeasure

ROOT = Path(__file__).resolve().parents[1]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "portal2fa" / "bench"
_LIMIT_SECONDS = 600.0
"""How long a step of an installation may take: one that waits for a registry for ever would lose all other peers."""
_LOCKS = {PYTHON: "requirements.lock", NODE: "package-lock.json"}


def main() -> int:
    """Install whom it takes, and tell of each; 0 when all can be measured, 2 when one of them cannot."""
    missed = 0
    for peer in dict.fromkeys(one.peer for one in ENTRANTS if one.peer):
        try:
            install(peer, lay_out(peer, ()))
        except (CannotMeasure, OSError) as error:
            missed += 1
            print(f"bench: {peer.folder} cannot be installed: {error}", file=sys.stderr, flush=True)
        else:
            print(f"bench: {peer.folder} is there, {peer.package} {peer.version()}", file=sys.stderr, flush=True)
    return 2 if missed else 0


def lay_out(peer: Peer, features: Iterable[str], cache: Path = CACHE) -> Path:
    """Lay the peer's files into its folder, with `features` as its only ones; the folder."""
    here = cache / peer.folder
    shutil.rmtree(here / "features", ignore_errors=True)
    shutil.copytree(peer.path, here, dirs_exist_ok=True)
    for name in peer.borrows:
        source = PEERS / name
        if source.is_dir():
            shutil.copytree(source, here / source.name, dirs_exist_ok=True)
        else:
            shutil.copy(source, here)
    (here / "features").mkdir(exist_ok=True)
    for number, text in enumerate(features, start=1):
        (here / "features" / f"walk-{number}.feature").write_text(text, "utf-8")
    return here


def install(peer: Peer, here: Path) -> None:
    """Install what the peer needs into its folder, unless it lies there; raises `CannotMeasure` with the reason."""
    if not peer.needs:
        return
    stamp, wanted = here / ".installed", _digest(here / _LOCKS[peer.needs])
    if stamp.exists() and stamp.read_text("ascii") == wanted:
        return
    stamp.unlink(missing_ok=True)
    if peer.needs == PYTHON:
        _call([sys.executable, "-m", "venv", "--clear", "venv"], here)
        pip = [str(here / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
        _call([*pip, "--requirement", _LOCKS[PYTHON]], here)
    else:
        _call(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], here)
    stamp.write_text(wanted, "ascii")


def python_of(peer: Peer, here: Path) -> str:
    """The interpreter of a peer's environment; this one's where it needs no other."""
    return str(here / "venv" / "bin" / "python") if peer.needs == PYTHON else sys.executable


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def _call(command: Sequence[str], here: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=here, env=_environment(), capture_output=True, text=True, check=False, timeout=_LIMIT_SECONDS
        )
    except OSError as error:
        raise CannotMeasure(f"{command[0]} cannot be run: {error.strerror}") from error
    except subprocess.TimeoutExpired as late:
        raise CannotMeasure(f"{Path(command[0]).name} did not end within {_LIMIT_SECONDS:.0f} s") from late
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise CannotMeasure(f"{Path(command[0]).name} ended with status {done.returncode}: {' '.join(said[-1:])}")


def _environment() -> dict[str, str]:
    return {**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}


if __name__ == "__main__":
    sys.exit(main())
