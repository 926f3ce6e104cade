"""What `portal2fa restore` leaves of an account that could not be put back: a picture, and the reason in words."""

from __future__ import annotations

import contextlib
from pathlib import Path

from portal2fa.errors import Portal2faError
from portal2fa.forgetting import id_of
from portal2fa.journal import Entry
from portal2fa.reports.writing import make_folder, write_atomically
from portal2fa.restoring import Restored


def leave(folder: Path, entry: Entry, found: Restored, when: str) -> str:
    """Write reason and picture into `folder`; where they lie, or why they do not."""
    reason, picture = _files(folder, entry)
    forget(folder, entry)  # an earlier picture shows another time
    try:
        make_folder(folder)
        write_atomically(reason, _in_words(entry, found, when), what="reason")
        if found.picture:
            picture.write_bytes(found.picture)
    except (Portal2faError, OSError) as error:
        return f"no picture and no reason could be kept: {str(error).splitlines()[0]}"
    return f"see {picture} and {reason.name} beside it" if found.picture else f"see {reason}; no window was open"


def forget(folder: Path, entry: Entry) -> None:
    """Remove what an earlier call left of an account, which is as it was now; what stays does no harm."""
    for file in _files(folder, entry):
        with contextlib.suppress(OSError):
            file.unlink()


def _files(folder: Path, entry: Entry) -> tuple[Path, Path]:
    return folder / f"{id_of(entry)}.txt", folder / f"{id_of(entry)}.png"


def _in_words(entry: Entry, found: Restored, when: str) -> str:
    """The reason, and what was done until then; all secrets that are known were masked."""
    lines = [
        f"{entry.username} at {entry.url or entry.profile} could not be put back ({when}).",
        "",
        found.problem,
        "",
        "What was done, in order:" if found.done else "Nothing was done with the portal.",
        *found.done,
    ]
    return "\n".join(lines) + "\n"
