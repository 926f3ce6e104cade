"""Backup codes are twenty hexadecimal digits in groups of five."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from reference_server.faults.deviation import Deviation
from reference_server.totp import in_groups

VARIATION = Deviation()
VARIATION.edit("backup_sign_in.html", "Sixteen letters and digits", "Twenty digits from 0 to f")


@VARIATION.rule("backup_codes.new_code")
def hexadecimal(right: Callable[[int], str], length: int) -> str:
    """Make a code of 80 random bits, written in hexadecimal."""
    return in_groups(secrets.token_hex(10), 5, "-")
