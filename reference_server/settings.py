"""What an operator decides when the server starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reference_server.policy import Policy


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lives, where mail goes, and what is allowed."""

    database: Path
    """The SQLite file; it is made when it does not exist."""

    url: str = "http://localhost"
    """The address by which customers know the portal, without a slash at its end; links in mails begin with it."""

    smtp: tuple[str, int] | None = None
    """Host and port that take the mails; without one, mails are written to standard error."""

    control_token: str | None = field(default=None, repr=False)
    """The secret of `/_test`; None means that there is no `/_test`."""

    key_file: Path | None = None
    """Where the key of the stored secrets is kept; None keeps it in memory, for a database that is thrown away."""

    cheap_passwords: bool = False
    """Hash passwords with almost no work, for accounts that live for one scenario."""

    policy: Policy = field(default_factory=Policy)
