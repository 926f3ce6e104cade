"""Only the code of the present time step counts."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation(policy={"totp_drift_steps": 0})
