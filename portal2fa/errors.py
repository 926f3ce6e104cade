"""Everything that can go wrong before, around or inside a run, as data: what happened, why, and what to do.

    Portal2faError
    ├── UsageError            exit 2: unknown target, tag or clause, unwritable folder, an empty selection
    │   └── ProfileError      exit 2: a profile that cannot be used, with file, key path and remedy
    ├── NotRestored           exit 4: an account whose second factor may still be on
    ├── EnvironmentProblem    exit 3: no browser, port taken, target unreachable, mail server refused
    └── CannotTell            inside a scenario: a control not found, a mail that never came
        └── Refused           the portal answered, and would answer so again

The command prints `str(error)` and exits with `error.exit_code`; a traceback is only for our own faults.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portal2fa.outcomes import ExitCode

CLOSED = "browser has been closed"
"""What Playwright says when the browser ended in the middle of something."""


class Portal2faError(Exception):
    """An expected problem, told in the words of the person who meets it."""

    exit_code: ExitCode = ExitCode.INTERNAL

    def __init__(self, what: str, *, cause: str = "", hint: str = "") -> None:
        """Keep `what` happened, its `cause` and a `hint` on what to do next; each is one sentence."""
        super().__init__(what)
        self.what = what
        self.cause = cause
        self.hint = hint

    def __str__(self) -> str:
        """Render as up to three lines: the sentence, then `cause:` and `hint:` where they are known."""
        lines = [self.what]
        lines += [f"  cause: {self.cause}"] if self.cause else []
        lines += [f"  hint:  {self.hint}"] if self.hint else []
        return "\n".join(lines)


class UsageError(Portal2faError):
    """The command line asks for something that does not exist or cannot be done."""

    exit_code = ExitCode.USAGE


class ProfileError(UsageError):
    """A profile that cannot be used; `what` names the file and the key path.

    `file` is the one of its files that is wrong, where that is known, `line` the line in it (from 1), and `key` the
    entry.
    """

    def __init__(
        self, what: str, *, cause: str = "", hint: str = "", file: Path | None = None, line: int = 1, key: str = ""
    ) -> None:
        """Keep where it is as well."""
        super().__init__(what, cause=cause, hint=hint)
        self.file = file
        self.line = line
        self.key = key


class NotRestored(Portal2faError):
    """An account could not be put back as it was found."""

    exit_code = ExitCode.NOT_RESTORED


class EnvironmentProblem(Portal2faError):
    """Something outside us is missing or refuses, so nothing can be said about the target."""

    exit_code = ExitCode.INCONCLUSIVE


class CannotTell(Portal2faError):
    """A scenario could not be carried to its end, for a reason that is not the portal's answer."""

    exit_code = ExitCode.INCONCLUSIVE

    def __init__(self, what: str, *, cause: str = "", hint: str = "", missing: Sequence[str] = ()) -> None:
        """Keep, beside what is kept of every problem, the entries of the profile that were waited for in vain."""
        super().__init__(what, cause=cause, hint=hint)
        self.missing = tuple(missing)


class Refused(CannotTell):
    """The portal did answer, and trying once more would change nothing, or lock the account."""
