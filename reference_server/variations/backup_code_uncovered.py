"""The backup code is covered until it is asked for."""

from __future__ import annotations

from reference_server.faults.deviation import Deviation

VARIATION = Deviation()
_BEGINS = '<div class="field secret">'
VARIATION.edit("macros.html", _BEGINS, f"<details><summary>Show the backup code</summary>{_BEGINS}")
VARIATION.edit("macros.html", '</div>\n<ul class="advice"', '</div></details>\n<ul class="advice"')
