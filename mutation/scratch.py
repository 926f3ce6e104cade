"""Scratch copies of the checkout: a mutant is written into one of these, and never into the checkout."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path

from mutation.mutants import Mutant

OURS = Path(__file__).parents[1]
"""Where this package is, for the processes that it starts in a copy of another project."""


class CannotJudge(Exception):
    """Nothing can be said about mutants before a person has done something; the message says what."""


def clean(root: Path) -> str:
    """Return the commit of a checkout; raises `CannotJudge` where the checkout differs from it."""
    changed = _git(root, "status", "--porcelain").decode()
    if changed:
        raise CannotJudge(
            f"the checkout differs from its last commit, and mutants are made of that:\n{changed}"
            "  hint: commit or stash what was changed"
        )
    return _git(root, "rev-parse", "HEAD").decode().strip()


@contextmanager
def copy(root: Path) -> Iterator[Path]:
    """A copy of the last commit in a folder of its own, which is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="portal2fa-mutant-") as folder:
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "HEAD"))) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


@contextmanager
def planted(folder: Path, mutant: Mutant) -> Iterator[None]:
    """Put a mutant into a copy, and the right module back at the end."""
    module = folder / mutant.name.module
    right = module.read_text("utf-8")
    _write(module, mutant.text)
    try:
        yield
    finally:
        _write(module, right)


def _write(module: Path, text: str) -> None:
    module.write_text(text, "utf-8")
    Path(cache_from_source(str(module))).unlink(missing_ok=True)  # bytecode of what was there may look as new


def environment(given: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment in which a judge looks at a copy, and at nothing but the copy."""
    return {**given, "PYTHONPATH": os.pathsep.join([str(folder), str(OURS)]), "NO_COLOR": "1", "COLUMNS": "200"}


def inherited() -> dict[str, str]:
    """The environment of this process, with its interpreter first on the path."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}


def _git(root: Path, *command: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, check=True)
    except FileNotFoundError as error:
        raise CannotJudge("git is not on the path, and mutants are made of the last commit") from error
    except subprocess.CalledProcessError as error:
        raise CannotJudge(f"git {command[0]}: {error.stderr.decode().strip()}") from error
    return done.stdout
