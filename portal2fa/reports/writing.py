"""Putting a report on disk: a file appears whole or not at all, and a refusal is told in plain words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from portal2fa.errors import EnvironmentProblem, Portal2faError, UsageError

_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}


def make_folder(folder: Path) -> None:
    """Create `folder` with its parents; raise UsageError or EnvironmentProblem when that is refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _explain(error, folder, "report") from error


def write_atomically(path: Path, text: str, *, what: str = "report") -> None:
    r"""Write `text` as UTF-8 to a temporary neighbour of `path`, flush it, and move it into place.

    An older file at `path` stays as it was until the new one is complete.  Half characters, which UTF-8 cannot
    hold, are written as `\udcxx` rather than lose the report.  `what` is how an error calls the file.
    """
    partial = _neighbour(path)
    try:
        with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError as error:
        _discard(partial)
        raise _explain(error, path, what) from error


def try_to_write(path: Path, *, what: str = "report") -> None:
    """Whether `path` could be written, tried with its temporary neighbour; raises what `write_atomically` would."""
    partial = _neighbour(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        partial.touch()
        partial.unlink()
    except OSError as error:
        raise _explain(error, path, what) from error


def _neighbour(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def _discard(partial: Path) -> None:
    try:
        partial.unlink(missing_ok=True)
    except OSError:
        return  # the folder itself is gone or refuses; the error being raised already says so


def _explain(error: OSError, path: Path, what: str) -> Portal2faError:
    cause = f"{error.strerror or error}."
    if error.errno in _REFUSED:
        return UsageError(
            f"The {what} cannot be written to {path}.", cause=cause, hint="Name a folder that you may write to."
        )
    return EnvironmentProblem(
        f"The {what} could not be written to {path}.", cause=cause, hint="Make room or choose another disk, then rerun."
    )
