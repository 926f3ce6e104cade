"""A set-up has no "Cancel"; it is left by going elsewhere."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
for _template in ("choose.html", "time_based.html", "email.html"):
    VARIATION.edit(_template, '<a class="button quiet" href="/client/security/two-factor">Cancel</a>', "")
