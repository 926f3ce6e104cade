"""Fields for codes of digits take numbers only."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
VARIATION.edit(
    "macros.html", 'name="code" type="text"', """name="code" type="{{ 'number' if numeric else 'text' }}\""""
)
