"""Faults of the backup code: whether it is handed over, works, and works once."""

from __future__ import annotations

from typing import Any

from reference_server.faults.deviation import rule


@rule("backup-code-never-works", "backup_codes.matches")
def never(right: Any, *judged: Any) -> bool:
    """Show a code and have nothing that takes it."""
    return False
