"""Mailed codes have eight digits."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation(policy={"email_code_digits": 8})
