"""The command's own time, in one place."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
